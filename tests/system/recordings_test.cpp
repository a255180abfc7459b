// Goal: azrestored understands real traffic of Azure, from the item to the end of the job (method: see recording.hpp).
#include "tests/system/recording.hpp"

namespace azrestored::test {
namespace {

TEST_F(Recordings, AllFourRestoresOfDecember2024Succeed) {
  Recording recording("restore_2024-12");
  recording.restore_all();
  EXPECT_EQ(recording.states, std::vector<std::string>(4, "succeeded"));
  expect_faithful(recording, 4);
}

TEST_F(Recordings, TheRestoreOfOctober2021SucceedsWithTheItemNamedOutright) {
  Recording recording("ps_restore_msi_2021-10");
  recording.prepare = [](Json& file, const std::string& uri) {
    file["protectedItem"] = {{"container", segment_after(uri, "protectionContainers")},
                             {"item", segment_after(uri, "protectedItems")}};
    file["recoveryPoint"] = "latest";  // the recording has no read of the point
    file["validate"] = "none";         // or of the vault
  };
  recording.restore_all();
  EXPECT_EQ(recording.states, std::vector<std::string>{"succeeded"});
  expect_faithful(recording, 1);
}

TEST_F(Recordings, BothRestoresWithoutSomeDisksOfAugust2024Succeed) {
  Recording recording("disk_exclusion_2024-08");
  recording.restore_all();
  EXPECT_EQ(recording.states, std::vector<std::string>(2, "succeeded"));
  expect_faithful(recording, 2);
}

TEST_F(Recordings, TheFailedRestoreOfFebruary2024FailsWithItsReason) {
  Recording recording("scenario_2024-02_failed_internal");
  const Json job = recording.restore_all();
  EXPECT_EQ(recording.states, std::vector<std::string>{"failed"});
  EXPECT_EQ(job.at("error").at("code"), "RestoreOperationFailed");
  expect_faithful(recording, 1);
}

TEST_F(Recordings, ALostAnswerIsAdoptedWithoutASecondPost) {
  Recording recording("restore_2024-12", Recording::Door::open, {"--fault", "POST .*/restore\\?@1=lost"});
  recording.restore_all();
  EXPECT_EQ(recording.states, std::vector<std::string>(4, "succeeded"));
  expect_faithful(recording, 4);
}

TEST_F(Recordings, UnderTlsWithSignInTheSameHappens) {
  Recording recording("disk_exclusion_2024-08", Recording::Door::tls_and_sign_in);
  recording.restore_all();
  EXPECT_EQ(recording.states, std::vector<std::string>(2, "succeeded"));
  expect_faithful(recording, 2);
}

TEST_F(Recordings, TheCrossRegionRestoreOfNovember2024Succeeds) {
  Recording recording("crr_2024-11");
  const Json job = recording.restore_all();
  EXPECT_EQ(recording.states, std::vector<std::string>{"succeeded"}) << job.dump(2);
  EXPECT_EQ(job.at("outcome").at("status"), "Completed");
  expect_faithful(recording, 1);
}

TEST_F(Recordings, ALostAnswerToACrossRegionRestoreIsAdoptedWithoutASecondPost) {
  Recording recording("crr_2024-11", Recording::Door::open, {"--fault", "POST .*/backupcrossregionrestore@1=lost"});
  recording.restore_all();
  EXPECT_EQ(recording.states, std::vector<std::string>{"succeeded"});
  EXPECT_EQ(recording.counts().at("duplicate_restore_posts"), 0);
}

TEST_F(Recordings, TheCancelOfAugust2024IsAcceptedAndFollowed) {
  Recording recording("job_cancel_2024-08");
  recording.daemon.start();
  recording.drop_restore(0);
  ASSERT_EQ(recording.wait_for_state("restore-1", "tracking").at("state"), "tracking");
  EXPECT_EQ(recording.ctl({"cancel", "restore-1"}).ending, 0);
  // The recording ends with the cancel: the responses of its operation are not in it, and the job stays InProgress.
  const auto answer = [&] { return recording.show("restore-1").at("cancel").at("answer").get<std::string>(); };
  EXPECT_TRUE(wait_until([&] { return answer().find("does not report") != std::string::npos; })) << answer();
  EXPECT_EQ(recording.show("restore-1").at("state"), "cancelling");
  const Json counts = recording.counts();
  EXPECT_EQ(counts.at("restore_posts"), 1);
  EXPECT_EQ(counts.at("semantic_diffs"), 0);
}

}  // namespace
}  // namespace azrestored::test
