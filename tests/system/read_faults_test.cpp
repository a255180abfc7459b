// Goal: no fault of a read ends a job or starts a second restore; a refusal ends it in the service's own words.
// Method: the first request of each kind of read gets the fault, all kinds in one job.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

const std::vector<std::string> reads = {"vaults/[^/?]*\\?",  "backupProtectedItems\\?", "recoveryPoints\\?",
                                        "operationsStatus/", "backupJobs\\?",           "backupJobs/"};

std::string as_name(const testing::TestParamInfo<std::string>& fault) {
  std::string name = "With" + fault.param;
  std::ranges::replace_if(
      name, [](char c) { return c == '-' || c == ':' || c == '.'; }, '_');
  return name;
}

class FaultyReads : public testing::TestWithParam<std::string> {};

TEST_P(FaultyReads, AreRepeatedUntilTheySucceed) {
  Stage stage;
  for (const std::string& read : reads) stage.sim.add_fault("GET .*" + read + "@1=" + GetParam());
  stage.daemon.start();
  stage.drop(disks_job("drill"));

  const Json job = stage.wait_for_end("drill");
  const std::vector<std::string> story = {"queued",  "resolving", "validating", "triggering",
                                          "polling", "tracking",  "succeeded"};
  EXPECT_EQ(states_of(job), story);
  const Json report = stage.sim.report();
  EXPECT_EQ(report.at("faults").value(GetParam(), 0U), reads.size()) << report.at("faults").dump();
  EXPECT_EQ(report.at("restores").size(), 1U);
  EXPECT_EQ(report.at("restorePosts"), 1);
}

INSTANTIATE_TEST_SUITE_P(Read, FaultyReads,
                         testing::Values("500", "502", "503:1", "504", "408", "429:1", "drop", "torn", "garbage",
                                         "badjson", "slow:0.1", "filter", "filter:404", "filter:200", "filter:401"),
                         as_name);

TEST(RefusedReads, OfTheRecoveryPointsEndTheJobWithTheServicesWords) {
  Stage stage;
  stage.sim.add_fault("GET .*recoveryPoints\\?@1x*=403");
  stage.daemon.start();
  stage.drop(disks_job("drill"));

  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "failed");
  EXPECT_EQ(job.at("error").at("code"), "AuthorizationFailed");
  EXPECT_EQ(job.at("error").at("httpStatus"), 403);
  EXPECT_FALSE(job.at("error").at("requestId").is_null());
  EXPECT_EQ(stage.ctl({"show", "drill"}).ending, 1);
  EXPECT_EQ(stage.sim.restore_posts(), 0);
}

TEST(RefusedPost, EndsTheJobWithTheServicesWords) {
  Stage stage;
  stage.sim.add_fault("POST .*/restore\\?@1=400");
  stage.daemon.start();
  stage.drop(disks_job("drill"));

  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "failed");
  EXPECT_EQ(job.at("error").at("code"), "BMSUserErrorInvalidInput");
  EXPECT_EQ(stage.sim.restore_posts(), 1);
}

}  // namespace
}  // namespace azrestored::test
