// The rules about a vault: its identities, redundancy, region and switches (azure-backup-api.md 3.3, 6). See rules.hpp.
// Sources: C is Microsoft's own client, D its documentation, R recorded traffic, as in azure-backup-api.md.
#include <algorithm>

#include "core/azure/recovery_point.hpp"
#include "core/base/case_folding.hpp"
#include "core/base/text.hpp"
#include "core/json/lenient.hpp"
#include "core/restore/rule_table.hpp"

namespace azrestored {
namespace {

constexpr auto is_cross_region = [](const JobSpec& spec) { return spec.cross_region.has_value(); };
constexpr auto gives_identity = [](const JobSpec& spec) { return has_value(spec.restore, "identityInfo"); };
constexpr auto gives_zones = [](const JobSpec& spec) { return has_value(spec.restore, "zones"); };
constexpr auto gives_region = [](const JobSpec& spec) { return spec.region && !spec.cross_region; };

std::string identity_not_of_vault(const JobSpec& spec, const VaultFacts& vault, const RecoveryPoint&) {
  const auto& info = member(spec.restore, "identityInfo");
  const std::string user = text(info, "managedIdentityResourceId");
  if (!user.empty()) {
    const auto is_same = [&](const std::string& id) { return same_name(id, user); };
    if (std::ranges::any_of(vault.user_identities, is_same)) return "";
    return "the identity " + last_segment(user) +
           " is not assigned to the vault: assign it, or name one of the vault's in \"managedIdentityResourceId\"";
  }
  if (!flag(info, "isSystemAssignedIdentity").value_or(false) || vault.system_identity) return "";
  return "the vault has no system-assigned identity: enable it, or give \"storageAccountId\" instead of "
         "\"identityInfo\" and \"identityBasedRestoreDetails\"";
}

std::string cross_region_off(const JobSpec&, const VaultFacts& vault, const RecoveryPoint&) {
  if (iequals(vault.redundancy, "ZoneRedundant")) {
    return "a zone-redundant vault keeps no copy in another region: restore in the vault's own region";
  }
  if (vault.cross_region_restore != false) return "";
  return "cross-region restore is disabled in the vault: enable it in the vault's redundancy settings and wait for the "
         "copy, or restore in the vault's own region";
}

std::string cross_region_is_source(const JobSpec& spec, const VaultFacts& vault, const RecoveryPoint&) {
  if (!is_same_region(*spec.cross_region, vault.location)) return "";
  return "the vault itself is in " + vault.location +
         ": give its secondary region in \"crossRegion\", or remove \"crossRegion\"";
}

std::string zones_vault(const JobSpec& spec, const VaultFacts& vault, const RecoveryPoint& point) {
  if (iequals(vault.redundancy, "ZoneRedundant")) return "";
  if (vault.redundancy.empty() && !vault.cross_region_restore) return "";  // the vault's redundancy is unknown
  if (spec.cross_region && vault.cross_region_restore != false && !point.zones.empty()) return "";
  return "a zone is given, and Azure may require a zone-redundant vault for it, or a cross-region restore of a VM that "
         "is pinned to a zone: if Azure refuses, remove \"zones\"";
}

std::string cross_subscription_off(const JobSpec&, const VaultFacts& vault, const RecoveryPoint&) {
  if (vault.cross_subscription != false) return "";  // like Microsoft's client: absent means enabled
  return "restores to another subscription are disabled in the vault: enable them in the vault's properties, or choose "
         "targets in the vault's subscription";
}

std::string region_not_vaults(const JobSpec& spec, const VaultFacts& vault, const RecoveryPoint&) {
  if (is_same_region(*spec.region, vault.location)) return "";
  return "\"region\" is " + *spec.region + ", but the vault is in " + vault.location +
         ", where it restores: remove \"region\", or use \"crossRegion\" for its secondary region";
}

constexpr RuleWeight refuses = RuleWeight::refuses;
constexpr RuleWeight warns = RuleWeight::warns;

constexpr VaultRestoreRule rules[] = {
    {"RuleIdentityNotOfVault", refuses, "3.3, C", "whether the vault has the identity", gives_identity,
     identity_not_of_vault},
    {"RuleCrossRegionOff", refuses, "6, D; 12.1, R: 400 for a zone-redundant vault",
     "whether the vault allows cross-region restore", is_cross_region, cross_region_off},
    {"RuleCrossRegionIsSource", refuses, "6: the secondary copy is elsewhere",
     "whether the region is not the vault's own", is_cross_region, cross_region_is_source},
    // The rules about zones have changed (azure-backup-api.md 12, azure-cli PR 24126), so Azure decides.
    {"RuleZonesVault", warns, "3.3, C, D; 12", "whether the vault allows a choice of zone", gives_zones, zones_vault},
    {"RuleCrossSubscriptionOff", refuses, "3.3, C", "whether the vault allows restores to another subscription",
     is_cross_subscription, cross_subscription_off},
    {"RuleRegionNotVaults", warns, "3.2, C: the region of a restore is the vault's",
     "whether the region is the vault's", gives_region, region_not_vaults},
};

}  // namespace

std::span<const VaultRestoreRule> vault_rules() {
  return rules;
}

}  // namespace azrestored
