// The matrix of what Azure allows (azure-backup-api.md 3.3, 6), rule by rule: each row is a job that breaks the rule,
// or one that comes as close as possible without breaking it.
#include "core/restore/rules.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <set>

#include "core/azure/problem.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/base/text.hpp"
#include "core/restore/rule_table.hpp"
#include "tests/support/job_file.hpp"

namespace azrestored::test {
namespace {

using nlohmann::json;

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string sub = "/subscriptions/sub/resourceGroups/vm-rg";
const std::string other = "/subscriptions/other/resourceGroups/copy-rg";
const std::string vm_type = "/providers/Microsoft.Compute/virtualMachines/";
const std::string account_type = "/providers/Microsoft.Storage/storageAccounts/";
const std::string me = sub + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/me";

JobSpec job_of(const json& restore, const json& more = json::object()) {
  json file = json::parse(small_job);
  file["restore"].update(restore);
  for (const auto& [name, value] : restore.items()) {
    if (value == "absent") file["restore"].erase(name);
  }
  file.update(more);
  return spec_of(file.dump());
}

JobSpec plain() {
  return job_of(json::object());
}
JobSpec abroad(const json& restore = json::object()) {
  return job_of(restore, {{"crossRegion", {{"region", "eastus"}}}});
}
JobSpec replacing() {
  return job_of({{"recoveryType", "OriginalLocation"}, {"targetResourceGroupId", "absent"}},
                {{"replaceDisksOf", "web01"}});
}
JobSpec rehydrating() {
  return job_of(json::object(), {{"rehydration", {{"priority", "High"}}}});
}
JobSpec rehydrating_by_azure_name() {
  return job_of(
      {{"recoveryPointRehydrationInfo", {{"rehydrationRetentionDuration", "P15D"}, {"rehydrationPriority", "High"}}}});
}
JobSpec with_identity(const json& info) {
  return job_of({{"storageAccountId", "absent"},
                 {"identityInfo", info},
                 {"identityBasedRestoreDetails", {{"targetStorageAccountId", sub + account_type + "stage"}}}});
}
const json system_identity = {{"isSystemAssignedIdentity", true}};
const json own_identity = {{"managedIdentityResourceId", me}};
JobSpec new_machine(const json& restore) {
  json all = {{"recoveryType", "AlternateLocation"},
              {"targetVirtualMachineId", sub + vm_type + "web02"},
              {"virtualNetworkId", sub + "/providers/Microsoft.Network/virtualNetworks/net"},
              {"subnetId", sub + "/providers/Microsoft.Network/virtualNetworks/net/subnets/default"}};
  all.update(restore);
  return job_of(all);
}
JobSpec elsewhere() {
  return job_of({{"targetResourceGroupId", other}});
}
const json private_access = {
    {"targetDiskNetworkAccessSettings", {{"targetDiskNetworkAccessOption", "SameAsOnSourceDisks"}}}};
const json zone = {{"zones", {"1"}}};
const json encryption_set = {{"diskEncryptionSetId", sub + "/providers/Microsoft.Compute/diskEncryptionSets/keys"}};
const json to_managed = {{"restoreWithManagedDisks", true}};
const json original_account = {{"originalStorageAccountOption", true}};
const json edge = {{"extendedLocation", {{"name", "losangeles"}}}};

RecoveryPoint in(std::vector<std::string> tiers) {
  return {"42", parse_rfc3339("2026-11-19T10:00:00Z").value(), "AppConsistent", std::move(tiers), true};
}
template <class Change>
RecoveryPoint but(Change change, std::vector<std::string> tiers = {"HardenedRP"}) {
  RecoveryPoint point = in(std::move(tiers));
  change(point);
  return point;
}
const RecoveryPoint hardened = in({"HardenedRP"});
const RecoveryPoint archived = in({"ArchivedRP"});
const RecoveryPoint snapshot = in({"InstantRP"});
const RecoveryPoint encrypted = but([](RecoveryPoint& point) { point.encrypted = true; });
const RecoveryPoint unmanaged = but([](RecoveryPoint& point) { point.managed = false; });
const RecoveryPoint with_private_disks = but([](RecoveryPoint& point) { point.private_access = true; });
const RecoveryPoint with_public_disks = but([](RecoveryPoint& point) { point.private_access = false; });
const RecoveryPoint pinned = but([](RecoveryPoint& point) { point.zones = {"2"}; });
const RecoveryPoint trusted_launch = but([](RecoveryPoint& point) { point.security_type = "TrustedLaunch"; });

RecoveryPoint unmanaged_in(std::vector<std::string> tiers) {
  return but([](RecoveryPoint& point) { point.managed = false; }, std::move(tiers));
}
RecoveryPoint with_disks(int included, int attached) {
  return but([&](RecoveryPoint& point) {
    point.disks_included = included;
    point.disks_attached = attached;
  });
}
RecoveryPoint with_original_account(bool has) {
  return but([&](RecoveryPoint& point) { point.managed = false, point.original_storage_account = has; });
}

struct PointRow {
  std::string code;
  bool breaks;
  JobSpec spec;
  RecoveryPoint point;
};

std::vector<PointRow> point_rows() {
  const RecoveryPoint rehydrated = but([](RecoveryPoint& point) { point.rehydrated = true; }, {"ArchivedRP"});
  const RecoveryPoint both = but([](RecoveryPoint& point) { point.managed = false, point.encrypted = true; });
  const JobSpec some_disks = new_machine({{"restoreDiskLunList", {0}}});
  return {
      {"RuleArchivedPoint", true, plain(), archived},
      {"RuleArchivedPoint", false, rehydrating(), archived},
      {"RuleArchivedPoint", false, rehydrating_by_azure_name(), archived},
      {"RuleArchivedPoint", false, plain(), in({"InstantRP", "ArchivedRP"})},
      {"RuleArchivedPoint", false, plain(), rehydrated},
      {"RuleArchivedPoint", false, plain(), in({})},
      {"RuleArchivedCrossRegion", true, abroad(), archived},
      {"RuleArchivedCrossRegion", false, abroad(), hardened},
      {"RuleArchivedCrossRegion", false, rehydrating(), archived},
      {"RuleNeedlessRehydration", true, rehydrating(), hardened},
      {"RuleNeedlessRehydration", true, rehydrating_by_azure_name(), in({})},
      {"RuleNeedlessRehydration", false, rehydrating(), archived},
      {"RuleNeedlessRehydration", false, plain(), hardened},
      {"RuleDiskAccessMissing", true, plain(), with_private_disks},
      {"RuleDiskAccessMissing", false, job_of(private_access), with_private_disks},
      {"RuleDiskAccessMissing", false, plain(), with_public_disks},
      {"RuleDiskAccessMissing", false, plain(), hardened},
      {"RuleDiskAccessNeedless", true, job_of(private_access), with_public_disks},
      {"RuleDiskAccessNeedless", false, job_of(private_access), with_private_disks},
      {"RuleDiskAccessNeedless", false, job_of(private_access), hardened},
      {"RuleDiskAccessNeedless", false, plain(), with_public_disks},
      {"RuleIdentityUnmanaged", true, with_identity(system_identity), unmanaged},
      {"RuleIdentityUnmanaged", false, with_identity(system_identity), hardened},
      {"RuleIdentityUnmanaged", false, plain(), unmanaged},
      {"RuleZonesTier", true, job_of(zone), snapshot},
      {"RuleZonesTier", true, job_of(zone), rehydrated},
      {"RuleZonesTier", false, job_of(zone), hardened},
      {"RuleZonesTier", false, job_of(zone), in({"InstantRP", "HardenedRP"})},
      {"RuleZonesTier", false, job_of(zone), in({})},
      {"RuleZonesTier", false, plain(), snapshot},
      {"RuleZonesEncrypted", true, job_of(zone), encrypted},
      {"RuleZonesEncrypted", false, job_of(zone), hardened},
      {"RuleZonesEncrypted", false, plain(), encrypted},
      {"RuleEncryptionSet", true, job_of(encryption_set), encrypted},
      {"RuleEncryptionSet", true, job_of(encryption_set), unmanaged},
      {"RuleEncryptionSet", false, job_of(encryption_set), hardened},
      {"RuleEncryptionSet", false, plain(), encrypted},
      {"RuleToManagedNeedless", true, job_of(to_managed), hardened},
      {"RuleToManagedNeedless", false, job_of(to_managed), unmanaged},
      {"RuleToManagedNeedless", false, job_of({{"restoreWithManagedDisks", false}}), hardened},
      {"RuleToManagedTier", true, job_of(to_managed), unmanaged_in({"InstantRP"})},
      {"RuleToManagedTier", true, job_of(to_managed), unmanaged_in({"InstantRP", "ArchivedRP"})},
      {"RuleToManagedTier", false, job_of(to_managed), unmanaged},
      {"RuleToManagedTier", false, job_of(to_managed), unmanaged_in({})},
      {"RuleToManagedTier", false, job_of({{"restoreWithManagedDisks", false}}), unmanaged_in({"InstantRP"})},
      {"RuleToManagedEncrypted", true, job_of(to_managed), both},
      {"RuleToManagedEncrypted", false, job_of(to_managed), unmanaged},
      {"RuleToManagedEncrypted", false, plain(), both},
      {"RuleOriginalStorageAccount", true, job_of(original_account), with_original_account(false)},
      {"RuleOriginalStorageAccount", true, job_of(original_account), hardened},
      {"RuleOriginalStorageAccount", false, job_of(original_account), with_original_account(true)},
      {"RuleOriginalStorageAccount", false, job_of(original_account), unmanaged},
      {"RuleOriginalStorageAccount", false, plain(), with_original_account(false)},
      {"RuleReplacedDisks", true, replacing(), encrypted},
      {"RuleReplacedDisks", true, replacing(), unmanaged},
      {"RuleReplacedDisks", false, replacing(), hardened},
      {"RuleReplacedDisks", false, plain(), encrypted},
      {"RuleCrossRegionUnmanaged", true, abroad(), unmanaged},
      {"RuleCrossRegionUnmanaged", false, abroad(), hardened},
      {"RuleCrossRegionUnmanaged", false, plain(), unmanaged},
      {"RuleEdgeZoneCrossSubscription", true,
       job_of({{"extendedLocation", {{"name", "losangeles"}}}, {"targetResourceGroupId", other}}), hardened},
      {"RuleEdgeZoneCrossSubscription", false, job_of(edge), hardened},
      {"RuleEdgeZoneCrossSubscription", false, elsewhere(), hardened},
      {"RuleCrossSubscriptionLimits", true, elsewhere(), encrypted},
      {"RuleCrossSubscriptionLimits", true, elsewhere(), unmanaged},
      {"RuleCrossSubscriptionLimits", true, elsewhere(), trusted_launch},
      {"RuleCrossSubscriptionLimits", true, elsewhere(), snapshot},
      {"RuleCrossSubscriptionLimits", true, abroad({{"targetResourceGroupId", other}}), hardened},
      {"RuleCrossSubscriptionLimits", false, elsewhere(), hardened},
      {"RuleCrossSubscriptionLimits", false, plain(), encrypted},
      {"RuleLunListOfSelection", true, some_disks, with_disks(2, 3)},
      {"RuleLunListOfSelection", false, some_disks, with_disks(3, 3)},
      {"RuleLunListOfSelection", false, some_disks, hardened},
      {"RuleLunListOfSelection", false, job_of({{"restoreDiskLunList", {0}}}), with_disks(2, 3)},
      {"RuleLunListOfSelection", false, new_machine({{"restoreDiskLunList", nullptr}}), with_disks(2, 3)},
      {"RuleUnmanagedVhds", true, job_of({{"targetResourceGroupId", "absent"}}), hardened},
      {"RuleUnmanagedVhds", true, job_of({{"targetResourceGroupId", nullptr}}), hardened},
      {"RuleUnmanagedVhds", false, plain(), hardened},
      {"RuleUnmanagedVhds", false, job_of({{"targetResourceGroupId", "absent"}}), unmanaged},
      {"RuleUnmanagedVhds", false, replacing(), hardened},
  };
}

VaultFacts vault_in(std::string location) {
  VaultFacts vault;
  vault.location = std::move(location);
  return vault;
}
template <class Change>
VaultFacts vault_but(Change change) {
  VaultFacts vault = vault_in("westus");
  change(vault);
  return vault;
}
const VaultFacts silent = vault_in("westus");
const VaultFacts zonal = vault_but([](VaultFacts& vault) { vault.redundancy = "ZoneRedundant"; });
const VaultFacts local = vault_but([](VaultFacts& vault) {
  vault.redundancy = "LocallyRedundant";
  vault.cross_region_restore = false;
});
const VaultFacts global = vault_but([](VaultFacts& vault) {
  vault.redundancy = "GeoRedundant";
  vault.cross_region_restore = true;
  vault.cross_subscription = true;
  vault.system_identity = true;
});
const VaultFacts closed = vault_but([](VaultFacts& vault) { vault.cross_subscription = false; });

VaultFacts with_user(const std::string& id) {
  return vault_but([&](VaultFacts& vault) { vault.user_identities = {id}; });
}

struct VaultRow {
  std::string code;
  bool breaks;
  JobSpec spec;
  VaultFacts vault;
  RecoveryPoint point = hardened;
};

std::vector<VaultRow> vault_rows() {
  return {
      {"RuleIdentityNotOfVault", true, with_identity(system_identity), silent},
      {"RuleIdentityNotOfVault", false, with_identity(system_identity), global},
      {"RuleIdentityNotOfVault", true, with_identity(own_identity), with_user(me + "2")},
      {"RuleIdentityNotOfVault", true, with_identity(own_identity), global},
      {"RuleIdentityNotOfVault", false, with_identity(own_identity), with_user(to_lower(me))},
      {"RuleIdentityNotOfVault", false, plain(), silent},
      {"RuleCrossRegionOff", true, abroad(), local},
      {"RuleCrossRegionOff", true, abroad(), zonal},
      {"RuleCrossRegionOff", false, abroad(), global},
      {"RuleCrossRegionOff", false, abroad(), silent},
      {"RuleCrossRegionOff", false, plain(), local},
      {"RuleCrossRegionIsSource", true, abroad(), vault_in("East US")},
      {"RuleCrossRegionIsSource", false, abroad(), vault_in("westus")},
      {"RuleCrossRegionIsSource", false, plain(), vault_in("eastus")},
      {"RuleZonesVault", true, job_of(zone), local},
      {"RuleZonesVault", true, job_of(zone), global},
      {"RuleZonesVault", true, abroad(zone), global},
      {"RuleZonesVault", false, abroad(zone), global, pinned},
      {"RuleZonesVault", false, job_of(zone), zonal},
      {"RuleZonesVault", false, job_of(zone), silent},
      {"RuleZonesVault", false, plain(), local},
      {"RuleCrossSubscriptionOff", true, elsewhere(), closed},
      {"RuleCrossSubscriptionOff", true, job_of({{"storageAccountId", other + account_type + "stage"}}), closed},
      {"RuleCrossSubscriptionOff", true, new_machine({{"targetVirtualMachineId", other + vm_type + "web02"}}), closed},
      {"RuleCrossSubscriptionOff", false, elsewhere(), global},
      {"RuleCrossSubscriptionOff", false, elsewhere(), silent},
      {"RuleCrossSubscriptionOff", false, plain(), closed},
      {"RuleRegionNotVaults", true, job_of({{"region", "eastus"}}), silent},
      {"RuleRegionNotVaults", false, job_of({{"region", "West US"}}), silent},
      {"RuleRegionNotVaults", false, abroad(), silent},
      {"RuleRegionNotVaults", false, plain(), silent},
  };
}

TEST(RestoreRules, ThoseOfThePointBreakAsTheMatrixSays) {
  for (const PointRow& row : point_rows()) {
    const auto rule = std::ranges::find(point_rules(), row.code, &PointRestoreRule::code);
    ASSERT_NE(rule, point_rules().end()) << row.code;
    const std::string sentence = rule->breach(row.spec, row.point);
    EXPECT_EQ(!sentence.empty(), row.breaks) << row.code << " for " << row.spec.restore << " and a point in "
                                             << effective_tier(row.point) << ": " << sentence;
  }
}

TEST(RestoreRules, ThoseOfTheVaultBreakAsTheMatrixSays) {
  for (const VaultRow& row : vault_rows()) {
    const auto rule = std::ranges::find(vault_rules(), row.code, &VaultRestoreRule::code);
    ASSERT_NE(rule, vault_rules().end()) << row.code;
    const std::string sentence =
        rule->concerns(row.spec) ? rule->breach(row.spec, row.vault, row.point) : std::string();
    EXPECT_EQ(!sentence.empty(), row.breaks)
        << row.code << " for " << row.spec.restore << " in " << json(row.vault) << ": " << sentence;
  }
}

TEST(RestoreRules, EachIsShownToBreakAndToHold) {
  std::set<std::pair<std::string, bool>> shown;
  for (const PointRow& row : point_rows()) shown.emplace(row.code, row.breaks);
  for (const VaultRow& row : vault_rows()) shown.emplace(row.code, row.breaks);
  std::set<std::pair<std::string, bool>> wanted;
  for (const auto& rule : point_rules())
    wanted.insert({{std::string(rule.code), true}, {std::string(rule.code), false}});
  for (const auto& rule : vault_rules())
    wanted.insert({{std::string(rule.code), true}, {std::string(rule.code), false}});
  EXPECT_EQ(shown, wanted);
}

// ── all of them together ──

std::vector<std::string> codes_of(const RuleVerdict& verdict) {
  std::vector<std::string> codes;
  for (const Problem& problem : verdict.refusals) codes.push_back(problem.code);
  return codes;
}

TEST(RestoreRules, AnOrdinaryRestoreBreaksNone) {
  const RuleVerdict verdict = check_restore_rules(plain(), silent, hardened);
  EXPECT_THAT(codes_of(verdict), IsEmpty());
  EXPECT_THAT(verdict.warnings, IsEmpty());
}

TEST(RestoreRules, AnArchivedPointIsRefusedWithTheWordsToAdd) {
  const RuleVerdict verdict = check_restore_rules(plain(), silent, archived);
  ASSERT_THAT(codes_of(verdict), ElementsAre("RuleArchivedPoint"));
  EXPECT_THAT(verdict.refusals[0].message,
              HasSubstr(R"(add "rehydration": {"priority": "Standard", "retention": "P15D"})"));
}

TEST(RestoreRules, AllRefusalsAndWarningsAreReported) {
  const RuleVerdict verdict =
      check_restore_rules(job_of({{"zones", {"1"}},
                                  {"diskEncryptionSetId", encryption_set["diskEncryptionSetId"]},
                                  {"targetResourceGroupId", other}}),
                          closed, encrypted);
  EXPECT_THAT(codes_of(verdict), ElementsAre("RuleEncryptionSet", "RuleCrossSubscriptionOff"));
  EXPECT_THAT(verdict.warnings, ElementsAre(HasSubstr("encrypted VM"), HasSubstr("another subscription")));
}

TEST(RestoreRules, WhatAnUnknownVaultLeavesUncheckedIsNamed) {
  const RuleVerdict verdict = check_restore_rules(abroad(zone), std::nullopt, pinned);
  EXPECT_THAT(codes_of(verdict), IsEmpty());
  EXPECT_THAT(verdict.warnings,
              ElementsAre("the vault could not be read; not checked: whether the vault allows cross-region restore, "
                          "whether the region is not the vault's own and whether the vault allows a choice of zone"));
}

TEST(RestoreRules, AnUnknownVaultIsNoMatterWhenNoRuleNeedsIt) {
  EXPECT_THAT(check_restore_rules(plain(), std::nullopt, hardened).warnings, IsEmpty());
}

TEST(RestoreRules, EveryRefusalSaysWhatToDo) {
  for (const PointRow& row : point_rows()) {
    for (const Problem& problem : check_restore_rules(row.spec, std::nullopt, row.point).refusals) {
      EXPECT_THAT(problem.message, testing::AnyOf(HasSubstr(": "), HasSubstr("; "))) << problem.code;
      EXPECT_THAT(problem.message, Not(testing::EndsWith("."))) << problem.code;
    }
  }
}

}  // namespace
}  // namespace azrestored::test
