// Goal: the checks before a restore stop it with the rule and the remedy; after it, the result is compared with the
// request. Method: an Azure whose points, vault, pre-flight and reports are made for each check.
#include <gtest/gtest.h>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

Json points(const Json& members) {
  Json point = {{"name", "7002"}, {"time", "2025-11-20T22:00:00.7654321Z"}};
  point.update(members);
  return Json::array({point});
}

Stage::Options azure(const Json& script, const Json& point = Json::object(), const Json& vault = Json::object()) {
  Json vm = protected_vm("web01", script);
  if (!point.empty()) vm["points"] = points(point);
  Stage::Options options;
  options.azure = azure_with(Json::array({vm}), vault);
  return options;
}

const Json archived = {{"tiers", {{{"type", "ArchivedRP"}, {"status", "Valid"}}}}};

std::string failure_of(const Json& job) {
  return job.at("problem").is_null() ? "" : job.at("problem").get<std::string>();
}

// ── pre-flight ──

TEST(Preflight, PassesAndTheRestoreStarts) {
  Stage stage(azure({{"validationTakesSeconds", 0.2}}));
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "succeeded") << job.dump(2);
  const std::vector<std::string> story = {"queued",  "resolving", "validating", "triggering",
                                          "polling", "tracking",  "succeeded"};
  EXPECT_EQ(states_of(job), story);
  const Json report = stage.sim.report();
  ASSERT_EQ(report.at("validations").size(), 1U);
  EXPECT_EQ(report.at("validations")[0].at("body").at("properties").at("restoreRequest"),
            report.at("restores")[0].at("body").at("properties"))
      << "the checked request must be the one that is sent";
}

TEST(Preflight, ResultsStopTheJobAlthoughTheOperationSucceeded) {
  const Json finding = {{"code", "UserErrorCoreCountSubscriptionQuotaReached"},
                        {"message", "No cores are left in this region."},
                        {"recommendations", {"Ask for a higher quota."}}};
  Stage stage(azure({{"validation", Json::array({finding})}}));
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "failed");
  EXPECT_EQ(failure_of(job), "UserErrorCoreCountSubscriptionQuotaReached: No cores are left in this region.");
  EXPECT_EQ(job.at("error").at("recommendations"), Json::array({"Ask for a higher quota."}));
  EXPECT_EQ(stage.sim.restore_posts(), 0);
  EXPECT_NE(stage.ctl({"show", "drill"}).out.find("Ask for a higher quota."), std::string::npos);
}

TEST(Preflight, IsNotAskedWhenTheFileSaysSo) {
  Stage stage;
  stage.daemon.start();
  for (const char* validate : {"local", "none"}) {
    Json file = disks_job(validate);
    file["validate"] = validate;
    stage.drop(file);
    EXPECT_EQ(stage.wait_for_end(validate).at("state"), "succeeded");
  }
  EXPECT_EQ(stage.sim.report().at("validations").size(), 0U);
}

TEST(Preflight, ThatTheServiceDoesNotAnswerIsAWarning) {
  Stage stage;
  stage.sim.add_fault("POST .*backupTriggerValidateOperation@1x*=404");
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "succeeded");
  ASSERT_EQ(job.at("warnings").size(), 1U);
  EXPECT_NE(job.at("warnings")[0].get<std::string>().find("no pre-flight"), std::string::npos);
}

TEST(Preflight, ASuccessWithoutAVerdictIsAWarningAndNeverPassed) {
  Stage stage(azure({{"validationOutcome", "no-verdict"}}));
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "succeeded");
  ASSERT_EQ(job.at("warnings").size(), 1U);
  EXPECT_NE(job.at("warnings")[0].get<std::string>().find("no verdict"), std::string::npos);
  EXPECT_NE(job.at("history").dump().find("no pre-flight"), std::string::npos);
  EXPECT_EQ(job.at("history").dump().find("preflight-passed"), std::string::npos);
}

class PreflightFault : public testing::TestWithParam<std::string> {};

TEST_P(PreflightFault, IsSurvived) {
  Stage stage;
  stage.sim.add_fault(GetParam());
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
  EXPECT_EQ(stage.sim.restores().size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Each, PreflightFault,
    testing::Values("POST .*backupTriggerValidateOperation@1=504", "POST .*backupTriggerValidateOperation@1=lost",
                    "POST .*backupTriggerValidateOperation@1=429:0", "GET .*backupValidateOperations@1=500",
                    "GET .*backupValidateOperations@1=torn", "GET .*backupValidateOperations@1=404",
                    "GET .*vaults/contoso-vault\\?@1=503", "GET .*backupResourceGuardProxies@1=503"));

// ── archive ──

TEST(Archive, APointThereIsRefusedInWordsThatSayWhatToAdd) {
  Stage stage(azure(Json::object(), archived));
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "failed");
  EXPECT_NE(failure_of(job).find(R"("rehydration": {"priority": "Standard", "retention": "P15D"})"), std::string::npos)
      << failure_of(job);
  EXPECT_EQ(stage.sim.restore_posts(), 0);
}

TEST(Archive, RehydrationIsAStageOfItsOwn) {
  Stage stage(azure({{"rehydrationSeconds", 2}, {"jobSeconds", 3}}, archived));
  stage.daemon.start();
  Json file = disks_job("drill");
  file["rehydration"] = {{"priority", "High"}, {"retention", "P10D"}};
  stage.drop(file);
  ASSERT_EQ(stage.wait_for_state("drill", "rehydrating").at("state"), "rehydrating");
  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "succeeded") << job.dump(2);
  const Json sent = stage.sim.restores().at(0).at("body").at("properties");
  EXPECT_EQ(sent.at("objectType"), "IaasVMRestoreWithRehydrationRequest");
  EXPECT_EQ(sent.at("recoveryPointRehydrationInfo"),
            (Json{{"rehydrationRetentionDuration", "P10D"}, {"rehydrationPriority", "High"}}));
}

// ── rules ──

TEST(Rules, ThatAreBrokenStopTheJobBeforeAnythingIsAsked) {
  Stage stage(azure(Json::object(), {{"privateAccess", true}}));
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "failed");
  EXPECT_NE(failure_of(job).find("targetDiskNetworkAccessSettings"), std::string::npos) << failure_of(job);
  EXPECT_EQ(stage.sim.report().at("validations").size(), 0U);
}

TEST(Rules, AVaultWithoutTheIdentityIsReportedBeforehand) {
  Stage stage;
  stage.daemon.start();
  Json file = disks_job("drill");
  file["restore"].erase("storageAccountId");
  file["restore"]["identityInfo"] = {{"isSystemAssignedIdentity", true}};
  file["restore"]["identityBasedRestoreDetails"] = {{"targetStorageAccountId", storage_id()}};
  stage.drop(file);
  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "failed");
  EXPECT_NE(failure_of(job).find("identity"), std::string::npos) << failure_of(job);
  EXPECT_EQ(stage.sim.restore_posts(), 0);
}

TEST(Rules, WithValidateNoneTheServiceHasTheLastWord) {
  Stage stage(azure(Json::object(), archived));
  stage.daemon.start();
  Json file = disks_job("drill");
  file["validate"] = "none";
  stage.drop(file);
  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "failed");
  EXPECT_EQ(stage.sim.restore_posts(), 1);
  EXPECT_EQ(job.at("error").at("httpStatus"), 400);
  ASSERT_FALSE(job.at("warnings").empty());
  EXPECT_NE(job.at("warnings")[0].get<std::string>().find("rehydration"), std::string::npos);
}

TEST(Guard, ItsRequestIsLookedUpInTheVault) {
  const std::string guard = group_id("contoso-guard") + "/providers/Microsoft.DataProtection/resourceGuards/guard";
  Stage stage(azure(Json::object(), Json::object(), {{"resourceGuards", Json::array({{{"id", guard}}})}}));
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
  const Json sent = stage.sim.restores().at(0).at("body").at("properties");
  ASSERT_EQ(sent.at("resourceGuardOperationRequests").size(), 1U);
  EXPECT_NE(sent.at("resourceGuardOperationRequests")[0].get<std::string>().find(guard), std::string::npos);
}

// ── requested and restored ──

TEST(Findings, AnAccountOtherThanTheRequestedOneIsListed) {
  Stage stage(azure({{"propertyBag", {{"Target Storage Account Name", "elsewhere"}}}}));
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "succeeded-with-findings") << job.dump(2);
  ASSERT_EQ(job.at("findings").size(), 1U);
  EXPECT_EQ(job.at("findings")[0], "requested storage account contosostaging, but Azure reports elsewhere");
  EXPECT_EQ(stage.ctl({"show", "drill"}).ending, 3);
  EXPECT_EQ(stage.ctl({"watch", "drill", "--timeout", "5s"}).ending, 3);
}

TEST(Findings, AFactThatTheServiceDoesNotReportIsNamedAsUnchecked) {
  Stage stage(azure({{"propertyBag", {{"Target resource group", nullptr}}}}));
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "succeeded");
  EXPECT_NE(job.at("unchecked").dump().find("targetResourceGroupId"), std::string::npos) << job.at("unchecked");
}

}  // namespace
}  // namespace azrestored::test
