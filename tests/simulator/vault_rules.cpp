// See vault_rules.hpp.
#include "vault_rules.hpp"

#include <algorithm>

#include "text.hpp"

namespace azsim {

Verdict check_vault_identity(const Json& identity, const VaultSpec& vault) {
  if (flag_of(identity, "isSystemAssignedIdentity")) {
    if (vault.system_identity) return std::nullopt;
    return Refusal{"UserErrorVaultIdentityNotEnabled", "The vault has no system-assigned identity."};
  }
  const std::string id = text_of(identity, "managedIdentityResourceId");
  const bool known = std::any_of(vault.user_identities.begin(), vault.user_identities.end(),
                                 [&](const std::string& own) { return same_name(own, id); });
  if (known) return std::nullopt;
  return Refusal{"UserErrorVaultIdentityNotEnabled", "The vault does not have the identity '" + id + "'."};
}

Verdict check_subscriptions(const Json& order, const VaultSpec& vault) {
  if (vault.cross_subscription.value_or("Enabled") == "Enabled") return std::nullopt;
  const std::string own = segment_after(vault.id, "subscriptions");
  const auto elsewhere = [&](const Json& object, const char* name) {
    const std::string id = text_of(object, name);
    return !id.empty() && !same_name(segment_after(id, "subscriptions"), own);
  };
  const Json* details = find(order, "identityBasedRestoreDetails");
  bool leaves = details != nullptr && elsewhere(*details, "targetStorageAccountId");
  for (const char* name : {"targetResourceGroupId", "targetVirtualMachineId", "storageAccountId", "virtualNetworkId"})
    leaves = leaves || elsewhere(order, name);
  if (!leaves) return std::nullopt;
  return Refusal{"UserErrorCrossSubscriptionRestoreNotAllowed",
                 "The vault does not allow restores to another subscription."};
}

Verdict check_across_regions(const Json& order, const PointSpec& point) {
  if (text_of(order, "recoveryType") == "OriginalLocation")
    return bad_input("A restore across regions cannot use the original location.");
  if (text_of(order, "targetResourceGroupId").empty())
    return bad_input("'targetResourceGroupId' is required across regions.");
  const bool vaulted = std::any_of(point.tiers.begin(), point.tiers.end(),
                                   [](const TierSpec& tier) { return tier.type == 2 && tier.status == 1; });
  if (text_of(order, "objectType") != "IaasVMRestoreRequest" || !vaulted)
    return bad_input("A restore across regions cannot rehydrate: the point must be in the vault tier.");
  if (find(order, "extendedLocation") != nullptr) return bad_input("A restore across regions cannot use an edge zone.");
  const Json* access = find(order, "targetDiskNetworkAccessSettings");
  if (access != nullptr && text_of(*access, "targetDiskNetworkAccessOption") == "SameAsOnSourceDisks")
    return bad_input("A restore across regions cannot keep the network access of the source disks.");
  return std::nullopt;
}

}  // namespace azsim
