// What a vault allows, by API.md 3.3 and 6: its identities, redundancy, region and switches. See rules.hpp.
// Sources: C is Microsoft's own client, D its documentation, R recorded traffic, as in API.md.
#include <algorithm>

#include "core/azure/recovery_point.hpp"
#include "core/base/text.hpp"
#include "core/json/lenient.hpp"
#include "core/restore/rule_table.hpp"

namespace azrestored {
namespace {

constexpr auto is_cross_region = [](const JobSpec& spec) { return spec.cross_region.has_value(); };
constexpr auto gives_identity = [](const JobSpec& spec) { return gives(spec.restore, "identityInfo"); };
constexpr auto gives_zones = [](const JobSpec& spec) { return gives(spec.restore, "zones"); };
constexpr auto gives_region = [](const JobSpec& spec) { return spec.region && !spec.cross_region; };

std::string identity_not_of_vault(const JobSpec& spec, const VaultFacts& vault, const RecoveryPoint&) {
  const auto& info = member(spec.restore, "identityInfo");
  const std::string user = text(info, "managedIdentityResourceId");
  if (!user.empty()) {
    const auto is_same = [&](const std::string& id) { return iequals(id, user); };
    if (std::ranges::any_of(vault.user_identities, is_same)) return "";
    return "the identity " + last_segment(user) +
           " is not one of the vault's: assign it to the vault, or name one that is in \"managedIdentityResourceId\"";
  }
  if (!flag(info, "isSystemAssignedIdentity").value_or(false) || vault.system_identity) return "";
  return "the vault has no system-assigned identity: switch it on, or give \"storageAccountId\" in place of "
         "\"identityInfo\" and \"identityBasedRestoreDetails\"";
}

std::string cross_region_off(const JobSpec&, const VaultFacts& vault, const RecoveryPoint&) {
  if (iequals(vault.redundancy, "ZoneRedundant")) {
    return "a zone-redundant vault keeps no copy in another region: restore in the vault's own region";
  }
  if (vault.cross_region_restore != false) return "";
  return "cross-region restore is switched off in the vault: switch it on in the vault's redundancy settings and wait "
         "for the copy, or restore in the vault's own region";
}

std::string cross_region_is_source(const JobSpec& spec, const VaultFacts& vault, const RecoveryPoint&) {
  if (!is_same_region(*spec.cross_region, vault.location)) return "";
  return "the vault itself is in " + vault.location +
         ": name its secondary region in \"crossRegion\", or leave \"crossRegion\" out";
}

std::string zones_vault(const JobSpec& spec, const VaultFacts& vault, const RecoveryPoint& point) {
  if (iequals(vault.redundancy, "ZoneRedundant")) return "";
  if (vault.redundancy.empty() && !vault.cross_region_restore) return "";  // the vault does not say
  if (spec.cross_region && vault.cross_region_restore != false && !point.zones.empty()) return "";
  return "a zone is chosen, and the service may want a zone-redundant vault for it, or a cross-region restore of a VM "
         "that is pinned to a zone: if it refuses, leave \"zones\" out";
}

std::string cross_subscription_off(const JobSpec&, const VaultFacts& vault, const RecoveryPoint&) {
  if (vault.cross_subscription != false) return "";  // Microsoft's client takes no word for "on"
  return "restores to another subscription are switched off in the vault: switch them on in the vault's properties, or "
         "choose targets of the vault's subscription";
}

std::string region_not_vaults(const JobSpec& spec, const VaultFacts& vault, const RecoveryPoint&) {
  if (is_same_region(*spec.region, vault.location)) return "";
  return "\"region\" is " + *spec.region + ", but the vault is in " + vault.location +
         ", where it restores: leave \"region\" out, or say \"crossRegion\" if its secondary region is meant";
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
    // The rules about zones changed over the years (API.md 12, azure-cli PR 24126): the service decides.
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
