// What surrounds a restore, without sockets: the properties of a vault, the pre-flight check, resource guards, other
// subscriptions, identities, archived points, and the report of a finished job.
#include <gtest/gtest.h>

#include <string>

#include "simulation.hpp"

namespace azsim {
namespace {

const std::string guard_id =
    "/subscriptions/33333333-2222-4333-8444-555555555555/resourceGroups/contoso-guards/providers/"
    "Microsoft.DataProtection/resourceGuards/contoso-guard";

Json vault_state(const Json& changes, const Json& script = Json::object()) {
  Json state = state_json(script);
  for (const auto& [name, value] : changes.items()) state["vaults"][0][name] = value;
  return state;
}

Json changed(Json order, const Json& changes) {
  for (const auto& [name, value] : changes.items()) order["properties"][name] = value;
  return order;
}

Json check_of(const Json& order) {
  Json body;
  body["id"] = percent_decode(web01, false) + "/recoveryPoints/" + point;
  body["properties"]["objectType"] = "ValidateIaasVMRestoreOperationRequest";
  body["properties"]["restoreRequest"] = order["properties"];
  return body;
}

Json only_job(Simulation& sim) {
  return sim.get_json(vault + "/backupJobs/" + sim.report()["restores"][0]["jobId"].get<std::string>() +
                      version)["properties"];
}

TEST(Vault, ReturnsTheFactsOfTheStateWithoutNullMembers) {
  Simulation sim;
  const Json body = sim.get_json(vault + version);
  EXPECT_EQ(body["identity"]["type"], "SystemAssigned, UserAssigned");
  EXPECT_EQ(body["properties"]["redundancySettings"]["crossRegionRestore"], "Enabled");
  EXPECT_FALSE(body["properties"].contains("securitySettings"));

  Simulation bare = Simulation::over(vault_state({{"identity", Json::object()},
                                                  {"redundancy", nullptr},
                                                  {"crossRegionRestore", nullptr},
                                                  {"crossSubscriptionRestore", "Disabled"},
                                                  {"multiUserAuthorization", "Enabled"}}));
  const Json other = bare.get_json(vault + version);
  EXPECT_FALSE(other.contains("identity"));
  EXPECT_FALSE(other["properties"].contains("redundancySettings"));
  EXPECT_EQ(other["properties"]["restoreSettings"]["crossSubscriptionRestoreSettings"]["crossSubscriptionRestoreState"],
            "Disabled");
  EXPECT_EQ(other["properties"]["securitySettings"]["multiUserAuthorization"], "Enabled");
}

TEST(Validation, IsAnOperationWhoseSuccessMayHoldFindings) {
  const Json finding = {{"code", "UserErrorCoreCountSubscriptionQuotaReached"},
                        {"message", "Too few cores."},
                        {"recommendations", {"Ask."}}};
  Simulation sim = Simulation::over(state_json({{"validation", {finding}}}));
  const Response asked = sim.post(vault + "/backupTriggerValidateOperation" + version, check_of(disks_order()));
  ASSERT_EQ(asked.status, 202U) << asked.body;
  EXPECT_EQ(header(asked, "Retry-After"), "10");
  const std::string status = target_of(header(asked, "Azure-AsyncOperation"));
  const std::string result = target_of(header(asked, "Location"));
  EXPECT_EQ(sim.get_json(status)["status"], "InProgress");
  EXPECT_EQ(sim.get(result).status, 202U);
  sim.wait(1);
  const Json done = sim.get_json(status);
  EXPECT_EQ(done["status"], "Succeeded");
  EXPECT_EQ(done["properties"]["objectType"], "OperationStatusValidateOperationExtendedInfo");
  EXPECT_EQ(done["properties"]["validateOperationResponse"]["validationResults"][0], finding);
  EXPECT_EQ(sim.get_json(result)["validateOperationResponse"]["validationResults"][0]["code"], finding["code"]);
  const Json report = sim.report();
  EXPECT_EQ(report["restores"].size(), 0U);
  EXPECT_EQ(report["restorePosts"], 0);
  EXPECT_EQ(report["validations"][0]["findings"][0], finding["code"]);
}

TEST(Validation, FindsWhatARestoreWouldBeRefusedFor) {
  Simulation sim;
  const std::string at_once = vault + "/backupValidateOperation" + version;
  const auto findings = [&](const Json& order) {
    return Json::parse(sim.post(at_once, check_of(order)).body)["validateOperationResponse"]["validationResults"];
  };
  EXPECT_EQ(findings(disks_order()).size(), 0U);
  EXPECT_EQ(findings(changed(disks_order(), {{"region", "northeurope"}}))[0]["code"], "BMSUserErrorInvalidInput");
  for (const char* member : {"id", "properties"}) {
    Json body = check_of(disks_order());
    body.erase(member);
    EXPECT_EQ(sim.post(at_once, body).status, 400U) << member;
  }
}

TEST(Validation, CanLackItsListOrFailAltogether) {
  Json state = state_json();
  state["vaults"][0]["items"][0]["restore"].erase("validation");
  Simulation bare = Simulation::over(state);
  const Json answer =
      Json::parse(bare.post(vault + "/backupValidateOperation" + version, check_of(disks_order())).body);
  EXPECT_FALSE(answer["validateOperationResponse"].contains("validationResults"));

  Simulation failing = Simulation::over(state_json({{"validationOutcome", "failed"}}));
  const Response asked = failing.post(vault + "/backupTriggerValidateOperation" + version, check_of(disks_order()));
  failing.wait(1);
  EXPECT_EQ(failing.get_json(target_of(header(asked, "Azure-AsyncOperation")))["status"], "Failed");
  EXPECT_EQ(failing.get(target_of(header(asked, "Location"))).status, 400U);
}

TEST(Validation, CanEndWithoutAVerdict) {
  Simulation sim = Simulation::over(state_json({{"validationOutcome", "no-verdict"}}));
  const Response asked = sim.post(vault + "/backupTriggerValidateOperation" + version, check_of(disks_order()));
  sim.wait(1);
  const Json status = sim.get_json(target_of(header(asked, "Azure-AsyncOperation")));
  EXPECT_EQ(status["status"], "Succeeded");
  EXPECT_FALSE(status.contains("properties"));
  EXPECT_EQ(sim.get_json(target_of(header(asked, "Location"))), Json::object());
}

TEST(ResourceGuard, IsListedAndLetsOnlyItsRequestsThrough) {
  Simulation open;
  EXPECT_EQ(open.get_json(vault + "/backupResourceGuardProxies" + version)["value"].size(), 0U);
  Simulation sim = Simulation::over(vault_state({{"resourceGuards", {{{"id", guard_id}}}}}));
  const Json details = sim.get_json(vault + "/backupResourceGuardProxies" +
                                    version)["value"][0]["properties"]["resourceGuardOperationDetails"];
  ASSERT_GT(details.size(), 1U);
  std::string request, other;
  for (const Json& row : details) {
    const bool restore = row["vaultCriticalOperation"].get<std::string>().ends_with("recoveryPoints/restore/action");
    (restore ? request : other) = row["defaultResourceRequest"];
  }
  EXPECT_EQ(code_of(sim.restore(disks_order())), "UserErrorResourceGuardApprovalRequired");
  EXPECT_EQ(sim.restore(changed(disks_order(), {{"resourceGuardOperationRequests", {other}}})).status, 403U);
  EXPECT_EQ(sim.restore(changed(disks_order(), {{"resourceGuardOperationRequests", {request}}})).status, 202U);
}

TEST(ResourceGuard, OfAnotherTenantWantsATokenOfThatTenant) {
  const std::string tenant = "aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa";
  Simulation sim = Simulation::over(vault_state({{"resourceGuards", {{{"id", guard_id}, {"tenant", tenant}}}}}));
  const Json order =
      changed(disks_order(), {{"resourceGuardOperationRequests", {guard_id + "/triggerRestoreRequests/default"}}});
  const std::string restore = web01 + "/recoveryPoints/" + point + "/restore" + version;
  EXPECT_EQ(code_of(sim.post(restore, order)), "LinkedAuthorizationFailed");
  const auto with = [&](const std::string& tokens) {
    return sim.post(restore, order, {{"x-ms-authorization-auxiliary", tokens}}).status;
  };
  EXPECT_EQ(with("Bearer nonsense"), 403U);
  EXPECT_EQ(with("Bearer nonsense, Bearer static-token-of-a-tenant"), 202U);
  EXPECT_EQ(sim.report()["restores"][0]["auxiliaryTenants"][0], tenant);
}

TEST(Subscriptions, OtherThanTheVaultsAreOpenUnlessTheVaultSaysNo) {
  const Json order = changed(
      disks_order(),
      {{"targetResourceGroupId", "/subscriptions/99999999-2222-4333-8444-555555555555/resourceGroups/contoso-target"}});
  Simulation open;
  EXPECT_EQ(open.restore(order).status, 202U);
  Simulation closed = Simulation::over(vault_state({{"crossSubscriptionRestore", "Disabled"}}));
  EXPECT_EQ(code_of(closed.restore(order)), "UserErrorCrossSubscriptionRestoreNotAllowed");
  EXPECT_EQ(closed.restore(disks_order()).status, 202U);
}

TEST(Identity, MustBeOneThatTheVaultHas) {
  Json order = disks_order();
  Json& p = order["properties"];
  p["identityBasedRestoreDetails"]["targetStorageAccountId"] = p["storageAccountId"];
  p.erase("storageAccountId");
  p["identityInfo"]["managedIdentityResourceId"] = state_json()["vaults"][0]["identity"]["userAssigned"][0];
  Simulation sim;
  EXPECT_EQ(sim.restore(order).status, 202U);
  Simulation without = Simulation::over(vault_state({{"identity", {{"systemAssigned", true}}}}));
  EXPECT_EQ(code_of(without.restore(order)), "UserErrorVaultIdentityNotEnabled");
}

// Goal: an archived point takes a rehydration request and time. Method: the tasks at each stage.
TEST(Archive, NeedsARehydrationRequestAndRehydratesBeforeItTransfers) {
  Json state = state_json({{"operationSeconds", 0}, {"jobSeconds", 100}, {"rehydrationSeconds", 1000}});
  state["vaults"][0]["items"][0]["points"][0]["tiers"] = {{{"type", "ArchivedRP"}, {"status", "Valid"}}};
  Simulation sim = Simulation::over(state);
  EXPECT_EQ(code_of(sim.restore(disks_order())), "UserErrorArchivedRecoveryPointNeedsRehydration");
  Json order = changed(disks_order(), {{"objectType", "IaasVMRestoreWithRehydrationRequest"}});
  EXPECT_EQ(sim.restore(order).status, 400U);
  Json& info = order["properties"]["recoveryPointRehydrationInfo"];
  info["rehydrationPriority"] = "Standard";
  info["rehydrationRetentionDuration"] = "15 days";
  EXPECT_EQ(sim.restore(order).status, 400U);
  info["rehydrationRetentionDuration"] = "P15D";
  ASSERT_EQ(sim.restore(order).status, 202U);

  const auto statuses = [&] {
    const Json tasks = only_job(sim)["extendedInfo"]["tasksList"];
    EXPECT_EQ(tasks[0]["taskId"], "Rehydrate recovery point");
    EXPECT_EQ(tasks[1]["taskId"], "Transfer data from vault");
    return tasks[0]["status"].get<std::string>() + " " + tasks[1]["status"].get<std::string>();
  };
  sim.wait(999);
  EXPECT_EQ(statuses(), "InProgress NotStarted");
  sim.wait(2);
  EXPECT_EQ(statuses(), "Completed InProgress");
  sim.wait(100);
  EXPECT_EQ(statuses(), "Completed Completed");
  EXPECT_EQ(only_job(sim)["status"], "Completed");
}

TEST(PropertyBag, SaysWhatWasAskedUnlessTheScriptSaysOtherwise) {
  Simulation sim(R"({"operationSeconds":0,"jobSeconds":0,
    "propertyBag":{"Target Storage Account Name":"elsewhere","Config Blob Uri":null,"Backup hint":"x"}})");
  ASSERT_EQ(sim.restore(changed(disks_order(), {{"restoreDiskLunList", {1}}})).status, 202U);
  const Json bag = only_job(sim)["extendedInfo"]["propertyBag"];
  EXPECT_EQ(bag["Restored disk(s)"], "web01_OsDisk; web01_DataDisk_1");
  EXPECT_EQ(bag["Backed-up disk(s)"], "web01_OsDisk; web01_DataDisk_0; web01_DataDisk_1");
  EXPECT_EQ(bag["Target resource group"], "contoso-target");
  EXPECT_EQ(bag["Recovery point time "], "11/19/2026 10:00:00 PM");
  EXPECT_EQ(bag["Target Storage Account Name"], "elsewhere");
  EXPECT_EQ(bag["Backup hint"], "x");
  EXPECT_FALSE(bag.contains("Config Blob Uri"));
}

}  // namespace
}  // namespace azsim
