// Goal: after a kill at any crash point and a restart, there is exactly one restore, and the job finishes. Method:
// AZRESTORED_CRASH_AT kills the daemon there (daemon/os/crash_point.hpp, daemon/app/crashing_ports.hpp); it is
// restarted without it; then the simulator's count and the job are checked.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

/// A crash point as part of a test's name.
std::string as_name(const testing::TestParamInfo<std::string>& place) {
  std::string name = place.param;
  std::ranges::replace_if(
      name, [](char c) { return c == '.' || c == ':' || c == '-'; }, '_');
  return name;
}

void die_at(Stage& stage, const std::string& place, const Json& job) {
  stage.daemon.start({{"AZRESTORED_CRASH_AT", place}});
  stage.drop(job);
  ASSERT_EQ(stage.daemon.wait(), -SIGKILL) << "the daemon never came to " << place;
}

void expect_one_restore(Stage& stage, const std::string& name, const std::string& state) {
  const Json job = stage.wait_for_end(name);
  EXPECT_EQ(job.at("state"), state) << job.dump(2);
  EXPECT_EQ(stage.sim.restores().size(), 1U);
  EXPECT_EQ(stage.sim.report().at("restoresByRequestId").value(job.at("requestId").get<std::string>(), 0), 1);
  EXPECT_EQ(names_in(stage.daemon.spool() / "accepted").size(), 1U);
  EXPECT_TRUE(names_in(stage.daemon.spool() / "incoming").empty());
  EXPECT_TRUE(names_in(stage.daemon.spool() / "claimed").empty());
}

// ── a restore that succeeds ──
class CrashOnTheWay : public testing::TestWithParam<std::string> {};

TEST_P(CrashOnTheWay, EndsInOneRestore) {
  Stage stage;
  ASSERT_NO_FATAL_FAILURE(die_at(stage, GetParam(), disks_job("drill")));
  stage.daemon.start();
  expect_one_restore(stage, "drill", "succeeded");
}

INSTANTIATE_TEST_SUITE_P(Spool, CrashOnTheWay,
                         testing::Values("spool.before-claim", "spool.claimed", "spool.inserted", "spool.accepted"),
                         as_name);
INSTANTIATE_TEST_SUITE_P(Save, CrashOnTheWay,
                         testing::Values("save.resolving.before", "save.resolving.after", "save.triggering.before",
                                         "save.triggering.after", "save.triggering.before:2", "save.triggering.after:2",
                                         "save.polling.before", "save.polling.after", "save.tracking.before",
                                         "save.tracking.after", "save.succeeded.before", "save.succeeded.after"),
                         as_name);
INSTANTIATE_TEST_SUITE_P(Exchange, CrashOnTheWay,
                         testing::Values("get.before", "get.after", "get.before:3", "get.after:3", "post.before",
                                         "post.after", "get.before:4", "get.after:4", "get.before:6", "get.after:6"),
                         as_name);

// ── a restore whose response was lost ──
class CrashInDoubt : public testing::TestWithParam<std::string> {};

TEST_P(CrashInDoubt, EndsInOneRestore) {
  Stage stage;
  stage.sim.add_fault("POST .*/restore\\?@1=lost");
  ASSERT_NO_FATAL_FAILURE(die_at(stage, GetParam(), disks_job("drill")));
  stage.daemon.start();
  expect_one_restore(stage, "drill", "succeeded");
  EXPECT_EQ(stage.sim.restore_posts(), 1);
}

INSTANTIATE_TEST_SUITE_P(Save, CrashInDoubt, testing::Values("save.in-doubt.before", "save.in-doubt.after"), as_name);

// ── a restore that the operator cancels ──
class CrashWhileCancelling : public testing::TestWithParam<std::string> {};

TEST_P(CrashWhileCancelling, CancelsTheOneRestore) {
  Stage::Options options;
  options.azure = azure_with(Json::array({protected_vm("web01", {{"jobSeconds", 60}, {"cancelSeconds", 0.2}})}));
  Stage stage(options);
  stage.daemon.start({{"AZRESTORED_CRASH_AT", GetParam()}});
  stage.drop(disks_job("drill"));
  ASSERT_EQ(stage.wait_for_state("drill", "tracking").at("state"), "tracking");
  (void)stage.ctl({"cancel", "drill"});  // the daemon may be killed before it responds
  ASSERT_EQ(stage.daemon.wait(), -SIGKILL) << "the daemon never came to " << GetParam();
  stage.daemon.start();
  // A client without a response asks again; if the request was saved before the end, the second one is refused.
  (void)stage.ctl({"cancel", "drill"});
  expect_one_restore(stage, "drill", "cancelled");
}

INSTANTIATE_TEST_SUITE_P(Save, CrashWhileCancelling,
                         testing::Values("save.cancelling.before", "save.cancelling.after", "save.cancelling.before:2",
                                         "save.cancelling.after:2", "save.cancelled.before", "save.cancelled.after"),
                         as_name);

// ── a file that is refused ──
class CrashWhileRefusing : public testing::TestWithParam<std::string> {};

TEST_P(CrashWhileRefusing, LeavesTheFileWithOneReason) {
  Stage stage;
  ASSERT_NO_FATAL_FAILURE(die_at(stage, GetParam(), {{"name", "nonsense"}}));
  stage.daemon.start();
  const auto rejected = stage.daemon.spool() / "rejected";
  const std::vector<std::string> expected = {"nonsense.json", "nonsense.json.reason"};
  EXPECT_TRUE(wait_until([&] { return names_in(rejected) == expected; }));
  EXPECT_TRUE(names_in(stage.daemon.spool() / "claimed").empty());
}

INSTANTIATE_TEST_SUITE_P(Spool, CrashWhileRefusing, testing::Values("spool.before-reject", "spool.reason-written"),
                         as_name);

TEST(CrashOverAndOver, EndsInOneRestore) {
  Stage stage;
  stage.drop(disks_job("drill"));
  int deaths = 0;
  do {  // in each run the job gets one exchange further
    stage.daemon.launch({{"AZRESTORED_CRASH_AT", "get.after:2"}});
  } while (stage.daemon.wait(std::chrono::seconds(4)) && ++deaths < 20);
  EXPECT_GE(deaths, 3);
  EXPECT_LT(deaths, 20);
  expect_one_restore(stage, "drill", "succeeded");
}

}  // namespace
}  // namespace azrestored::test
