// The documented request bodies, each from a job file: the body must mean the same as the example on Microsoft's page
// (azure-backup-api.md 3.2, 3.3). The ids are our own.
#include <nlohmann/json.hpp>

#include "core/azure/recovery_point.hpp"
#include "core/restore/request_body.hpp"
#include "core/wire/response_body.hpp"
#include "tests/support/job_file.hpp"

namespace azrestored::test {
namespace {

using nlohmann::json;

const std::string sub = "/subscriptions/5a1e0000-0000-4000-8000-000000000001";
const std::string vm = sub + "/resourceGroups/shop-rg/providers/Microsoft.Compute/virtualMachines/shop01";
const std::string account = sub + "/resourceGroups/shop-rg/providers/Microsoft.Storage/storageAccounts/shopstage";
const std::string target = sub + "/resourceGroups/copy-rg";

RecoveryPoint point_in(std::vector<std::string> tiers) {
  return {"1234567890123", parse_rfc3339("2026-11-19T10:00:00Z").value(), "AppConsistent", std::move(tiers), true};
}

struct Known {
  RecoveryPoint point = point_in({"HardenedRP"});
  std::vector<std::string> guard_requests{};
};

json body_of(const json& restore, const json& more = json::object(), const Known& known = {}) {
  json file = {{"vault", sub + "/resourceGroups/vault-rg/providers/Microsoft.RecoveryServices/vaults/shop-vault"},
               {"virtualMachine", vm},
               {"recoveryPoint", "1234567890123"},
               {"restore", restore}};
  file.update(more);
  const JobSpec spec = spec_of(file.dump());
  const ProtectedItem item{"IaasVMContainer;iaasvmcontainerv2;shop-rg;shop01", "VM;iaasvmcontainerv2;shop-rg;shop01",
                           vm};
  return restore_request(spec, item, known.point, "westus", known.guard_requests);
}

json disks() {
  return {{"recoveryType", "RestoreDisks"}, {"storageAccountId", account}};
}

/// The members of every documented body, and the members of `more`.
json documented(const std::string& type, const json& more) {
  json body = {{"objectType", "IaasVMRestoreRequest"},
               {"recoveryPointId", "1234567890123"},
               {"recoveryType", type},
               {"sourceResourceId", vm},
               {"storageAccountId", account},
               {"region", "westus"},
               {"createNewCloudService", false},
               {"originalStorageAccountOption", false}};
  body.update(more);
  return body;
}

const json not_encrypted = {{"encryptionDetails", {{"encryptionEnabled", false}}}};

TEST(RestoreRequest, RestoresDisksAsDocumented) {
  json restore = disks();
  restore.update(not_encrypted);
  EXPECT_EQ(body_of(restore), documented("RestoreDisks", not_encrypted));
}

TEST(RestoreRequest, RestoresSomeDisksAsDocumented) {
  json restore = disks();
  restore.update(not_encrypted);
  restore["restoreDiskLunList"] = {0};
  json more = not_encrypted;
  more["restoreDiskLunList"] = {0};
  EXPECT_EQ(body_of(restore), documented("RestoreDisks", more));
}

TEST(RestoreRequest, ReplacesDisksAsDocumentedNullsAndAll) {
  const json empty = {
      {"affinityGroup", ""},           {"diskEncryptionSetId", nullptr},   {"subnetId", nullptr},
      {"targetDomainNameId", nullptr}, {"targetResourceGroupId", nullptr}, {"targetVirtualMachineId", nullptr},
      {"virtualNetworkId", nullptr}};
  json restore = {{"recoveryType", "OriginalLocation"}, {"storageAccountId", account}};
  restore.update(empty);
  EXPECT_EQ(body_of(restore, {{"replaceDisksOf", "shop01"}}), documented("OriginalLocation", empty));
}

TEST(RestoreRequest, MakesANewMachineAsDocumented) {
  json where = {{"targetVirtualMachineId", target + "/providers/Microsoft.Compute/virtualmachines/shop02"},
                {"targetResourceGroupId", target},
                {"virtualNetworkId", target + "/providers/Microsoft.Network/virtualNetworks/copy-net"},
                {"subnetId", target + "/providers/Microsoft.Network/virtualNetworks/copy-net/subnets/default"}};
  where.update(not_encrypted);
  json restore = {{"recoveryType", "AlternateLocation"}, {"storageAccountId", account}};
  restore.update(where);
  EXPECT_EQ(body_of(restore), documented("AlternateLocation", where));
}

// azure-backup-api.md 3.4: absent and null mean all disks, [] means the OS disk alone, [0] means that data disk as
// well. A wrong form restores too few disks, so each form must be sent as the job file has it.
TEST(RestoreRequest, AListOfDisksThatIsAbsentStaysAbsent) {
  EXPECT_FALSE(body_of(disks()).contains("restoreDiskLunList"));
}

TEST(RestoreRequest, AListOfDisksThatIsNullStaysNull) {
  json restore = disks();
  restore["restoreDiskLunList"] = nullptr;
  const json body = body_of(restore);
  ASSERT_TRUE(body.contains("restoreDiskLunList"));
  EXPECT_TRUE(body["restoreDiskLunList"].is_null());
}

TEST(RestoreRequest, AListOfDisksThatIsEmptyStaysEmpty) {
  json restore = disks();
  restore["restoreDiskLunList"] = json::array();
  EXPECT_EQ(body_of(restore).value("restoreDiskLunList", json()), json::array());
}

TEST(RestoreRequest, AListOfDisksWithOneStaysThat) {
  json restore = disks();
  restore["restoreDiskLunList"] = {0};
  EXPECT_EQ(body_of(restore).value("restoreDiskLunList", json()), json::array({0}));
}

TEST(RestoreRequest, AnIdentityReplacesTheStagingAccount) {
  const json identity = {{"identityInfo", {{"isSystemAssignedIdentity", true}}},
                         {"identityBasedRestoreDetails", {{"targetStorageAccountId", account}}}};
  json restore = {{"recoveryType", "RestoreDisks"}};
  restore.update(identity);
  json expected = documented("RestoreDisks", identity);
  expected.erase("storageAccountId");
  EXPECT_EQ(body_of(restore), expected);
}

TEST(RestoreRequest, TheFilesRegionGoesBeforeTheVaults) {
  json restore = disks();
  restore["region"] = "eastus";
  EXPECT_EQ(body_of(restore)["region"], "eastus");
}

TEST(RestoreRequest, WhatTheFileSaysIsNotFilledIn) {
  json restore = disks();
  restore["createNewCloudService"] = true;
  restore["originalStorageAccountOption"] = true;
  EXPECT_EQ(body_of(restore)["createNewCloudService"], true);
  EXPECT_EQ(body_of(restore)["originalStorageAccountOption"], true);
}

TEST(RestoreRequest, ASourceKeepsItsOwnSpelling) {
  json restore = disks();
  const std::string spelled = sub + "/resourceGroups/SHOP-RG/providers/Microsoft.Compute/virtualMachines/Shop01";
  restore["sourceResourceId"] = spelled;
  EXPECT_EQ(body_of(restore)["sourceResourceId"], spelled);
}

TEST(RestoreRequest, EveryKnownPropertyIsSentAsItIs) {
  const json all = {
      {"targetDomainNameId", nullptr},
      {"affinityGroup", ""},
      {"restoreWithManagedDisks", false},
      {"diskEncryptionSetId", target + "/providers/Microsoft.Compute/diskEncryptionSets/keys"},
      {"zones", {"1"}},
      {"extendedLocation", {{"name", "edge"}, {"type", "EdgeZone"}}},
      {"securedVMDetails",
       {{"securedVMOsDiskEncryptionSetId", target + "/providers/Microsoft.Compute/diskEncryptionSets/os"}}},
      {"targetDiskNetworkAccessSettings",
       {{"targetDiskNetworkAccessOption", "EnablePrivateAccessForAllDisks"},
        {"targetDiskAccessId", target + "/providers/Microsoft.Compute/diskAccesses/private"}}},
      {"encryptionDetails",
       {{"encryptionEnabled", true}, {"kekUrl", "https://k"}, {"secretKeyUrl", nullptr}, {"kekVaultId", "/x"}}},
      {"resourceGuardOperationRequests", {target + "/guards/g/triggerRestoreRequests/default"}},
      {"recoveryPointRehydrationInfo", {{"rehydrationRetentionDuration", "P7D"}, {"rehydrationPriority", "Standard"}}},
      {"targetResourceGroupId", target},
  };
  json restore = disks();
  restore.update(all);
  json expected = documented("RestoreDisks", all);
  expected["objectType"] = "IaasVMRestoreWithRehydrationRequest";
  EXPECT_EQ(body_of(restore), expected);
}

TEST(RestoreRequest, AnIdentityThatWasGivenToTheVaultMayBeUsed) {
  const json identity = {
      {"identityInfo",
       {{"managedIdentityResourceId", target + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/me"}}},
      {"identityBasedRestoreDetails", {{"targetStorageAccountId", account}}}};
  json restore = {{"recoveryType", "RestoreDisks"}};
  restore.update(identity);
  EXPECT_EQ(body_of(restore)["identityInfo"], identity["identityInfo"]);
}

// ── what azrestored adds ──

TEST(RestoreRequest, AnotherRegionIsAskedAsDocumented) {
  json restore = disks();
  restore.update(not_encrypted);
  restore.update({{"affinityGroup", ""}, {"targetResourceGroupId", target}, {"restoreDiskLunList", json::array()}});
  json expected = documented("RestoreDisks", not_encrypted);
  expected.update({{"affinityGroup", ""},
                   {"targetResourceGroupId", target},
                   {"restoreDiskLunList", json::array()},
                   {"region", "eastus"}});
  EXPECT_EQ(body_of(restore, {{"crossRegion", {{"region", "eastus"}}}}), expected);
}

const json rehydration = {{"rehydration", {{"priority", "High"}, {"retention", "P12D"}}}};

TEST(RestoreRequest, AnArchivedPointIsRehydrated) {
  json expected = documented("RestoreDisks", json::object());
  expected["objectType"] = "IaasVMRestoreWithRehydrationRequest";
  expected["recoveryPointRehydrationInfo"] = {{"rehydrationRetentionDuration", "P12D"},
                                              {"rehydrationPriority", "High"}};
  EXPECT_EQ(body_of(disks(), rehydration, {point_in({"ArchivedRP"})}), expected);
}

TEST(RestoreRequest, RehydrationTakesFifteenDaysUnlessSaidOtherwise) {
  const json body = body_of(disks(), {{"rehydration", {{"priority", "Standard"}}}}, {point_in({"ArchivedRP"})});
  EXPECT_EQ(body["recoveryPointRehydrationInfo"]["rehydrationRetentionDuration"], "P15D");
}

TEST(RestoreRequest, APointThatCanBeReadAsItIsIsNotRehydrated) {
  RecoveryPoint rehydrated = point_in({"ArchivedRP"});
  rehydrated.rehydrated = true;
  for (const RecoveryPoint& point : {point_in({"HardenedRP"}), point_in({"InstantRP", "ArchivedRP"}), rehydrated}) {
    EXPECT_EQ(body_of(disks(), rehydration, {point}), documented("RestoreDisks", json::object()))
        << effective_tier(point);
  }
}

TEST(RestoreRequest, TheGuardsRequestsAreNamedUnlessTheFileNamesItsOwn) {
  const Known guarded{point_in({"HardenedRP"}), {"/guard/default"}};
  EXPECT_EQ(body_of(disks(), json::object(), guarded)["resourceGuardOperationRequests"],
            json::array({"/guard/default"}));
  EXPECT_FALSE(body_of(disks()).contains("resourceGuardOperationRequests"));
  json restore = disks();
  restore["resourceGuardOperationRequests"] = {"/guard/mine"};
  EXPECT_EQ(body_of(restore, json::object(), guarded)["resourceGuardOperationRequests"], json::array({"/guard/mine"}));
  restore["resourceGuardOperationRequests"] = nullptr;
  EXPECT_EQ(body_of(restore, json::object(), guarded)["resourceGuardOperationRequests"],
            json::array({"/guard/default"}));
}

TEST(RestoreRequest, NoGuardIsNamedInAnotherRegion) {
  json restore = disks();
  restore["targetResourceGroupId"] = target;
  const Known guarded{point_in({"HardenedRP"}), {"/guard/default"}};
  EXPECT_FALSE(
      body_of(restore, {{"crossRegion", {{"region", "eastus"}}}}, guarded).contains("resourceGuardOperationRequests"));
}

TEST(RestoreRequest, AMachineOfAnEdgeZoneIsReplacedThere) {
  Known edge;
  edge.point.extended_location = "losangeles";
  const json zone = {{"name", "losangeles"}, {"type", "EdgeZone"}};
  const json consent = {{"replaceDisksOf", "shop01"}};
  json restore = {{"recoveryType", "OriginalLocation"}, {"storageAccountId", account}};
  EXPECT_EQ(body_of(restore, consent, edge)["extendedLocation"], zone);
  EXPECT_FALSE(body_of(restore, consent).contains("extendedLocation"));
  EXPECT_FALSE(body_of(disks(), json::object(), edge).contains("extendedLocation"));
  restore["extendedLocation"] = {{"name", "miami"}};
  EXPECT_EQ(body_of(restore, consent, edge)["extendedLocation"], (json{{"name", "miami"}, {"type", "EdgeZone"}}));
}

TEST(RestoreRequest, AClassicSubnetIsKnown) {
  const std::string network = target + "/providers/Microsoft.ClassicNetwork/virtualNetworks/old-net";
  const json where = {{"targetVirtualMachineId", target + "/providers/Microsoft.ClassicCompute/virtualMachines/shop02"},
                      {"targetResourceGroupId", target},
                      {"virtualNetworkId", network},
                      {"subnetId", network + "/Subnet/front"}};
  json restore = {{"recoveryType", "AlternateLocation"},
                  {"storageAccountId", target + "/providers/Microsoft.ClassicStorage/storageAccounts/old"}};
  restore.update(where);
  EXPECT_EQ(body_of(restore)["subnetId"], network + "/Subnet/front");
}

TEST(RestoreRequest, ExtraPropertiesPassThroughRaw) {
  json restore = disks();
  restore["extraProperties"] = {{"brandNew", {{"deep", {1, nullptr, "x"}}}},
                                {"objectType", "IaasVMRestoreWithRehydrationRequest"}};
  const json body = body_of(restore);
  EXPECT_EQ(body["brandNew"], (json{{"deep", {1, nullptr, "x"}}}));
  EXPECT_EQ(body["objectType"], "IaasVMRestoreWithRehydrationRequest");
  EXPECT_FALSE(body.contains("extraProperties"));
}

TEST(RestoreRequest, ExtraPropertiesSatisfyWhatIsNeeded) {
  EXPECT_EQ(body_of({{"recoveryType", "RestoreDisks"}, {"extraProperties", {{"storageAccountId", "odd"}}}}),
            documented("RestoreDisks", {{"storageAccountId", "odd"}}));
}

}  // namespace
}  // namespace azrestored::test
