// Goal: limits and priorities decide which restores start, and a waiting job reports its limit and its queue position.
// Method: a restore that runs until it is cancelled takes the only slot; the waiting jobs are shown and controlled.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

Stage::Options one_place_of(const char* cap) {
  Stage::Options options;
  options.azure = azure_with(Json::array({protected_vm("web01", {{"jobSeconds", 600}, {"cancelSeconds", 0.1}}),
                                          protected_vm("web02"), protected_vm("web03")}));
  options.settings["limits"][cap] = 1;
  return options;
}

Json with_priority(Json job, int priority) {
  job["priority"] = priority;
  return job;
}

bool is_queued(const Stage& stage, const std::string& job) {
  return stage.show(job).value("state", "") == "queued";
}

std::string time_of(const Json& job, const std::string& cause) {
  for (const Json& line : job.at("history")) {
    if (line.at("cause") == cause) return line.at("at");
  }
  return "";
}

class Turns : public testing::Test {
 protected:
  /// The only slot of the vault is taken; "low" and then "high" wait for it.
  void two_wait() {
    stage_.daemon.start();
    stage_.drop(disks_job("running"));
    ASSERT_EQ(stage_.wait_for_state("running", "tracking").at("state"), "tracking");
    stage_.drop(with_priority(disks_job("low", "web02"), -1));
    ASSERT_TRUE(wait_until([&] { return is_queued(stage_, "low"); }));
    stage_.drop(with_priority(disks_job("high", "web03"), 10));
    ASSERT_TRUE(wait_until([&] { return is_queued(stage_, "high"); }));
  }

  std::string explained(const std::string& job) { return stage_.ctl({"explain", job}).out; }

  Stage stage_{one_place_of("concurrentRestoresPerVault")};
};

TEST_F(Turns, AWaitingJobShowsItsLimitTheUsageAndItsQueuePosition) {
  two_wait();
  const std::string place =
      "a slot in vault contoso-vault, where 1 of 1 are in use (limits.concurrentRestoresPerVault)";
  EXPECT_NE(explained("high").find("waits for         " + place + "; position 1 in queue\n"), std::string::npos)
      << explained("high");
  EXPECT_NE(explained("low").find("waits for         " + place + "; position 2 in queue\n"), std::string::npos)
      << explained("low");
  const Json low = stage_.show("low");
  EXPECT_EQ(low.at("waitsFor"), place + "; position 2 in queue");
  EXPECT_EQ(low.at("placeInLine"), 2);
  EXPECT_EQ(low.at("priority"), -1);
  EXPECT_NE(stage_.ctl({"list", "--json"}).out.find("\"waitsFor\":\"" + place + "\""), std::string::npos);

  stage_.daemon.kill();
  EXPECT_NE(explained("low").find("waits for         a slot among the active jobs; position 2 in queue\n"),
            std::string::npos)
      << explained("low");
}

TEST_F(Turns, TheHigherPriorityStartsFirstAndOneRestoreRunsAtATime) {
  two_wait();
  EXPECT_EQ(stage_.ctl({"cancel", "running"}).ending, 0);
  const Json low = stage_.wait_for_end("low");
  const Json high = stage_.wait_for_end("high");
  EXPECT_EQ(low.at("state"), "succeeded");
  EXPECT_EQ(high.at("state"), "succeeded");
  EXPECT_LE(stage_.show("running").at("since"), time_of(high, "begun"));
  EXPECT_LE(high.at("since"), time_of(low, "begun"));
}

TEST_F(Turns, AHeldJobIsNotInTheQueueAndAReleasedOneKeepsItsPosition) {
  two_wait();
  EXPECT_EQ(stage_.ctl({"hold", "high"}).ending, 0);
  EXPECT_EQ(stage_.show("low").at("placeInLine"), 1);
  EXPECT_TRUE(stage_.show("high").at("placeInLine").is_null());
  EXPECT_EQ(stage_.ctl({"release", "high"}).ending, 0);
  EXPECT_EQ(stage_.show("low").at("placeInLine"), 2);
  EXPECT_EQ(stage_.show("high").at("placeInLine"), 1);
}

TEST_F(Turns, AfterACrashAStartedRestoreKeepsItsSlotAndTheOthersWait) {
  two_wait();
  stage_.daemon.kill();
  stage_.daemon.start();
  EXPECT_EQ(stage_.show("running").at("state"), "tracking");
  EXPECT_EQ(stage_.show("high").at("placeInLine"), 1);
  EXPECT_EQ(stage_.sim.restore_posts(), 1);
}

TEST(TurnsOfGroups, AJobThatWaitsForOneLimitDoesNotBlockOthers) {
  Stage stage(one_place_of("concurrentRestoresPerTargetResourceGroup"));
  stage.daemon.start();
  stage.drop(disks_job("running"));
  ASSERT_EQ(stage.wait_for_state("running", "tracking").at("state"), "tracking");
  stage.drop(with_priority(disks_job("waiting", "web02"), 100));
  ASSERT_TRUE(wait_until([&] { return is_queued(stage, "waiting"); }));
  Json elsewhere = disks_job("elsewhere", "web03");
  elsewhere["restore"]["targetResourceGroupId"] = group_id("contoso-other");
  stage.drop(elsewhere);
  EXPECT_EQ(stage.wait_for_end("elsewhere").at("state"), "succeeded");
  EXPECT_EQ(stage.show("waiting").at("waitsFor"),
            "a slot in resource group contoso-restored, where 1 of 1 are in use "
            "(limits.concurrentRestoresPerTargetResourceGroup); position 1 in queue");
}

}  // namespace
}  // namespace azrestored::test
