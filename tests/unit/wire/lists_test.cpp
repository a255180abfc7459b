// Lists and single objects: items, recovery points, jobs, the vault. Old and new spelling, missing and null members.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/azure/protected_item.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/wire/lists.hpp"
#include "core/wire/requests.hpp"
#include "tests/unit/wire/responses.hpp"

namespace azrestored::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

json listed(std::vector<json> rows, json next = nullptr) {
  return {{"value", std::move(rows)}, {"nextLink", std::move(next)}};
}

const std::string item_id =
    "/Subscriptions/sub/resourceGroups/vault-rg/providers/Microsoft.RecoveryServices/vaults/safe/backupFabrics/Azure/"
    "protectionContainers/"
    "IaasVMContainer;iaasvmcontainerv2;vm-rg;web01/protectedItems/VM;iaasvmcontainerv2;vm-rg;web01";

json item_row() {
  return {{"id", item_id},
          {"name", "VM;iaasvmcontainerv2;vm-rg;web01"},
          {"properties",
           {{"friendlyName", "web01"},
            {"containerName", "iaasvmcontainerv2;vm-rg;web01"},
            {"virtualMachineId", "/subscriptions/sub/x/web01"},
            {"sourceResourceId", "/subscriptions/sub/y/web01"},
            {"vaultId", "https://somewhere"},
            {"neverSeenBefore", {1, 2}}}}};
}

json point_row(json tiers = nullptr) {
  return {{"id", "/subscriptions/long/id"},
          {"name", "31407900891996"},
          {"properties",
           {{"objectType", "IaasVMRecoveryPoint"},
            {"recoveryPointType", "AppConsistent"},
            {"recoveryPointTime", "2025-05-08T08:38:46.8672345Z"},
            {"isManagedVirtualMachine", true},
            {"recoveryPointTierDetails", std::move(tiers)}}}};
}

TEST(CodecLists, AGuardsRequestsArePagedAsWell) {
  const json guard = {
      {"properties",
       {{"resourceGuardOperationDetails",
         {{{"vaultCriticalOperation", "Microsoft.RecoveryServices/vaults/x/recoveryPoints/restore/action"},
           {"defaultResourceRequest", "/guards/g/requests/default"}}}}}}};
  const auto page = read_guards(answer(200, listed({guard}, "https://management.azure.com/next")));
  EXPECT_THAT(page->rows, ElementsAre("/guards/g/requests/default"));
  EXPECT_EQ(page->next, "https://management.azure.com/next");
  EXPECT_EQ(read_guards(answer(200, "{}")).error().kind(), ErrorKind::transient);
}

TEST(CodecLists, AnEncodedIdIsDecodedOnceAndEncodedOnceInRequests) {
  json row = item_row();
  row["id"] =
      "/subscriptions/sub/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/safe/backupFabrics/Azure/"
      "protectionContainers/IaasVMContainer%3Biaasvmcontainerv2%3B%E7%94%9F%E4%BA%A7_group;web01/protectedItems/"
      "VM;iaasvmcontainerv2;%E7%94%9F%E4%BA%A7_group;web01";
  row["properties"]["sourceResourceId"] = "/subscriptions/sub/resourceGroups/%E7%94%9F%E4%BA%A7_group/x/web01";
  const auto page = read_items(answer(200, listed({row})));
  ASSERT_EQ(page->rows.size(), 1U);
  const ProtectedItem& item = page->rows[0].item;
  EXPECT_EQ(item.container, "IaasVMContainer;iaasvmcontainerv2;\xE7\x94\x9F\xE4\xBA\xA7_group;web01");
  EXPECT_EQ(item.item, "VM;iaasvmcontainerv2;\xE7\x94\x9F\xE4\xBA\xA7_group;web01");
  EXPECT_EQ(item.source_resource_id, "/subscriptions/sub/resourceGroups/\xE7\x94\x9F\xE4\xBA\xA7_group/x/web01");
  ProtectedItem stored_encoded = item;  // by an earlier version
  stored_encoded.item = "VM;iaasvmcontainerv2;%E7%94%9F%E4%BA%A7_group;web01";
  for (const ProtectedItem& each : {item, stored_encoded}) {
    const HttpRequest request = list_points({"https://management.azure.com", "2025-02-01"}, {"s", "g", "v"}, each);
    EXPECT_NE(request.url.find("VM%3Biaasvmcontainerv2%3B%E7%94%9F%E4%BA%A7_group%3Bweb01/"), std::string::npos);
    EXPECT_EQ(request.url.find("%25"), std::string::npos) << request.url;
  }
}

TEST(CodecLists, AnItemsHealthIsReportedInTheServicesWords) {
  json row = item_row();
  row["properties"]["healthDetails"] = {
      {{"title", "A title"}, {"message", "A sentence."}}, {{"title", "A title alone"}}, {{"code", 5}}};
  EXPECT_THAT(read_items(answer(200, listed({row})))->rows.at(0).health_details,
              ElementsAre("A sentence.", "A title alone"));
}

// ── pages ──

TEST(CodecLists, APageNamesTheNext) {
  EXPECT_EQ(read_items(answer(200, listed({item_row()}, "https://management.azure.com/next?a=1&$skipToken=x y")))->next,
            "https://management.azure.com/next?a=1&$skipToken=x y");
  EXPECT_EQ(read_items(answer(200, listed({})))->next, "") << "null";
  EXPECT_EQ(read_items(answer(200, json{{"value", json::array()}}))->next, "") << "absent";
}

TEST(CodecLists, WhatIsNoListSaysNothing) {
  const auto expect_transient = [](const std::string& body) {
    const HttpResponse response = answer(200, body);
    for (const Error& error :
         {read_items(response).error(), read_points(response).error(), read_jobs(response).error()}) {
      EXPECT_EQ(error.kind(), ErrorKind::transient) << body;
      EXPECT_FALSE(error.sentence().empty()) << body;
    }
  };
  for (const std::string& body : garbage) expect_transient(body);
  for (const std::string& body : foreign) expect_transient(body);
}

TEST(CodecLists, RowsOfAnotherFormAreLeftOut) {
  const json odd = listed({nullptr,
                           17,
                           "text",
                           json::array({1}),
                           json::object(),
                           {{"id", 5}, {"name", {{"a", 1}}}, {"properties", json::array()}},
                           {{"name", ""}, {"properties", nullptr}}});
  EXPECT_THAT(read_items(answer(200, odd))->rows, IsEmpty());
  EXPECT_THAT(read_points(answer(200, odd))->rows, IsEmpty());
}

// ── items ──

TEST(CodecLists, NamesAreCutOutOfTheItemsId) {
  const auto page = read_items(answer(200, listed({item_row()})));
  ASSERT_TRUE(page);
  ASSERT_EQ(page->rows.size(), 1U);
  const ItemRow& row = page->rows.front();
  EXPECT_EQ(row.item.container, "IaasVMContainer;iaasvmcontainerv2;vm-rg;web01");
  EXPECT_EQ(row.item.item, "VM;iaasvmcontainerv2;vm-rg;web01");
  EXPECT_EQ(row.item.source_resource_id, "/subscriptions/sub/y/web01");
  EXPECT_EQ(row.friendly_name, "web01");
  EXPECT_EQ(row.virtual_machine_id, "/subscriptions/sub/x/web01");
}

TEST(CodecLists, TheFixedWordsOfAnItemsIdMayBeInAnyCase) {
  json row = item_row();
  row["id"] = "/subscriptions/s/PROTECTIONCONTAINERS/c;1/protecteditems/i;1/more";
  const auto page = read_items(answer(200, listed({row})));
  ASSERT_EQ(page->rows.size(), 1U);
  EXPECT_EQ(page->rows[0].item.container, "c;1");
  EXPECT_EQ(page->rows[0].item.item, "i;1");
}

TEST(CodecLists, WithoutASourceTheVmsIdIsTaken) {
  json row = item_row();
  row["properties"].erase("sourceResourceId");
  EXPECT_EQ(read_items(answer(200, listed({row})))->rows.at(0).item.source_resource_id, "/subscriptions/sub/x/web01");
  row["properties"]["sourceResourceId"] = nullptr;
  EXPECT_EQ(read_items(answer(200, listed({row})))->rows.at(0).item.source_resource_id, "/subscriptions/sub/x/web01");
}

TEST(CodecLists, RowsOfOtherWorkloadsAreLeftOut) {
  const std::vector<std::pair<const char*, const char*>> foreign_members = {
      {"backupManagementType", "AzureWorkload"},
      {"backupManagementType", "AzureStorage"},
      {"workloadType", "SQLDataBase"},
      {"workloadType", "AzureFileShare"},
      {"protectedItemType", "AzureVmWorkloadSQLDatabase"}};
  for (const auto& [name, value] : foreign_members) {
    json row = item_row();
    row["properties"][name] = value;
    EXPECT_TRUE(read_items(answer(200, listed({row})))->rows.empty()) << value;
  }
  for (const auto& [name, value] : std::vector<std::pair<const char*, const char*>>{
           {"backupManagementType", "azureiaasvm"},
           {"workloadType", "vm"},
           {"protectedItemType", "Microsoft.Compute/virtualMachines"},
           {"protectedItemType", "Microsoft.ClassicCompute/virtualMachines"}}) {
    json row = item_row();
    row["properties"][name] = value;
    EXPECT_EQ(read_items(answer(200, listed({row})))->rows.size(), 1U) << value;
  }
}

TEST(CodecLists, NeverIsNoTimeOfABackup) {
  for (const char* never : {"2001-01-01T00:00:00+00:00", "0001-01-01T00:00:00"}) {
    json row = item_row();
    row["properties"]["lastBackupTime"] = never;
    row["properties"]["lastRecoveryPoint"] = never;
    const auto page = read_items(answer(200, listed({row})));
    EXPECT_FALSE(page->rows.at(0).last_backup_at) << never;
    EXPECT_FALSE(page->rows.at(0).last_point_at) << never;
    EXPECT_TRUE(page->rows.at(0).never_backed_up) << never;
  }
  json row = item_row();
  for (const json& other : std::vector<json>{nullptr, "", "soon", 5, "2026-11-19T22:00:00Z"}) {
    row["properties"]["lastBackupTime"] = other;
    EXPECT_FALSE(read_items(answer(200, listed({row})))->rows.at(0).never_backed_up) << other;
  }
}

// ── recovery points ──

RecoveryPoint read_one(const json& row) {
  const auto point = read_point(answer(200, row));
  if (!point) {
    ADD_FAILURE() << point.error().sentence();
    return {};
  }
  return *point;
}

TEST(CodecLists, APointIsRead) {
  const RecoveryPoint point = read_one(
      point_row({{{"type", "InstantRP"}, {"status", "Valid"}}, {{"type", "HardenedRP"}, {"status", "Valid"}}}));
  EXPECT_EQ(point.id, "31407900891996");
  EXPECT_EQ(point.time, at("2025-05-08T08:38:46.867Z"));
  EXPECT_EQ(point.consistency, "AppConsistent");
  EXPECT_THAT(point.tiers, ElementsAre("InstantRP", "HardenedRP"));
  EXPECT_TRUE(point.managed);
}

TEST(CodecLists, TiersMayBeNumbers) {
  EXPECT_THAT(
      read_one(point_row({{{"type", 1}, {"status", 1}}, {{"type", 2}, {"status", 1}}, {{"type", 3}, {"status", 4}}}))
          .tiers,
      ElementsAre("InstantRP", "HardenedRP", "ArchivedRP"));
}

TEST(CodecLists, OnlyValidTiersCount) {
  EXPECT_THAT(read_one(point_row({{{"type", "InstantRP"}, {"status", "Deleted"}},
                                  {{"type", "HardenedRP"}, {"status", "Disabled"}},
                                  {{"type", 1}, {"status", 3}},
                                  {{"type", 2}, {"status", 0}},
                                  {{"type", "ArchivedRP"},
                                   {"status", "Rehydrated"},
                                   {"extendedInfo", {{"RehydratedRPExpiryTime", "x"}}}}}))
                  .tiers,
              ElementsAre("ArchivedRP"));
}

TEST(CodecLists, EnumWordsCompareWithoutCaseAndUnknownOnesAreKept) {
  EXPECT_THAT(
      read_one(point_row({{{"type", "instantrp"}, {"status", "VALID"}}, {{"type", "ColdRP"}, {"status", "valid"}}}))
          .tiers,
      ElementsAre("InstantRP", "ColdRP"));
}

TEST(CodecLists, APointWithoutAValidTierIsOneOnlyIfAzureSaysSo) {
  EXPECT_TRUE(read_one(point_row({{{"type", "InstantRP"}, {"status", "Deleted"}}})).no_valid_tier);
  EXPECT_TRUE(read_one(point_row({{{"type", 1}, {"status", 0}}, {{"type", 2}, {"status", 2}}})).no_valid_tier);
  for (const json& tiers : std::vector<json>{
           nullptr, json::array(), "InstantRP", json::object(), json::array({nullptr}),
           json::array({{{"type", "InstantRP"}, {"status", "Valid"}}}),
           json::array({{{"type", "InstantRP"}, {"status", "Moving"}}}), json::array({{{"type", "InstantRP"}}})})
    EXPECT_FALSE(read_one(point_row(tiers)).no_valid_tier) << tiers;
}

TEST(CodecLists, APointsExpiryAndDeletionAreRead) {
  json row = point_row();
  row["properties"]["recoveryPointProperties"] = {{"expiryTime", "2025-05-19T08:33:04.7802871"},
                                                  {"isSoftDeleted", true}};
  EXPECT_EQ(read_one(row).expires_at, at("2025-05-19T08:33:04.780Z"));
  EXPECT_TRUE(read_one(row).soft_deleted);
  for (const json& none : std::vector<json>{nullptr, "", "never", 7, "0001-01-01T00:00:00"}) {
    row["properties"]["recoveryPointProperties"] = {{"expiryTime", none}, {"isSoftDeleted", nullptr}};
    EXPECT_FALSE(read_one(row).expires_at) << none;
    EXPECT_FALSE(read_one(row).soft_deleted) << none;
  }
}

TEST(CodecLists, TierDetailsOfAnotherFormAreNone) {
  for (const json& tiers :
       std::vector<json>{nullptr, json::array(), "InstantRP", 1, true, json::array({1, "x", nullptr}), json::object(),
                         json::array({{{"type", 99}, {"status", 99}}}), json::array({{{"type", -1}, {"status", -1}}}),
                         json::array({{{"type", {1}}, {"status", {1}}}})}) {
    EXPECT_THAT(read_one(point_row(tiers)).tiers, IsEmpty()) << tiers;
  }
}

TEST(CodecLists, APointWithoutNameOrTimeIsLeftOut) {
  for (const char* member : {"name", "time"}) {
    json row = point_row();
    if (std::string(member) == "name") row.erase("name");
    if (std::string(member) == "time") row["properties"]["recoveryPointTime"] = "0001-01-01T00:00:00";
    EXPECT_THAT(read_points(answer(200, listed({row, point_row()})))->rows, testing::SizeIs(1)) << member;
    const auto alone = read_point(answer(200, row));
    ASSERT_FALSE(alone) << member;
    EXPECT_EQ(alone.error().kind(), ErrorKind::transient);
  }
}

TEST(CodecLists, APointOfUnmanagedDisksIsOne) {
  json row = point_row();
  row["properties"]["isManagedVirtualMachine"] = false;
  EXPECT_FALSE(read_one(row).managed);
}

TEST(CodecLists, APointSaysWhatMayBeRequestedOfIt) {
  json row = point_row({{{"type", 3}, {"status", 4}}});
  row["properties"].update(
      {{"isSourceVMEncrypted", true},
       {"isPrivateAccessEnabledOnAnyDisk", false},
       {"originalStorageAccountOption", true},
       {"zones", {"2"}},
       {"osType", "Linux"},
       {"virtualMachineSize", "Standard_D2s_v3"},
       {"securityType", "ConfidentialVM"},
       {"extendedLocation", {{"name", "losangeles"}, {"type", "EdgeZone"}}},
       {"recoveryPointDiskConfiguration", {{"numberOfDisksIncludedInBackup", 3}, {"numberOfDisksAttachedToVm", 4}}}});
  const RecoveryPoint point = read_one(row);
  EXPECT_TRUE(point.rehydrated);
  EXPECT_TRUE(point.encrypted);
  EXPECT_EQ(point.private_access, false);
  EXPECT_EQ(point.original_storage_account, true);
  EXPECT_THAT(point.zones, ElementsAre("2"));
  EXPECT_EQ(point.os_type, "Linux");
  EXPECT_EQ(point.size, "Standard_D2s_v3");
  EXPECT_EQ(point.security_type, "ConfidentialVM");
  EXPECT_EQ(point.extended_location, "losangeles");
  EXPECT_EQ(point.disks_included, 3);
  EXPECT_EQ(point.disks_attached, 4);
}

TEST(CodecLists, WhatAPointDoesNotReportIsNotKnown) {
  json odd = point_row();
  odd["properties"].update({{"isSourceVMEncrypted", nullptr},
                            {"isPrivateAccessEnabledOnAnyDisk", "yes"},
                            {"zones", "2"},
                            {"osType", {1}},
                            {"extendedLocation", "losangeles"},
                            {"recoveryPointDiskConfiguration", {{"numberOfDisksIncludedInBackup", -1}}}});
  for (const json& row : {point_row(), odd}) {
    const RecoveryPoint point = read_one(row);
    EXPECT_FALSE(point.rehydrated);
    EXPECT_FALSE(point.encrypted);
    EXPECT_EQ(point.private_access, std::nullopt);
    EXPECT_EQ(point.original_storage_account, std::nullopt);
    EXPECT_THAT(point.zones, IsEmpty());
    EXPECT_EQ(point.os_type, "");
    EXPECT_EQ(point.extended_location, "");
    EXPECT_EQ(point.disks_included, std::nullopt);
  }
}

TEST(CodecLists, AnUnreadablePointIsTransient) {
  for (const std::string& body : garbage)
    EXPECT_EQ(read_point(answer(200, body)).error().kind(), ErrorKind::transient) << body;
  for (const std::string& body : foreign)
    EXPECT_EQ(read_point(answer(200, body)).error().kind(), ErrorKind::transient) << body;
}

// ── jobs ──

json job_row() {
  return {{"id", "/subscriptions/sub/x/backupJobs/" + azure_job_id},
          {"name", azure_job_id},
          {"properties",
           {{"jobType", "AzureIaaSVMJob"},
            {"status", "InProgress"},
            {"activityId", request_id},
            {"entityFriendlyName", "web01"},
            {"actionsInfo", {1}}}}};
}

TEST(CodecLists, AJobIsRead) {
  const auto page = read_jobs(answer(200, listed({job_row()})));
  ASSERT_EQ(page->rows.size(), 1U);
  EXPECT_EQ(page->rows[0].azure_job_id, azure_job_id);
  EXPECT_EQ(page->rows[0].status, "InProgress");
  EXPECT_EQ(page->rows[0].activity_id, request_id);
  EXPECT_EQ(page->rows[0].entity_friendly_name, "web01");
}

TEST(CodecLists, AJobWithNullMembersIsStillAJob) {
  json row = job_row();
  row["properties"] = {{"status", nullptr}, {"activityId", request_id}, {"entityFriendlyName", nullptr}};
  const auto page = read_jobs(answer(200, listed({row})));
  ASSERT_EQ(page->rows.size(), 1U);
  EXPECT_EQ(page->rows[0].activity_id, request_id);
  EXPECT_EQ(page->rows[0].entity_friendly_name, "");
}

TEST(CodecLists, AJobThatNamesItselfOnlyInItsIdIsNotOverlooked) {
  // A missed row with our request id would look like "nothing was started".
  json row = job_row();
  row["name"] = nullptr;
  const auto page = read_jobs(answer(200, listed({row})));
  ASSERT_EQ(page->rows.size(), 1U);
  EXPECT_EQ(page->rows[0].azure_job_id, azure_job_id);
}

TEST(CodecLists, ABackupJobThatIsNoRestoreOfAVmIsLeftOut) {
  for (const auto& [name, value] : std::vector<std::pair<const char*, const char*>>{
           {"operation", "Backup"}, {"operation", "DeleteBackupData"}, {"backupManagementType", "AzureStorage"}}) {
    json row = job_row();
    row["properties"][name] = value;
    EXPECT_TRUE(read_jobs(answer(200, listed({row})))->rows.empty()) << value;
  }
  for (const auto& [name, value] : std::vector<std::pair<const char*, const char*>>{
           {"operation", "Restore"}, {"operation", "CrossRegionRestore"}, {"backupManagementType", "azureiaasvm"}}) {
    json row = job_row();
    row["properties"][name] = value;
    EXPECT_EQ(read_jobs(answer(200, listed({row})))->rows.size(), 1U) << value;
  }
}

// ── the vault ──

}  // namespace
}  // namespace azrestored::test
