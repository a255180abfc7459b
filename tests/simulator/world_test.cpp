// Restores, operations, jobs, lists and cancels, without sockets (see simulation.hpp).
// Goal: if a system test fails, the simulator is not the cause. So its behaviour is checked here.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "simulation.hpp"

namespace azsim {
namespace {

// Goal: a complete restore. Method: move the clock and read operation, job and list at each step.
TEST(World, LeadsARestoreFromThePostToTheCompletedJob) {
  Simulation sim;
  const Response posted = sim.restore(disks_order());
  ASSERT_EQ(posted.status, 202U);
  EXPECT_TRUE(posted.body.empty());
  EXPECT_EQ(header(posted, "Retry-After"), "60");
  EXPECT_GT(header(posted, "Azure-AsyncOperation").size(), 3300U);

  const std::string status = target_of(header(posted, "Azure-AsyncOperation"));
  const std::string result = target_of(header(posted, "Location"));
  EXPECT_EQ(sim.get_json(status)["status"], "InProgress");
  EXPECT_EQ(sim.get_json(status)["endTime"], "0001-01-01T00:00:00");
  EXPECT_EQ(sim.get(result).status, 202U);
  const std::string operation = sim.get_json(status)["id"];
  EXPECT_EQ(sim.get(vault + "/backupJobs/" + operation + version).status, 404U);

  sim.wait(5);
  EXPECT_EQ(sim.get_json(status)["properties"]["jobId"], operation);
  EXPECT_EQ(sim.get_json(vault + "/backupOperations/" + operation + version)["status"], "Succeeded");
  EXPECT_EQ(sim.get(result).status, 204U);
  EXPECT_FALSE(header(sim.get(result), "Azure-AsyncOperation").empty());
  const Json running = sim.get_json(vault + "/backupJobs/" + operation + version)["properties"];
  EXPECT_EQ(running["status"], "InProgress");
  EXPECT_EQ(running["activityId"], "99999999-0000-4000-8000-000000000001");
  EXPECT_EQ(running["actionsInfo"][0], "Cancellable");
  EXPECT_TRUE(running["extendedInfo"]["propertyBag"].contains("Recovery point time "));
  EXPECT_FALSE(running.contains("endTime"));

  sim.wait(120);
  const Json done = sim.get_json(vault + "/backupJobs/" + operation + version)["properties"];
  EXPECT_EQ(done["status"], "Completed");
  EXPECT_EQ(done["duration"], "PT2M5S");
  EXPECT_TRUE(done["extendedInfo"]["propertyBag"].contains("Template Blob Uri"));
}

TEST(World, ShowsEveryRepeatedPostAsASecondRestore) {
  Simulation sim;
  EXPECT_EQ(sim.restore(disks_order(), "same").status, 202U);
  EXPECT_EQ(sim.restore(disks_order(), "same").status, 202U);
  const Json report = sim.report();
  EXPECT_EQ(report["restores"].size(), 2U);
  EXPECT_EQ(report["restoresByRequestId"]["same"], 2);
  EXPECT_NE(report["restores"][0]["jobId"], report["restores"][1]["jobId"]);
}

TEST(World, JobsAreListedOnlyAfterTheLag) {
  FrontSettings settings = Simulation::open_settings();
  settings.world.job_list_lag_s = 30;
  settings.world.time_scale = 10;
  Simulation sim("{}", {}, settings);
  ASSERT_EQ(sim.restore(disks_order()).status, 202U);
  const std::string list = vault + "/backupJobs" + version + "&$filter=operation eq 'Restore'";
  sim.wait(3.4);  // 0.5 s for the operation and 3 s of lag, both ten times faster
  EXPECT_EQ(sim.get_json(list)["value"].size(), 0U);
  sim.wait(0.2);
  EXPECT_EQ(sim.get_json(list)["value"].size(), 1U);
  EXPECT_FALSE(sim.get_json(list)["value"][0]["properties"].contains("extendedInfo"));
}

TEST(World, FiltersJobsByATimeWindowInTwelveHourForm) {
  Simulation sim(R"({"operationSeconds":0})");
  ASSERT_EQ(sim.restore(disks_order()).status, 202U);  // at noon
  const std::string list =
      vault + "/backupJobs" + version + "&%24filter=operation+eq+%27restore%27+and+startTime+eq+%27";
  EXPECT_EQ(sim.get_json(list + "2026-11-22 11:59:00 AM' and endTime eq '2026-11-22 12:01:00 PM'")["value"].size(), 1U);
  EXPECT_EQ(sim.get_json(list + "2026-11-22 12:00:01 PM'")["value"].size(), 0U);
  EXPECT_EQ(sim.get(list + "2026-11-22T12:00:01Z'").status, 400U);
  EXPECT_EQ(sim.get(vault + "/backupJobs" + version + "&$filter=activityId eq 'x'").status, 400U);
}

TEST(World, CutsListsIntoPagesAndEndsThemWithANullLink) {
  FrontSettings settings = Simulation::open_settings();
  settings.azure.page_size = 1;
  Simulation sim("{}", {}, settings);
  const Json first = sim.get_json(vault + "/backupProtectedItems" + version);
  EXPECT_EQ(first["value"][0]["properties"]["friendlyName"], "web01");
  const Json second = sim.get_json(target_of(first["nextLink"]));
  EXPECT_EQ(second["value"][0]["properties"]["friendlyName"], "db01");
  EXPECT_TRUE(second.contains("nextLink") && second["nextLink"].is_null());
}

TEST(World, SpellsOldAndNewVersionsDifferently) {
  Simulation sim(R"({"operationSeconds":0})");
  const std::string tiers = web01 + "/recoveryPoints/" + point;
  EXPECT_EQ(sim.get_json(tiers + "?api-version=2019-05-13")["properties"]["recoveryPointTierDetails"][0]["type"], 1);
  EXPECT_EQ(sim.get_json(tiers + version)["properties"]["recoveryPointTierDetails"][0]["type"], "InstantRP");
  const Response posted = sim.restore(disks_order(), "old", "?api-version=2019-05-13");
  EXPECT_EQ(header(posted, "Location").find("https://127.0.0.1:1/subscriptions//subscriptions/1111"), 0U);
  EXPECT_LT(header(posted, "Location").size(), 500U);
  EXPECT_EQ(sim.get(target_of(header(posted, "Location"))).status, 204U);
  const std::string job = sim.report()["restores"][0]["jobId"];
  sim.wait(61.5);
  EXPECT_EQ(sim.get_json(vault + "/backupJobs/" + job + "?api-version=2017-07-01")["properties"]["duration"],
            "00:01:01.5000000");
}

TEST(World, RefusesASignedAddressThatWasRewritten) {
  Simulation sim;
  const std::string status = target_of(header(sim.restore(disks_order()), "Azure-AsyncOperation"));
  EXPECT_EQ(sim.get(status).status, 200U);
  EXPECT_EQ(sim.get(status.substr(0, status.find("&t="))).status, 403U);
  std::string newer = status;
  newer.replace(newer.find("2024-04-01"), 10, "2025-02-01");
  EXPECT_EQ(sim.get(newer).status, 403U);
}

TEST(World, CancelsAJobThroughCancellingToCancelled) {
  Simulation sim(R"({"operationSeconds":0})");
  ASSERT_EQ(sim.restore(disks_order()).status, 202U);
  const std::string job = vault + "/backupJobs/" + sim.report()["restores"][0]["jobId"].get<std::string>();
  const Response cancelled = sim.call("POST", job + "/cancel" + version).response;
  ASSERT_EQ(cancelled.status, 202U);
  const std::string result = target_of(header(cancelled, "Location"));
  EXPECT_EQ(sim.get(result).status, 202U);
  sim.wait(2);
  EXPECT_EQ(sim.get(result).status, 204U);
  EXPECT_EQ(sim.get_json(job + version)["properties"]["status"], "Cancelling");
  sim.wait(2);
  EXPECT_EQ(sim.get_json(job + version)["properties"]["status"], "Cancelled");
  EXPECT_EQ(sim.call("POST", job + "/cancel" + version).response.status, 400U);
}

TEST(World, RefusesACancelAtOnceLateOrTooLate) {
  for (const char* script : {"refuse", "accept-then-refuse", "accept"}) {
    Simulation sim(R"({"operationSeconds":0,"cancel":")" + std::string(script) + R"("})");
    ASSERT_EQ(sim.restore(disks_order()).status, 202U);
    const std::string job = vault + "/backupJobs/" + sim.report()["restores"][0]["jobId"].get<std::string>();
    if (script == std::string("accept")) sim.wait(110);  // nine tenths of 120 s are over
    const Response answer = sim.call("POST", job + "/cancel" + version).response;
    if (script != std::string("accept-then-refuse")) {
      EXPECT_EQ(answer.status, 400U) << script;
      continue;
    }
    ASSERT_EQ(answer.status, 202U);
    sim.wait(3);
    EXPECT_EQ(sim.get(target_of(header(answer, "Location"))).status, 400U);
    EXPECT_EQ(sim.get_json(job + version)["properties"]["status"], "InProgress");
  }
}

TEST(World, OperationsFailVanishOrForgetTheirJobAsScripted) {
  struct Case {
    const char *script, *status;
    unsigned http;
    std::size_t jobs;
  };
  for (const Case& c : {Case{"Failed", "Failed", 200, 0}, Case{"Vanishes", "", 404, 1},
                        Case{"SucceededWithoutJob", "Succeeded", 200, 1}}) {
    Simulation sim(R"({"operationResult":")" + std::string(c.script) + R"("})");
    const std::string status = target_of(header(sim.restore(disks_order()), "Azure-AsyncOperation"));
    EXPECT_EQ(sim.get_json(status)["status"], "InProgress");
    sim.wait(6);
    const Response answer = sim.get(status);
    EXPECT_EQ(answer.status, c.http) << c.script;
    const Json body = Json::parse(answer.body);
    EXPECT_FALSE(body.contains("properties"));
    if (c.http == 200) {
      EXPECT_EQ(body["status"], c.status);
    }
    EXPECT_EQ(sim.get_json(vault + "/backupJobs" + version + "&$filter=operation eq 'Restore'")["value"].size(),
              c.jobs);
  }
}

TEST(World, AFailedJobExplainsItself) {
  Simulation sim(R"({"result":"Failed","operationSeconds":0,"jobIdEqualsOperationId":false})");
  ASSERT_EQ(sim.restore(vm_order()).status, 202U);
  const Json restore = sim.report()["restores"][0];
  EXPECT_NE(restore["jobId"], restore["operationId"]);
  sim.wait(120);
  const Json job = sim.get_json(vault + "/backupJobs/" + restore["jobId"].get<std::string>() + version)["properties"];
  EXPECT_EQ(job["status"], "Failed");
  EXPECT_EQ(job["errorDetails"][0]["errorCode"], 400003);
  EXPECT_EQ(job["extendedInfo"]["propertyBag"]["Target VM Name"], "web01-copy");
  EXPECT_EQ(job["extendedInfo"]["tasksList"][1]["status"], "Failed");
  EXPECT_EQ(sim.report()["restores"][0]["status"], "Failed");
}

// Goal: the strict reading of azure-backup-api.md 3.2 and 3.3. Method: a valid request, one change at a time, each of
// which must be refused.
TEST(World, RefusesOrdersThatBreakARule) {
  const std::vector<std::pair<bool, Json>> changes{
      {false, {{"surprise", 1}}},
      {false, {{"objectType", "RestoreRequest"}}},
      {false, {{"recoveryPointId", "70010000000002"}}},
      {false, {{"sourceResourceId", "/subscriptions/1/resourceGroups/g/providers/x/virtualMachines/other"}}},
      {false, {{"region", "eastus"}}},
      {false, {{"recoveryType", "Offline"}}},
      {false, {{"storageAccountId", nullptr}}},
      {false, {{"storageAccountId", "staging"}}},
      {false, {{"createNewCloudService", nullptr}}},
      {false, {{"createNewCloudService", "false"}}},
      {false, {{"targetVirtualMachineId", "/subscriptions/1/resourceGroups/g/providers/x/virtualMachines/v"}}},
      {false, {{"restoreDiskLunList", {0, 7}}}},
      {false, {{"targetDiskNetworkAccessSettings", {{"targetDiskNetworkAccessOption", "SameAsOnSourceDisks"}}}}},
      {false, {{"recoveryPointRehydrationInfo", {{"rehydrationPriority", "High"}}}}},
      {false, {{"recoveryType", "OriginalLocation"}}},  // with a target group
      {true, {{"subnetId", nullptr}}},
      {true, {{"targetResourceGroupId", nullptr}}},
      {true, {{"targetVirtualMachineId", disks_order()["properties"]["sourceResourceId"]}}},
  };
  Simulation sim;
  ASSERT_EQ(sim.restore(disks_order()).status, 202U);
  ASSERT_EQ(sim.restore(vm_order()).status, 202U);
  for (const auto& [vm, change] : changes) {
    Json order = vm ? vm_order() : disks_order();
    for (const auto& [name, value] : change.items()) order["properties"][name] = value;
    const Response answer = sim.restore(order);
    EXPECT_EQ(answer.status, 400U) << change;
    EXPECT_EQ(code_of(answer), "BMSUserErrorInvalidInput") << change;
  }
  EXPECT_EQ(sim.report()["restores"].size(), 2U);
  EXPECT_EQ(sim.report()["badRequests"].size(), changes.size());
  EXPECT_EQ(sim.report()["restorePosts"], changes.size() + 2);
}

TEST(World, AcceptsAReplacementAndAnIdentity) {
  Simulation sim;
  Json order = disks_order();
  Json& p = order["properties"];
  p["recoveryType"] = "OriginalLocation";
  p.erase("targetResourceGroupId");
  p["identityBasedRestoreDetails"]["targetStorageAccountId"] = p["storageAccountId"];
  p.erase("storageAccountId");
  p["identityInfo"]["isSystemAssignedIdentity"] = true;
  const Response answer = sim.restore(order);
  EXPECT_EQ(answer.status, 202U) << answer.body;
}

}  // namespace
}  // namespace azsim
