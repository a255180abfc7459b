// Goal: a cancel request stops a job before its POST, is sent to Azure after it, and its outcome is reported correctly.
// Method: faults keep the job before its POST; the simulator's script decides how Azure handles a cancel.
#include <gtest/gtest.h>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

Stage::Options azure_that(const Json& script) {
  Stage::Options options;
  options.azure = azure_with(Json::array({protected_vm("web01", script)}));
  return options;
}

int cancels_asked(const Stage& stage) {
  return stage.sim.report().at("requestsByRoute").value("cancel", 0);
}

TEST(Cancel, BeforeThePostStopsTheJob) {
  Stage stage;
  stage.sim.add_fault("GET .*recoveryPoints\\?@1x*=503");
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  ASSERT_TRUE(wait_until([&] { return stage.job("drill").value("failures", 0) > 0; }));

  const Outcome cancel = stage.ctl({"cancel", "drill"});
  EXPECT_EQ(cancel.ending, 0);
  EXPECT_NE(cancel.out.find("cancelled before anything was started in Azure"), std::string::npos) << cancel.out;
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "cancelled");
  EXPECT_EQ(stage.ctl({"show", "drill"}).ending, 8);
  EXPECT_EQ(stage.sim.restore_posts(), 0);
}

TEST(Cancel, OfARunningRestoreIsCarriedToAzure) {
  Stage stage(azure_that({{"jobSeconds", 60}, {"cancelSeconds", 0.2}}));
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  ASSERT_EQ(stage.wait_for_state("drill", "tracking").at("state"), "tracking");

  EXPECT_EQ(stage.ctl({"cancel", "drill"}).ending, 0);
  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "cancelled");
  EXPECT_EQ(job.at("azureStatus"), "Cancelled");
  EXPECT_EQ(cancels_asked(stage), 1);
}

TEST(Cancel, WhileTheOperationRunsIsCarriedToAzureAsSoonAsItsJobIsKnown) {
  Stage stage(azure_that({{"operationSeconds", 2}, {"jobSeconds", 60}, {"cancelSeconds", 0.2}}));
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  ASSERT_EQ(stage.wait_for_state("drill", "polling").at("state"), "polling");

  EXPECT_EQ(stage.ctl({"cancel", "drill"}).ending, 0);
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "cancelled");
  EXPECT_EQ(cancels_asked(stage), 1);
}

TEST(Cancel, RefusedByAzureIsReportedAndTheRestoreGoesOn) {
  Stage stage(azure_that({{"jobSeconds", 3}, {"cancel", "refuse"}}));
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  ASSERT_EQ(stage.wait_for_state("drill", "tracking").at("state"), "tracking");

  EXPECT_EQ(stage.ctl({"cancel", "drill"}).ending, 0);
  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "succeeded");
  const std::string answer = job.at("cancel").at("answer");
  EXPECT_NE(answer.find("Azure refused to cancel: UserErrorJobNotCancellable"), std::string::npos) << answer;
}

TEST(Cancel, AcceptedAndThenRefusedIsAlsoReported) {
  Stage stage(azure_that({{"jobSeconds", 3}, {"cancel", "accept-then-refuse"}, {"cancelSeconds", 0.2}}));
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  ASSERT_EQ(stage.wait_for_state("drill", "tracking").at("state"), "tracking");

  EXPECT_EQ(stage.ctl({"cancel", "drill"}).ending, 0);
  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "succeeded");
  EXPECT_NE(job.at("cancel").at("answer").get<std::string>().find("Azure refused"), std::string::npos);
}

TEST(Cancel, AfterTheEndIsRefused) {
  Stage stage;
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  ASSERT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");

  const Outcome cancel = stage.ctl({"cancel", "drill"});
  EXPECT_EQ(cancel.ending, 1);
  EXPECT_NE(cancel.err.find("already finished"), std::string::npos) << cancel.err;
  EXPECT_EQ(cancels_asked(stage), 0);
}

TEST(Cancel, InDoubtWaitsForCertaintyAndCancelsWhatItFinds) {
  Stage::Options options = azure_that({{"operationSeconds", 0.7}, {"jobSeconds", 60}, {"cancelSeconds", 0.2}});
  options.settings = {{"inDoubt", {{"quietPeriod", "5s"}}}};
  Stage stage(options);
  stage.sim.add_fault("POST .*/restore\\?@1=lost");
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  ASSERT_EQ(stage.wait_for_state("drill", "in-doubt").at("state"), "in-doubt");

  EXPECT_EQ(stage.ctl({"cancel", "drill"}).ending, 0);
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "cancelled");
  EXPECT_EQ(stage.sim.restore_posts(), 1);
}

}  // namespace
}  // namespace azrestored::test
