// The rules about a recovery point: its tier, disks and encryption (azure-backup-api.md 3.3). See rules.hpp.
// Sources: C is Microsoft's own client, D its documentation, as in azure-backup-api.md.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/azure/recovery_point.hpp"
#include "core/base/text.hpp"
#include "core/json/lenient.hpp"
#include "core/restore/rule_table.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

bool has_rehydration(const JobSpec& spec) {
  return spec.rehydration || has_value(spec.restore, "recoveryPointRehydrationInfo");
}

bool is_true(const JobSpec& spec, const char* property) {
  return flag(spec.restore, property).value_or(false);
}

std::string archived(const JobSpec& spec, const RecoveryPoint& point) {
  if (spec.cross_region || has_rehydration(spec) || effective_tier(point) != "VaultArchive") return "";
  return "recovery point " + point.id +
         " is only in the archive tier and must be rehydrated first: add \"rehydration\": {\"priority\": \"Standard\", "
         "\"retention\": \"P15D\"} to the job file, or choose a point of another tier";
}

std::string archived_cross_region(const JobSpec& spec, const RecoveryPoint& point) {
  if (!spec.cross_region || effective_tier(point) != "VaultArchive") return "";
  return "recovery point " + point.id +
         " is only in the archive tier, which cannot be restored to another region; choose a point of the vault's "
         "standard tier, or restore in the vault's own region";
}

std::string needless_rehydration(const JobSpec& spec, const RecoveryPoint& point) {
  const std::string tier(effective_tier(point));
  if (!has_rehydration(spec) || tier == "VaultArchive") return "";
  std::string sentence = "rehydration is requested, but recovery point " + point.id;
  sentence += tier.empty() ? " has no known tier" : " is in tier " + tier + " and does not need it";
  return sentence + (spec.rehydration ? "; the request omits it" : "; the request still contains it");
}

std::string disk_access_missing(const JobSpec& spec, const RecoveryPoint& point) {
  if (point.private_access != true || has_value(spec.restore, "targetDiskNetworkAccessSettings")) return "";
  return "disks of recovery point " + point.id +
         " have private access, so the access of the new disks must be given: add \"targetDiskNetworkAccessSettings\" "
         "with a \"targetDiskNetworkAccessOption\" to \"restore\"";
}

std::string disk_access_needless(const JobSpec& spec, const RecoveryPoint& point) {
  if (point.private_access != false || !has_value(spec.restore, "targetDiskNetworkAccessSettings")) return "";
  return "no disk of recovery point " + point.id +
         " has private access, so Azure does not accept a choice of the access: remove "
         "\"targetDiskNetworkAccessSettings\" from \"restore\"";
}

std::string identity_unmanaged(const JobSpec& spec, const RecoveryPoint& point) {
  if (point.managed || !has_value(spec.restore, "identityInfo")) return "";
  return "an identity of the vault can only restore VMs with managed disks, and this VM has unmanaged disks: give "
         "\"storageAccountId\" instead of \"identityInfo\" and \"identityBasedRestoreDetails\"";
}

std::string zones_tier(const JobSpec& spec, const RecoveryPoint& point) {
  const std::string tier(effective_tier(point));
  const bool is_fit = tier.empty() || tier == "VaultStandard" || tier == "SnapshotAndVaultStandard";
  if (is_fit || !has_value(spec.restore, "zones")) return "";
  return "a zone is given, but recovery point " + point.id + " is in tier " + tier +
         ", and Azure may require a point of the vault's standard tier: if Azure refuses, choose with \"tier\": "
         "[\"HardenedRP\"] or remove \"zones\"";
}

std::string zones_encrypted(const JobSpec& spec, const RecoveryPoint& point) {
  if (!point.encrypted || !has_value(spec.restore, "zones")) return "";
  return "a zone is given for an encrypted VM, which Azure may not allow: if Azure refuses, remove \"zones\"";
}

/// Describes disks that break a rule for managed, unencrypted disks.
std::string kind_of(const RecoveryPoint& point) {
  return point.managed ? "encrypted" : "unmanaged";
}

std::string encryption_set(const JobSpec& spec, const RecoveryPoint& point) {
  if (!has_value(spec.restore, "diskEncryptionSetId") || (point.managed && !point.encrypted)) return "";
  return "a disk encryption set is for managed disks that are not encrypted by Azure Disk Encryption, and this VM's "
         "disks are " +
         kind_of(point) + ": remove \"diskEncryptionSetId\" from \"restore\"";
}

std::string to_managed_needless(const JobSpec& spec, const RecoveryPoint& point) {
  if (!point.managed || !is_true(spec, "restoreWithManagedDisks")) return "";
  return "\"restoreWithManagedDisks\" is for VMs with unmanaged disks; this VM's disks are managed already";
}

std::string to_managed_tier(const JobSpec& spec, const RecoveryPoint& point) {
  const std::string_view tier = effective_tier(point);
  const bool is_snapshot_only = tier == "Snapshot" || tier == "SnapshotAndVaultArchive";
  if (point.managed || !is_snapshot_only || !is_true(spec, "restoreWithManagedDisks")) return "";
  return "unmanaged disks can become managed disks only from the vault's standard tier, and recovery point " +
         point.id + " is in tier " + std::string(tier) + ": choose with \"tier\": [\"HardenedRP\"]";
}

std::string to_managed_encrypted(const JobSpec& spec, const RecoveryPoint& point) {
  if (point.managed || !point.encrypted || !is_true(spec, "restoreWithManagedDisks")) return "";
  return "the unmanaged disks of an encrypted VM cannot become managed disks: remove \"restoreWithManagedDisks\" from "
         "\"restore\"";
}

std::string original_storage_account(const JobSpec& spec, const RecoveryPoint& point) {
  const bool is_allowed = point.original_storage_account.value_or(!point.managed);
  if (is_allowed || !is_true(spec, "originalStorageAccountOption")) return "";
  return "recovery point " + point.id +
         " cannot be restored to its original storage account: set \"originalStorageAccountOption\" to false, or "
         "remove it";
}

std::string replaced_disks(const JobSpec& spec, const RecoveryPoint& point) {
  if (spec.type != RecoveryType::OriginalLocation || (point.managed && !point.encrypted)) return "";
  return "OriginalLocation replaces only unencrypted managed disks, and this VM's disks are " + kind_of(point) +
         ": restore with RestoreDisks or AlternateLocation";
}

std::string cross_region_unmanaged(const JobSpec& spec, const RecoveryPoint& point) {
  if (!spec.cross_region || point.managed) return "";
  return "only VMs with managed disks can be restored to another region, and this VM has unmanaged disks: restore in "
         "the vault's own region";
}

std::string edge_zone_cross_subscription(const JobSpec& spec, const RecoveryPoint&) {
  if (!has_value(spec.restore, "extendedLocation") || !is_cross_subscription(spec)) return "";
  return "a restore to an edge zone cannot go to another subscription: choose targets in the vault's subscription, or "
         "remove \"extendedLocation\"";
}

std::string cross_subscription_limits(const JobSpec& spec, const RecoveryPoint& point) {
  if (!is_cross_subscription(spec)) return "";
  std::vector<std::string> doubts;
  if (point.encrypted) doubts.emplace_back("the VM is encrypted");
  if (!point.managed) doubts.emplace_back("its disks are unmanaged");
  if (iequals(point.security_type, "TrustedLaunch")) doubts.emplace_back("it is a Trusted Launch VM");
  if (effective_tier(point) == "Snapshot") doubts.emplace_back("the point is not in the vault yet");
  if (spec.cross_region) doubts.emplace_back("it also goes to another region");
  if (doubts.empty()) return "";
  return "Azure may refuse this restore to another subscription: " + join_and(doubts) +
         "; if it does, choose targets in the vault's subscription";
}

std::string lun_list_of_selection(const JobSpec& spec, const RecoveryPoint& point) {
  const bool is_selection =
      point.disks_included && point.disks_attached && *point.disks_included < *point.disks_attached;
  if (spec.type == RecoveryType::RestoreDisks || !is_selection || !has_value(spec.restore, "restoreDiskLunList"))
    return "";
  return "\"restoreDiskLunList\" is given for a VM of which only some disks are backed up; Azure documents this for "
         "RestoreDisks only: if Azure refuses, remove the list";
}

std::string unmanaged_vhds(const JobSpec& spec, const RecoveryPoint& point) {
  const bool has_group = has_value(spec.restore, "targetResourceGroupId");
  if (spec.type != RecoveryType::RestoreDisks || has_group || !point.managed) return "";
  return "no targetResourceGroupId: the managed disks of this VM are restored as unmanaged VHDs in the storage "
         "account, and without instant restore";
}

constexpr RuleWeight refuses = RuleWeight::refuses;
constexpr RuleWeight warns = RuleWeight::warns;

constexpr PointRestoreRule rules[] = {
    {"RuleArchivedPoint", refuses, "3.3, C: only VaultArchive needs the rehydrating request", archived},
    {"RuleArchivedCrossRegion", refuses, "3.3, 6, C", archived_cross_region},
    {"RuleNeedlessRehydration", warns, "3.3, C; harmless, because the request omits it", needless_rehydration},
    {"RuleDiskAccessMissing", refuses, "3.3, C", disk_access_missing},
    {"RuleDiskAccessNeedless", refuses, "3.3, C", disk_access_needless},
    {"RuleIdentityUnmanaged", refuses, "3.3, C", identity_unmanaged},
    // The rules about zones have changed (azure-backup-api.md 12, azure-cli PR 24126), so Azure decides.
    {"RuleZonesTier", warns, "3.3, C and D disagree about snapshots; 12", zones_tier},
    {"RuleZonesEncrypted", warns, "3.3, D; 12", zones_encrypted},
    {"RuleEncryptionSet", refuses, "3.3, C", encryption_set},
    {"RuleToManagedNeedless", warns, "3.2; no source says that it is refused", to_managed_needless},
    {"RuleToManagedTier", refuses, "3.3, D", to_managed_tier},
    {"RuleToManagedEncrypted", refuses, "3.3, D", to_managed_encrypted},
    {"RuleOriginalStorageAccount", refuses, "3.2: legal only if the point has it", original_storage_account},
    {"RuleReplacedDisks", refuses, "3.3, D", replaced_disks},
    {"RuleCrossRegionUnmanaged", refuses, "6, D", cross_region_unmanaged},
    {"RuleEdgeZoneCrossSubscription", refuses, "3.3, C", edge_zone_cross_subscription},
    {"RuleCrossSubscriptionLimits", warns, "3.3, D of 12/2022; relaxed since, to an unknown extent",
     cross_subscription_limits},
    {"RuleLunListOfSelection", warns, "3.3, D; we infer from two numbers that some disks are excluded",
     lun_list_of_selection},
    {"RuleUnmanagedVhds", warns, "3.3, D: allowed, but rarely intended", unmanaged_vhds},
};

}  // namespace

std::span<const PointRestoreRule> point_rules() {
  return rules;
}

bool is_cross_subscription(const JobSpec& spec) {
  const json& by_identity = member(spec.restore, "identityBasedRestoreDetails");
  const std::string targets[] = {text(spec.restore, "targetResourceGroupId"),
                                 text(spec.restore, "targetVirtualMachineId"), text(spec.restore, "storageAccountId"),
                                 text(by_identity, "targetStorageAccountId")};
  return std::ranges::any_of(targets, [&](const std::string& target) {
    const auto id = ArmId::parse(target);
    return id && !iequals(id->subscription, spec.vault.subscription);
  });
}

}  // namespace azrestored
