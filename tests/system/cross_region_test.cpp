// Goal: a restore into the secondary region is done once in spite of faults, does not disclose its access token, and
// reports that Azure cannot cancel it. Method: the simulator's cross-region calls, faults on each of them, kill -9.
#include <gtest/gtest.h>

#include <csignal>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

Stage::Options replicated(const Json& script = Json::object()) {
  Stage::Options options;
  options.azure = azure_with(Json::array({replicated_vm("web01", script)}));
  return options;
}

TEST(CrossRegion, DisksComeBackInTheSecondaryRegionFromItsOwnPoints) {
  Stage stage(replicated());
  stage.daemon.start();
  stage.drop(cross_region_job("drill"));

  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "succeeded") << job.dump(2);
  EXPECT_EQ(job.at("recoveryPoint").at("id"), "9002");
  EXPECT_EQ(job.at("crossRegion"), "eastus");
  const Json restores = stage.sim.restores();
  ASSERT_EQ(restores.size(), 1U);
  EXPECT_EQ(restores[0].at("region"), "eastus");
  EXPECT_EQ(restores[0].at("requestId"), job.at("requestId"));
  EXPECT_EQ(restores[0].at("body").at("restoreRequest").at("region"), "eastus");
}

TEST(CrossRegion, TheOldestVersionOfItWorksAsWell) {
  Stage::Options options = replicated();
  options.settings["arm"]["crossRegionApiVersion"] = "2018-12-20";
  Stage stage(options);
  stage.daemon.start();
  stage.drop(cross_region_job("drill"));
  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "succeeded") << job.dump(2);
  EXPECT_FALSE(stage.sim.requests("/backupCrossRegionRestore?api-version=2018-12-20").empty());
}

TEST(CrossRegion, TheAccessTokenIsNeitherInTheDatabaseNorInTheLog) {
  Stage stage(replicated());
  stage.daemon.start();
  stage.drop(cross_region_job("drill"));
  ASSERT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
  const std::string token =
      stage.sim.restores().at(0).at("body").at("crossRegionRestoreAccessDetails").at("accessTokenString");
  ASSERT_GT(token.size(), 20U);
  stage.daemon.stop();
  int files = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(stage.path("daemon"))) {
    if (!file.is_regular_file()) continue;
    ++files;
    EXPECT_EQ(read_file(file.path()).find(token), std::string::npos) << file.path();
  }
  EXPECT_GE(files, 3) << "settings, database, log";
}

TEST(CrossRegion, CancelSaysThatAzureCannotDoIt) {
  Stage stage(replicated({{"jobSeconds", 60}}));
  stage.daemon.start();
  stage.drop(cross_region_job("drill"));
  ASSERT_EQ(stage.wait_for_state("drill", "tracking").at("state"), "tracking");
  const Outcome cancel = stage.ctl({"cancel", "drill"});
  EXPECT_EQ(cancel.ending, 1);
  EXPECT_NE(cancel.err.find("Azure cannot cancel a cross-region restore"), std::string::npos) << cancel.err;
  EXPECT_EQ(stage.show("drill").at("state"), "tracking");
}

TEST(CrossRegion, ManyJobsOfAVaultShareOneList) {
  Stage stage(replicated({{"jobSeconds", 3}}));
  stage.daemon.start();
  for (int i = 0; i < 4; ++i) stage.drop(cross_region_job("drill-" + std::to_string(i)));
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(stage.wait_for_end("drill-" + std::to_string(i)).at("state"), "succeeded");
  }
  EXPECT_EQ(stage.sim.restores().size(), 4U);
  // Three seconds have about thirty intervals of the list. One list per job would make four times as many requests.
  const auto lists = stage.sim.requests("/backupCrrJobs").size();
  EXPECT_GE(lists, 5U);
  EXPECT_LE(lists, 60U);
}

TEST(CrossRegion, AWrongPointOrVaultEndsInWords) {
  Stage stage(replicated());
  stage.daemon.start();
  Json file = cross_region_job("primary-point");
  file["recoveryPoint"] = "7002";
  stage.drop(file);
  const Json job = stage.wait_for_end("primary-point");
  EXPECT_EQ(job.at("state"), "failed");
  const std::string problem = job.at("problem");
  EXPECT_NE(problem.find("ids there differ from those in the vault's own region"), std::string::npos) << problem;
  EXPECT_EQ(stage.sim.restore_posts(), 0);
}

// ── faults at each step ──
class CrossRegionFault : public testing::TestWithParam<std::string> {};

TEST_P(CrossRegionFault, EndsInOneRestore) {
  Stage stage(replicated());
  stage.sim.add_fault(GetParam());
  stage.daemon.start();
  stage.drop(cross_region_job("drill"));
  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "succeeded") << job.dump(2);
  EXPECT_EQ(stage.sim.restores().size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Each, CrossRegionFault,
    testing::Values("GET .*backupProtectedItems@1=503", "GET .*recoveryPoints@1=504", "GET .*backupAadProperties@1=500",
                    "GET .*backupAadProperties@1=badjson", "POST .*accessToken@1x3=504", "POST .*accessToken@1=torn",
                    "POST .*backupCrossRegionRestore@1=lost", "POST .*backupCrossRegionRestore@1=504",
                    "POST .*backupCrossRegionRestore@1=500", "POST .*backupCrossRegionRestore@1=drop",
                    "POST .*backupCrossRegionRestore@1=429:0", "GET .*backupCrrOperationsStatus@1=502",
                    "POST .*backupCrrJobs@1=503", "POST .*backupCrrJob\\?@1=500"));

class CrossRegionCrash : public testing::TestWithParam<std::string> {};

TEST_P(CrossRegionCrash, EndsInOneRestore) {
  Stage stage(replicated());
  stage.daemon.start({{"AZRESTORED_CRASH_AT", GetParam()}});
  stage.drop(cross_region_job("drill"));
  ASSERT_EQ(stage.daemon.wait(), -SIGKILL) << "the daemon never came there";
  stage.daemon.start();
  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "succeeded") << job.dump(2);
  EXPECT_EQ(stage.sim.restores().size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Each, CrossRegionCrash,
                         testing::Values("save.triggering.before", "save.triggering.after", "save.triggering.before:2",
                                         "save.triggering.after:2", "post.before", "post.after", "save.polling.before",
                                         "save.polling.after", "save.tracking.before", "save.tracking.after"));

}  // namespace
}  // namespace azrestored::test
