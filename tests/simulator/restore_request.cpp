// See restore_request.hpp. The shape is checked first (restore_shape), then the values, one function per group of
// rules.
#include "restore_request.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "restore_shape.hpp"
#include "text.hpp"
#include "vault_rules.hpp"

namespace azsim {
namespace {

bool has_tier(const PointSpec& point, int type, int status) {
  return std::any_of(point.tiers.begin(), point.tiers.end(),
                     [&](const TierSpec& tier) { return tier.type == type && tier.status == status; });
}
bool rehydrated(const PointSpec& point) {
  return std::any_of(point.tiers.begin(), point.tiers.end(), [](const TierSpec& tier) { return tier.status == 4; });
}

/// "P15D", "P1DT12H": each number with its unit.
bool is_duration(std::string_view text) {
  if (!text.starts_with('P')) return false;
  bool digits = false, any = false;
  for (const char c : text.substr(1)) {
    if (c >= '0' && c <= '9') {
      digits = true;
    } else if (c != 'T' || digits) {
      if (!digits || std::string_view("YMWDHS").find(c) == std::string_view::npos) return false;
      digits = false;
      any = true;
    }
  }
  return any && !digits;
}

/// azure-backup-api.md 2.4: the tier of the data decides whether and how it can be restored.
Verdict check_tier(const Json& p, const PointSpec& point) {
  const bool snapshot = has_tier(point, 1, 1), vaulted = has_tier(point, 2, 1), archived = has_tier(point, 3, 1);
  const bool archive_only = archived && !snapshot && !vaulted && !rehydrated(point);
  const bool rehydration = text_of(p, "objectType") == "IaasVMRestoreWithRehydrationRequest";
  if (!point.tiers.empty() && !snapshot && !vaulted && !archived && !rehydrated(point))
    return Refusal{"UserErrorInstantRpNotFound", "No copy of the recovery point is left."};
  if (archive_only && !rehydration)
    return Refusal{"UserErrorArchivedRecoveryPointNeedsRehydration",
                   "The recovery point is in the archive tier: a rehydration request is required."};
  if (rehydration && !archive_only)
    return bad_input("The recovery point is not in the archive tier and cannot be rehydrated.");
  const Json* info = find(p, "recoveryPointRehydrationInfo");
  if (rehydration != (info != nullptr))
    return bad_input("'recoveryPointRehydrationInfo' is allowed only in a rehydration request.");
  if (info == nullptr) return std::nullopt;
  const std::string priority = text_of(*info, "rehydrationPriority");
  if (priority != "Standard" && priority != "High") return bad_input("'rehydrationPriority' must be Standard or High.");
  if (!is_duration(text_of(*info, "rehydrationRetentionDuration")))
    return bad_input("'rehydrationRetentionDuration' must be an ISO 8601 duration.");
  return std::nullopt;
}

Verdict check_identity_of_point(const Json& p, const RestoreSource& source) {
  const auto& [world, vault, item, point, across_regions] = source;
  const std::string type = text_of(p, "objectType");
  if (type != "IaasVMRestoreRequest" && type != "IaasVMRestoreWithRehydrationRequest")
    return bad_input("'objectType' must be IaasVMRestoreRequest or IaasVMRestoreWithRehydrationRequest.");
  if (text_of(p, "recoveryPointId") != point.name)
    return bad_input("'recoveryPointId' must be the name of the recovery point in the address.");
  if (!same_name(text_of(p, "sourceResourceId"), item.vm))
    return bad_input("'sourceResourceId' must be the id of the virtual machine that the item protects.");
  if (!same_name(text_of(p, "region"), across_regions ? vault.secondary_region : vault.location))
    return bad_input(across_regions ? "'region' must be the vault's secondary region."
                                    : "'region' must be the vault's location.");
  return std::nullopt;
}

bool arm_id(const std::string& id, std::string_view kind) {
  return starts_with_name(id, "/subscriptions/") && !segment_after(id, "subscriptions").empty() &&
         !segment_after(id, kind).empty() && same_name(last_segment(id), segment_after(id, kind));
}

/// The staging account, given either directly or through an identity of the vault (azure-backup-api.md 3.3).
Verdict check_storage(const Json& p, const VaultSpec& vault, const PointSpec& point) {
  const Json* details = find(p, "identityBasedRestoreDetails");
  const std::string direct = text_of(p, "storageAccountId");
  if (direct.empty() == (details == nullptr))
    return bad_input("Exactly one of 'storageAccountId' and 'identityBasedRestoreDetails' must be given.");
  const std::string account = details != nullptr ? text_of(*details, "targetStorageAccountId") : direct;
  if (!arm_id(account, "storageAccounts")) return bad_input("The staging account must be the id of a storage account.");
  const Json* identity = find(p, "identityInfo");
  if (details != nullptr && identity == nullptr)
    return bad_input("'identityBasedRestoreDetails' needs 'identityInfo'.");
  if (identity == nullptr) return std::nullopt;
  if (!point.managed) return bad_input("An identity can only be used to restore a managed virtual machine.");
  const bool system = flag_of(*identity, "isSystemAssignedIdentity");
  if (system == !text_of(*identity, "managedIdentityResourceId").empty())
    return bad_input("'identityInfo' must name either the system-assigned identity or one user-assigned identity.");
  return check_vault_identity(*identity, vault);
}

Verdict require_ids(const Json& p, const std::vector<std::pair<std::string_view, std::string_view>>& wanted) {
  for (const auto& [name, kind] : wanted) {
    if (!arm_id(text_of(p, name), kind))
      return bad_input(in_quotes(name) + " is required here and must be an id that ends in " + std::string(kind) +
                       "/{name}.");
  }
  return std::nullopt;
}

Verdict forbid(const Json& p, const std::vector<std::string_view>& names, const std::string& why) {
  for (const std::string_view name : names) {
    if (find(p, name) != nullptr) return bad_input(in_quotes(name) + " must not be given: " + why);
  }
  return std::nullopt;
}

Verdict check_alternate(const Json& p, const World& world) {
  if (auto wrong = require_ids(p, {{"targetVirtualMachineId", "virtualMachines"},
                                   {"targetResourceGroupId", "resourceGroups"},
                                   {"virtualNetworkId", "virtualNetworks"}}))
    return wrong;
  const std::string network = text_of(p, "virtualNetworkId"), subnet = text_of(p, "subnetId");
  if (!starts_with_name(subnet, network + "/subnets/") && !starts_with_name(subnet, network + "/subnet/"))
    return bad_input("'subnetId' must name a subnet of the virtual network.");
  if (world.vm_exists(text_of(p, "targetVirtualMachineId")))
    return bad_input("'targetVirtualMachineId' names a virtual machine that already exists.");
  return std::nullopt;
}

/// The matrix of azure-backup-api.md 3.3.
Verdict check_recovery_type(const Json& p, const World& world, const PointSpec& point) {
  const std::string type = text_of(p, "recoveryType");
  const bool selective = !point.excluded_disks.empty();
  if (type == "RestoreDisks") {
    if (auto wrong = forbid(p, {"targetVirtualMachineId", "virtualNetworkId", "subnetId"}, "only disks are restored."))
      return wrong;
    return find(p, "targetResourceGroupId") == nullptr ? std::nullopt
                                                       : require_ids(p, {{"targetResourceGroupId", "resourceGroups"}});
  }
  if (type != "AlternateLocation" && type != "OriginalLocation")
    return bad_input("'recoveryType' must be OriginalLocation, AlternateLocation or RestoreDisks.");
  if (selective) {
    if (auto wrong = forbid(p, {"restoreDiskLunList"}, "the item's backup excludes disks.")) return wrong;
  }
  if (type == "AlternateLocation") return check_alternate(p, world);
  if (!point.managed || point.encrypted)
    return bad_input("Disks can be replaced only in managed virtual machines without encryption.");
  return forbid(p, {"targetVirtualMachineId", "targetResourceGroupId", "virtualNetworkId", "subnetId", "zones"},
                "the disks of the virtual machine itself are replaced.");
}

/// `absent`, `[]` and a list have different meanings (azure-backup-api.md 3.4); here each LUN must have been backed up.
Verdict check_disks(const Json& p, const PointSpec& point) {
  if (const Json* luns = find(p, "restoreDiskLunList")) {
    for (const Json& lun : *luns) {
      if (std::find(point.disks.begin(), point.disks.end(), lun.get<int>()) == point.disks.end())
        return bad_input("'restoreDiskLunList' names LUN " + to_text(lun) + ", which is not in the recovery point.");
    }
  }
  if (const Json* zones = find(p, "zones")) {
    if (zones->size() != 1) return bad_input("'zones' must contain exactly one zone.");
    if (!has_tier(point, 2, 1) || point.encrypted)
      return bad_input("A zone can be chosen only for a vaulted recovery point without encryption.");
  }
  if (flag_of(p, "restoreWithManagedDisks") && point.managed)
    return bad_input("'restoreWithManagedDisks' is for unmanaged virtual machines.");
  if (find(p, "diskEncryptionSetId") != nullptr && (!point.managed || point.encrypted))
    return bad_input("'diskEncryptionSetId' is for managed virtual machines whose point is not encrypted.");
  return std::nullopt;
}

Verdict check_disk_access(const Json& p, const PointSpec& point) {
  const Json* settings = find(p, "targetDiskNetworkAccessSettings");
  if ((settings != nullptr) != point.private_access)
    return bad_input("'targetDiskNetworkAccessSettings' must be given if, and only if, a disk has private access.");
  if (settings == nullptr) return std::nullopt;
  const std::string option = text_of(*settings, "targetDiskNetworkAccessOption");
  const bool private_for_all = option == "EnablePrivateAccessForAllDisks";
  if (!private_for_all && option != "SameAsOnSourceDisks" && option != "EnablePublicAccessForAllDisks")
    return bad_input("'targetDiskNetworkAccessOption' has an unknown value.");
  if (private_for_all == text_of(*settings, "targetDiskAccessId").empty())
    return bad_input("'targetDiskAccessId' is allowed only with EnablePrivateAccessForAllDisks.");
  return std::nullopt;
}

/// Members of classic virtual machines: every documented request has the two flags; the two strings must be empty.
Verdict check_classic(const Json& p, const PointSpec& point) {
  for (const char* name : {"createNewCloudService", "originalStorageAccountOption"}) {
    if (find(p, name) == nullptr) return bad_input(in_quotes(name) + " is required.");
  }
  if (flag_of(p, "originalStorageAccountOption") && !point.original_storage_account_option)
    return bad_input("'originalStorageAccountOption' is not possible for this recovery point.");
  for (const char* name : {"targetDomainNameId", "affinityGroup"}) {
    if (!text_of(p, name).empty()) return bad_input(in_quotes(name) + " is for classic virtual machines.");
  }
  const Json* encryption = find(p, "encryptionDetails");
  if (encryption != nullptr && flag_of(*encryption, "encryptionEnabled") && !point.encrypted)
    return bad_input("'encryptionDetails' is not allowed for a recovery point that is not encrypted.");
  return std::nullopt;
}

/// Nothing of a soft-deleted item, and no soft-deleted point, can be restored.
Verdict check_deleted(const ItemSpec& item, const PointSpec& point) {
  if (item.soft_deleted)
    return Refusal{"BMSUserErrorDataSourceInDeferredDeleteState", "The protected item is soft-deleted."};
  if (point.soft_deleted) return bad_input("The recovery point '" + point.name + "' is soft-deleted.");
  return std::nullopt;
}

}  // namespace

Verdict judge_order(const Json& order, const RestoreSource& source) {
  const auto& [world, vault, item, point, across_regions] = source;
  if (auto wrong = check_shape(order)) return wrong;
  if (auto wrong = check_deleted(item, point)) return wrong;
  if (auto wrong = check_identity_of_point(order, source)) return wrong;
  if (across_regions) {
    if (auto wrong = check_across_regions(order, point)) return wrong;
  }
  if (auto wrong = check_tier(order, point)) return wrong;
  if (auto wrong = check_storage(order, vault, point)) return wrong;
  if (auto wrong = check_subscriptions(order, vault)) return wrong;
  if (auto wrong = check_recovery_type(order, world, point)) return wrong;
  if (auto wrong = check_disks(order, point)) return wrong;
  if (auto wrong = check_disk_access(order, point)) return wrong;
  return check_classic(order, point);
}

Verdict judge_restore(const Json& body, const RestoreSource& source) {
  if (auto wrong = check_envelope(body)) return wrong;
  return judge_order(body.at("properties"), source);
}

}  // namespace azsim
