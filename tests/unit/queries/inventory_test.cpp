// The content of a vault from Azure's lists, and refusals in Azure's words.
#include "core/queries/inventory.hpp"

#include <nlohmann/json.hpp>

#include "tests/support/free_quota.hpp"
#include "tests/support/one_token.hpp"
#include "tests/support/token_fakes.hpp"

namespace azrestored::test {
namespace {

using nlohmann::json;
using test::FakeTransport;
using test::FixedIds;
using test::ManualClock;

const std::string vault = "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v";

json item(const std::string& group, const std::string& name) {
  const std::string item_name = "iaasvmcontainerv2;" + group + ";" + name;
  return {{"id", vault + "/backupFabrics/Azure/protectionContainers/IaasVMContainer;" + item_name +
                     "/protectedItems/VM;" + item_name},
          {"properties",
           {{"friendlyName", name},
            {"sourceResourceId",
             "/subscriptions/s/resourceGroups/" + group + "/providers/Microsoft.Compute/virtualMachines/" + name},
            {"protectionState", "Protected"},
            {"healthStatus", "Passed"},
            {"lastBackupStatus", "Completed"},
            {"lastBackupTime", "2026-11-19T22:00:00.1234567Z"},
            {"lastRecoveryPoint", "2026-11-19T22:05:00Z"},
            {"policyName", "daily"}}}};
}

json point(const std::string& id, const std::string& time, const std::string& consistency) {
  return {
      {"name", id},
      {"properties",
       {{"recoveryPointTime", time},
        {"recoveryPointType", consistency},
        {"recoveryPointTierDetails", {{{"type", "HardenedRP"}, {"status", "Valid"}}}},
        {"zones", {"2"}},
        {"isSourceVMEncrypted", true},
        {"recoveryPointDiskConfiguration", {{"numberOfDisksIncludedInBackup", 2}, {"numberOfDisksAttachedToVm", 3}}}}}};
}

std::string list_of(const std::vector<json>& rows) {
  return json({{"value", rows}}).dump();
}

class InventoryTest : public testing::Test {
 protected:
  InventoryTest() { sessions_.add("default", arm_); }

  Result<json> ask(asio::awaitable<Result<json>> question) {
    Result<json> answer = Error(ErrorKind::corrupt, "no answer");
    asio::io_context loop;
    asio::co_spawn(loop, std::move(question), [&](const std::exception_ptr& bug, Result<json> given) {
      if (bug) std::rethrow_exception(bug);
      answer = std::move(given);
    });
    loop.run();
    return answer;
  }

  Result<json> vms(const std::map<std::string, std::string>& more = {}) {
    auto members = more;
    members["vault"] = vault;
    return ask(protected_vms(sessions_, clock_, *read_vault_question(members)));
  }

  Result<json> points(const std::map<std::string, std::string>& more) {
    auto members = more;
    members["vault"] = vault;
    if (!members.contains("vm")) members["vm"] = "web01";
    return ask(recovery_points(sessions_, clock_, *read_points_question(members)));
  }

  void will_list_points() {
    transport_.will_answer(200, list_of({item("rg-a", "web01")}));
    transport_.will_answer(200, list_of({point("1", "2026-11-17T22:00:00Z", "AppConsistent"),
                                         point("3", "2026-11-19T22:00:00Z", "CrashConsistent"),
                                         point("2", "2026-11-18T22:00:00Z", "AppConsistent")}));
  }

  FakeTransport transport_;
  ManualClock clock_;
  FixedIds ids_;
  test::OneToken token_;
  test::FreeQuota budgets_;
  ArmClient arm_{
      ArmTarget{"https://management.azure.com", "2025-02-01", "2021-11-15"}, transport_, token_, ids_, budgets_, ""};
  ArmClients sessions_;
};

std::vector<std::string> ids_of(const json& view) {
  std::vector<std::string> ids;
  for (const json& row : view.at("points")) ids.push_back(row.at("id"));
  return ids;
}

TEST_F(InventoryTest, VmsComeByNameWithTheStateOfTheirBackups) {
  transport_.will_answer(200, list_of({item("rg-a", "web01"), item("rg-b", "Db01")}));
  const auto view = vms();
  ASSERT_TRUE(view) << view.error().sentence();
  ASSERT_EQ(view->at("vms").size(), 2U);
  EXPECT_EQ(view->at("vms")[0].at("name"), "Db01");
  EXPECT_EQ(view->at("vms")[1], json::parse(R"({"name": "web01", "resourceGroup": "rg-a",
      "sourceResourceId": "/subscriptions/s/resourceGroups/rg-a/providers/Microsoft.Compute/virtualMachines/web01",
      "container": "IaasVMContainer;iaasvmcontainerv2;rg-a;web01", "item": "VM;iaasvmcontainerv2;rg-a;web01",
      "protectionState": "Protected", "health": "Passed", "healthDetails": [],
      "lastBackupAt": "2026-11-19T22:00:00.123Z", "lastBackupStatus": "Completed",
      "lastRecoveryPointAt": "2026-11-19T22:05:00Z", "policy": "daily", "neverBackedUp": false,
      "softDeleted": false})"));
}

TEST_F(InventoryTest, WhatTheServiceDoesNotSayIsNull) {
  json bare = item("rg-a", "web01");
  bare["properties"] = json::object();
  transport_.will_answer(200, list_of({bare}));
  const json vm = vms()->at("vms")[0];
  for (const char* name : {"sourceResourceId", "resourceGroup", "health", "lastBackupAt", "lastBackupStatus", "policy"})
    EXPECT_TRUE(vm.at(name).is_null()) << name;
}

TEST_F(InventoryTest, PointsThatFitComeNewestFirstWithTheOneThatAJobWouldTake) {
  will_list_points();
  const auto view = points({{"consistency", "AppConsistent"}});
  ASSERT_TRUE(view) << view.error().sentence();
  EXPECT_EQ(ids_of(*view), (std::vector<std::string>{"2", "1"}));
  EXPECT_EQ(view->at("picked"), "2");
  EXPECT_EQ(view->at("total"), 3);
  EXPECT_EQ(view->at("points")[0], json::parse(R"({"id": "2", "time": "2026-11-18T22:00:00Z",
      "consistency": "AppConsistent", "tier": "VaultStandard", "tiers": ["HardenedRP"], "disks": 2, "disksAttached": 3,
      "zones": ["2"], "encrypted": true, "managed": true, "osType": null, "size": null, "securityType": null,
      "expiresAt": null, "softDeleted": false, "obstacle": null, "picked": true})"));
}

TEST_F(InventoryTest, ARowOfAnotherWorkloadIsNoVm) {
  json database = item("rg-a", "web01");  // a database inside the VM has the VM's id
  database["id"] = vault +
                   "/backupFabrics/Azure/protectionContainers/VMAppContainer;Compute;rg-a;web01/protectedItems/"
                   "SQLDataBase;mssqlserver;master";
  database["properties"]["backupManagementType"] = "AzureWorkload";
  database["properties"]["workloadType"] = "SQLDataBase";
  json files = item("rg-a", "web01");
  files["properties"]["protectedItemType"] = "AzureFileShareProtectedItem";
  transport_.will_answer(200, list_of({database, item("rg-a", "web01"), files}));
  EXPECT_EQ(vms()->at("vms").size(), 1U);
  transport_.will_answer(200, list_of({database, item("rg-a", "web01"), files}));
  transport_.will_answer(200, list_of({point("1", "2026-11-17T22:00:00Z", "AppConsistent")}));
  const auto view = points({});
  ASSERT_TRUE(view) << view.error().sentence();
  EXPECT_EQ(view->at("item"), "VM;iaasvmcontainerv2;rg-a;web01");
}

TEST_F(InventoryTest, AVmThatWasNeverBackedUpHasNoTimeOfABackup) {
  json fresh = item("rg-a", "web01");
  fresh["properties"]["lastRecoveryPoint"] = nullptr;
  for (const char* never : {"2001-01-01T00:00:00+00:00", "2001-01-01T00:00:00Z", "0001-01-01T00:00:00"}) {
    fresh["properties"]["lastBackupTime"] = never;
    transport_.will_answer(200, list_of({fresh}));
    const json vm = vms()->at("vms")[0];
    EXPECT_TRUE(vm.at("lastBackupAt").is_null()) << never;
    EXPECT_EQ(vm.at("neverBackedUp"), true) << never;
  }
  transport_.will_answer(200, list_of({fresh}));
  transport_.will_answer(200, list_of({}));
  EXPECT_NE(points({})->at("whyNone").get<std::string>().find("web01 was never backed up"), std::string::npos);
}

TEST_F(InventoryTest, APointThatCannotBeRestoredIsShownAndNotPicked) {
  json deleted = point("2", "2026-11-18T22:00:00Z", "AppConsistent");
  deleted["properties"]["recoveryPointProperties"] = {{"isSoftDeleted", true}, {"expiryTime", "2099-01-01T00:00:00"}};
  transport_.will_answer(200, list_of({item("rg-a", "web01")}));
  transport_.will_answer(200, list_of({deleted, point("1", "2026-11-17T22:00:00Z", "AppConsistent")}));
  const auto view = points({});
  ASSERT_TRUE(view) << view.error().sentence();
  EXPECT_EQ(ids_of(*view), (std::vector<std::string>{"2", "1"}));
  EXPECT_EQ(view->at("picked"), "1");
  EXPECT_EQ(view->at("points")[0].at("obstacle"), "is soft-deleted");
  EXPECT_EQ(view->at("points")[0].at("expiresAt"), "2099-01-01T00:00:00Z");
  EXPECT_TRUE(view->at("points")[1].at("obstacle").is_null());
}

TEST_F(InventoryTest, ASoftDeletedVmHasPointsOfWhichNoneIsPicked) {
  json deleted = item("rg-a", "web01");
  deleted["properties"]["isScheduledForDeferredDelete"] = true;
  transport_.will_answer(200, list_of({deleted}));
  transport_.will_answer(200, list_of({point("1", "2026-11-17T22:00:00Z", "AppConsistent")}));
  const auto view = points({});
  EXPECT_EQ(ids_of(*view), (std::vector<std::string>{"1"}));
  EXPECT_TRUE(view->at("picked").is_null());
  EXPECT_NE(view->at("whyNone").get<std::string>().find("az backup protection undelete"), std::string::npos);
}

TEST_F(InventoryTest, WithoutAFilterTheNewestPointIsPicked) {
  will_list_points();
  const auto view = points({});
  EXPECT_EQ(ids_of(*view), (std::vector<std::string>{"3", "2", "1"}));
  EXPECT_EQ(view->at("picked"), "3");
}

TEST_F(InventoryTest, IfNoPointFitsTheReasonIsReported) {
  will_list_points();
  const auto view = points({{"notOlderThan", "1h"}});
  EXPECT_TRUE(view->at("points").empty());
  EXPECT_TRUE(view->at("picked").is_null());
  EXPECT_NE(view->at("whyNone").get<std::string>().find("none of the 3 recovery points matches"), std::string::npos);
}

TEST_F(InventoryTest, ARegionIsAskedForWithTheVersionOfCrossRegionRestores) {
  transport_.will_answer(200, list_of({}));
  EXPECT_EQ(vms({{"region", "eastus"}})->at("region"), "eastus");
  EXPECT_NE(transport_.requests.front().url.find("api-version=2021-11-15"), std::string::npos);
}

TEST_F(InventoryTest, AVmThatIsNotProtectedIsNotFoundAndOneOfSeveralIsSaidToBe) {
  transport_.will_answer(200, list_of({item("rg-a", "web01"), item("rg-b", "web01")}));
  EXPECT_EQ(points({}).error().kind(), ErrorKind::conflict);
  transport_.will_answer(200, list_of({item("rg-a", "web01")}));
  const auto none = points({{"vm", "web02"}});
  EXPECT_EQ(none.error().kind(), ErrorKind::not_found);
  EXPECT_NE(none.error().sentence().find("did you mean web01?"), std::string::npos) << none.error().sentence();
}

TEST_F(InventoryTest, RefusalsAreInTheServicesWords) {
  const std::vector<std::pair<int, ErrorKind>> table{{401, ErrorKind::unauthorized}, {403, ErrorKind::unauthorized},
                                                     {404, ErrorKind::not_found},    {429, ErrorKind::throttled},
                                                     {400, ErrorKind::refused},      {503, ErrorKind::transient}};
  for (const auto& [status, kind] : table) {
    for (int time = 0; time < (status == 401 ? 2 : 1); ++time) {
      transport_.will_answer(status, R"({"error": {"code": "SomeCode", "message": "as Azure says"}})",
                             {{"x-ms-request-id", "r-1"}});
    }
    const auto view = vms();
    ASSERT_FALSE(view) << status;
    EXPECT_EQ(view.error().kind(), kind) << status;
    EXPECT_EQ(view.error().sentence(), "SomeCode: as Azure says (HTTP " + std::to_string(status) + ", request id r-1)");
  }
}

TEST_F(InventoryTest, ASignInThatFailsIsNotAuthorisedAndAsksNothing) {
  token_.answer = Error(ErrorKind::unauthorized, "the client secret has expired");
  const auto view = vms();
  EXPECT_EQ(view.error().kind(), ErrorKind::unauthorized);
  EXPECT_EQ(view.error().sentence(), "SignIn: the client secret has expired");
  EXPECT_TRUE(transport_.requests.empty());
}

TEST_F(InventoryTest, AProfileThatTheSettingsDoNotNameIsNotFound) {
  const auto view = vms({{"auth", "prod"}});
  EXPECT_EQ(view.error().kind(), ErrorKind::not_found);
  EXPECT_EQ(view.error().sentence(), "the settings have no sign-in profile \"prod\"; they have: \"default\"");
}

}  // namespace
}  // namespace azrestored::test
