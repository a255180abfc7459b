// Goal: whatever happens to the response to the restore POST, there is one restore in the end. A restore that was
// started is found by its request id and adopted; otherwise the POST is sent again with the same id after the quiet
// period. Method: a fault on the first POST, with and without effect in Azure.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

constexpr const char* restore_post = "/restore?";
constexpr std::chrono::seconds quiet_period{1};  // the stage sets it

std::string as_name(const testing::TestParamInfo<std::string>& fault) {
  std::string name = "With" + fault.param;
  std::ranges::replace_if(
      name, [](char c) { return c == '-' || c == ':'; }, '_');
  return name;
}

Json restore_with_fault(Stage& stage, const std::string& fault) {
  stage.sim.add_fault("POST .*/restore\\?@1=" + fault);
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  return stage.wait_for_end("drill");
}

class StartedAllTheSame : public testing::TestWithParam<std::string> {};

TEST_P(StartedAllTheSame, IsFoundAndAdopted) {
  Stage stage;
  const Json job = restore_with_fault(stage, GetParam());

  const std::vector<std::string> story = {"queued",   "resolving", "validating", "triggering",
                                          "in-doubt", "tracking",  "succeeded"};
  EXPECT_EQ(states_of(job), story);
  EXPECT_EQ(stage.sim.restores().size(), 1U);
  EXPECT_EQ(stage.sim.restore_posts(), 1);
  EXPECT_EQ(job.at("azureJobId"), stage.sim.restores()[0].at("jobId"));
  EXPECT_EQ(stage.sim.report().at("faults").value(GetParam(), 0), 1);
}

INSTANTIATE_TEST_SUITE_P(Post, StartedAllTheSame, testing::Values("lost", "504-after", "500-after", "torn"), as_name);

class NothingStarted : public testing::TestWithParam<std::string> {};

TEST_P(NothingStarted, IsSentOnceMoreWithTheSameIdAfterTheQuietPeriod) {
  Stage stage;
  const Json job = restore_with_fault(stage, GetParam());

  const std::vector<std::string> story = {"queued",     "resolving", "validating", "triggering", "in-doubt",
                                          "triggering", "polling",   "tracking",   "succeeded"};
  EXPECT_EQ(states_of(job), story);
  EXPECT_EQ(stage.sim.restores().size(), 1U);
  const auto posts = stage.sim.requests(restore_post);
  ASSERT_EQ(posts.size(), 2U);
  EXPECT_EQ(posts[0].at("clientRequestId"), job.at("requestId"));
  EXPECT_EQ(posts[1].at("clientRequestId"), job.at("requestId"));
  EXPECT_GE(time_between(posts[0], posts[1]), quiet_period);
  EXPECT_EQ(job.at("attempts"), 2);
}

INSTANTIATE_TEST_SUITE_P(Post, NothingStarted,
                         testing::Values("500", "502", "503", "504", "408", "drop", "garbage", "204", "filter",
                                         "filter:401", "filter:404", "filter:200"),
                         as_name);

TEST(UnclearAnswer, AJobThatTheListShowsLateIsStillAdopted) {
  Stage::Options options;
  options.simulator = {"--job-list-lag", "0.6"};
  options.settings = {{"inDoubt", {{"quietPeriod", "3s"}}}};
  Stage stage(options);
  const Json job = restore_with_fault(stage, "lost");
  EXPECT_EQ(job.at("state"), "succeeded");
  EXPECT_EQ(stage.sim.restore_posts(), 1);
}

TEST(UnclearAnswer, EveryTryInDoubtIsCountedAndTheLastIsLeftToTheOperator) {
  Stage::Options options;
  options.settings = {{"inDoubt", {{"quietPeriod", "200ms"}}}};
  Stage stage(options);
  const Json job = restore_with_fault(stage, "504");
  EXPECT_EQ(job.at("state"), "succeeded");

  stage.sim.add_fault("POST .*/restore\\?@1x*=504");
  stage.drop(disks_job("hopeless"));
  const Json held = stage.wait_for_end("hopeless");
  EXPECT_EQ(held.at("state"), "held");
  EXPECT_EQ(held.at("attempts"), 5);
  EXPECT_EQ(stage.ctl({"show", "hopeless"}).ending, 7);
  EXPECT_EQ(stage.sim.restores().size(), 1U);
}

TEST(UnclearAnswer, TwoRestoresWithOurIdAreLeftToTheOperator) {
  Stage::Options options;
  options.azure = azure_with(Json::array({protected_vm("web01", {{"operationSeconds", 0}})}));  // listed immediately
  Stage stage(options);
  // The search finds nothing while the list of jobs cannot be read.
  stage.sim.add_fault("POST .*/restore\\?@1=lost");
  stage.sim.add_fault("GET .*backupJobs\\?@1x*=503");
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  ASSERT_EQ(stage.wait_for_state("drill", "in-doubt").at("state"), "in-doubt");
  EXPECT_EQ(stage.ctl({"show", "drill"}).ending, 7);
  stage.sim.repeat_last_restore();
  stage.sim.clear_faults();

  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "held");
  for (const Json& restore : stage.sim.restores()) {
    EXPECT_NE(job.at("error").at("message").get<std::string>().find(restore.at("jobId")), std::string::npos);
  }
}

}  // namespace
}  // namespace azrestored::test
