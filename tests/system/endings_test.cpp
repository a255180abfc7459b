// Goal: azrestored handles and reports every way in which Azure ends (or loses) an operation and a backup job. Method:
// the simulator's script of the VM's restores, or a fault on the reads.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

Stage::Options azure_that(const Json& script) {
  Stage::Options options;
  options.azure = azure_with(Json::array({protected_vm("web01", script)}));
  return options;
}

Json restore_on(Stage& stage) {
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  return stage.wait_for_end("drill");
}

TEST(Endings, AFailedBackupJobReportsItsErrorAndTheRemedy) {
  Stage stage(azure_that({{"result", "Failed"},
                          {"error",
                           {{"errorCode", 400048},
                            {"errorTitle", "UserErrorBCMRestoreStorageAccountNotFound"},
                            {"errorString", "The staging account is gone."},
                            {"recommendations", {"Make it again.", "Choose another."}}}}}));
  const Json job = restore_on(stage);
  EXPECT_EQ(job.at("state"), "failed");
  EXPECT_EQ(job.at("error").at("code"), "UserErrorBCMRestoreStorageAccountNotFound");
  EXPECT_EQ(job.at("error").at("message"), "The staging account is gone.");
  EXPECT_EQ(job.at("error").at("recommendations"), Json::array({"Make it again.", "Choose another."}));
  EXPECT_EQ(stage.ctl({"watch", "drill"}).ending, 1);
  const Outcome show = stage.ctl({"show", "drill"});
  EXPECT_EQ(show.ending, 1);
  EXPECT_NE(show.out.find("Choose another."), std::string::npos) << show.out;
}

TEST(Endings, CompletedWithWarningsIsASuccessWithItsOwnCode) {
  Stage stage(azure_that({{"result", "CompletedWithWarnings"}}));
  EXPECT_EQ(restore_on(stage).at("state"), "succeeded-with-warnings");
  EXPECT_EQ(stage.ctl({"show", "drill"}).ending, 3);
}

TEST(Endings, WarningsThatMeanThatNothingWasDoneAreNamedEverywhere) {
  Stage stage(azure_that({{"result", "CompletedWithWarnings"},
                          {"error", {{"errorTitle", "OlrBackupFailed"}, {"errorString", "No snapshot was taken."}}},
                          {"endTasks", {{"Back up the current disks", "Failed"}, {"Replace the disks", "Skipped"}}},
                          {"propertyBag", {{"Restored disk(s)", nullptr}}}}));
  const Json job = restore_on(stage);
  EXPECT_EQ(job.at("state"), "succeeded-with-warnings");
  EXPECT_EQ(job.at("findings"),
            Json::array({"OlrBackupFailed: No snapshot was taken", "the task \"Back up the current disks\" failed",
                         "the task \"Replace the disks\" was skipped"}));
  EXPECT_NE(job.at("unchecked").dump().find("restored disks"), std::string::npos) << job.at("unchecked");
  const Outcome wait = stage.ctl({"wait", "drill"});
  EXPECT_EQ(wait.ending, 3);
  EXPECT_NE(wait.out.find("OlrBackupFailed"), std::string::npos) << wait.out;
  EXPECT_NE(stage.ctl({"watch", "drill"}).out.find("OlrBackupFailed"), std::string::npos);
  const Json explained = Json::parse(stage.ctl({"explain", "drill", "--json"}).out);
  EXPECT_NE(explained.at("why").get<std::string>().find("not all of what was requested is done"), std::string::npos)
      << explained.at("why");
}

TEST(Endings, AFailedOperationIsAFailedJob) {
  Stage stage(azure_that({{"operationResult", "Failed"}}));
  const Json job = restore_on(stage);
  EXPECT_EQ(job.at("state"), "failed");
  EXPECT_EQ(job.at("error").at("code"), "RestoreOperationFailed");
  EXPECT_TRUE(job.at("azureJobId").is_null());
}

TEST(Endings, AnOperationThatVanishesIsSearchedForByItsRequestId) {
  Stage stage(azure_that({{"operationSeconds", 0.5}, {"operationResult", "Vanishes"}}));
  const Json job = restore_on(stage);
  EXPECT_EQ(job.at("state"), "succeeded");
  EXPECT_EQ(job.at("azureJobId"), stage.sim.restores()[0].at("jobId"));
  EXPECT_EQ(stage.sim.restore_posts(), 1);
}

TEST(Endings, AnOperationThatNamesNoJobIsSearchedForByItsRequestId) {
  Stage stage(azure_that({{"operationResult", "SucceededWithoutJob"}, {"jobIdEqualsOperationId", false}}));
  const Json job = restore_on(stage);
  EXPECT_EQ(job.at("state"), "succeeded");
  // Found by its own search or by the vault's list, which may come first.
  const auto found = [](const Json& line) { return line.at("cause") == "search-found"; };
  EXPECT_TRUE(std::ranges::any_of(job.at("history"), found)) << job.at("history");
  EXPECT_EQ(stage.sim.restore_posts(), 1);
}

TEST(Endings, AnOperationAnsweredWith204IsSearchedForByItsRequestId) {
  Stage stage;
  stage.sim.add_fault("GET .*operationsStatus/@1x*=204");
  EXPECT_EQ(restore_on(stage).at("state"), "succeeded");
  EXPECT_EQ(stage.sim.restore_posts(), 1);
}

TEST(Endings, AJobIdUnlikeTheOperationsIsFollowed) {
  Stage stage(azure_that({{"jobIdEqualsOperationId", false}}));
  const Json job = restore_on(stage);
  EXPECT_EQ(job.at("state"), "succeeded");
  EXPECT_NE(job.at("azureJobId"), job.at("operationId"));
}

TEST(Endings, UnknownStatusWordsMeanStillRunningAndAreMentioned) {
  Stage stage;
  stage.sim.add_fault("GET .*operationsStatus/@1=unknown-status");
  stage.sim.add_fault("GET .*backupJobs/@1=unknown-status");
  stage.sim.add_fault("GET .*backupJobs\\?@1=unknown-status");
  const Json job = restore_on(stage);
  EXPECT_EQ(job.at("state"), "succeeded");
  EXPECT_EQ(job.at("warnings").size(), 2U) << job.at("warnings").dump();
  EXPECT_EQ(stage.sim.restore_posts(), 1);
}

TEST(Endings, WhatIsNotFoundRightAfterItsCreationIsLookedForAgain) {
  Stage::Options options;
  options.settings = {{"polling", {{"defaultRetryAfter", "5s"}}}};  // the job waits twice that time
  Stage stage(options);
  stage.sim.add_fault("GET .*backupJobs/@1x3=404");
  stage.sim.add_fault("GET .*operationsStatus/@1x2=404");
  EXPECT_EQ(restore_on(stage).at("state"), "succeeded");
  EXPECT_EQ(stage.sim.restore_posts(), 1);
}

TEST(Endings, AForbiddenReadOfARunningRestoreIsLeftToTheOperator) {
  Stage stage(azure_that({{"jobSeconds", 60}}));
  stage.sim.add_fault("GET .*backupJobs/@1x*=403");
  const Json job = restore_on(stage);
  EXPECT_EQ(job.at("state"), "held");
  EXPECT_EQ(job.at("error").at("code"), "AuthorizationFailed");
  EXPECT_EQ(stage.ctl({"show", "drill"}).ending, 7);
}

}  // namespace
}  // namespace azrestored::test
