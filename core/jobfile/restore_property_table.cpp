#include "core/jobfile/restore_property_table.hpp"

#include <algorithm>
#include <cassert>

#include "core/json/fault.hpp"

namespace azrestored {
namespace {

using Kind = PropertyKind;
using Words = std::span<const std::string_view>;

constexpr std::string_view recovery_types[] = {"RestoreDisks", "OriginalLocation", "AlternateLocation"};
constexpr std::string_view object_types[] = {"IaasVMRestoreRequest", "IaasVMRestoreWithRehydrationRequest"};
constexpr std::string_view priorities[] = {"Standard", "High"};
constexpr std::string_view network_access[] = {"SameAsOnSourceDisks", "EnablePrivateAccessForAllDisks",
                                               "EnablePublicAccessForAllDisks"};
constexpr std::string_view vm[] = {"Microsoft.Compute/virtualMachines", "Microsoft.ClassicCompute/virtualMachines"};
constexpr std::string_view storage[] = {"Microsoft.Storage/storageAccounts",
                                        "Microsoft.ClassicStorage/storageAccounts"};
constexpr std::string_view network[] = {"Microsoft.Network/virtualNetworks",
                                        "Microsoft.ClassicNetwork/virtualNetworks"};
constexpr std::string_view subnet[] = {"Microsoft.Network/virtualNetworks/subnets",
                                       "Microsoft.Network/virtualNetworks/Subnet",  // {vnetId}/Subnet/{name}
                                       "Microsoft.ClassicNetwork/virtualNetworks/Subnet",
                                       "Microsoft.ClassicNetwork/virtualNetworks/subnets"};
constexpr std::string_view encryption_set[] = {"Microsoft.Compute/diskEncryptionSets"};
constexpr std::string_view disk_access[] = {"Microsoft.Compute/diskAccesses"};
constexpr std::string_view identity[] = {"Microsoft.ManagedIdentity/userAssignedIdentities"};

/// azure-backup-api.md 3.2.
constexpr Property properties[] = {
    {"recoveryType", Kind::word, Null::refused, recovery_types},
    {"objectType", Kind::word, Null::refused, object_types},
    {"sourceResourceId", Kind::id, Null::refused, vm},
    {"targetVirtualMachineId", Kind::id, Null::allowed, vm},
    {"targetResourceGroupId", Kind::id, Null::allowed},
    {"storageAccountId", Kind::id, Null::allowed, storage},
    {"virtualNetworkId", Kind::id, Null::allowed, network},
    {"subnetId", Kind::id, Null::allowed, subnet},
    {"targetDomainNameId", Kind::any_text, Null::allowed},
    {"affinityGroup", Kind::any_text, Null::allowed},
    {"region", Kind::text, Null::allowed},
    {"createNewCloudService", Kind::flag},
    {"originalStorageAccountOption", Kind::flag},
    {"encryptionDetails", Kind::members, Null::allowed},
    {"restoreDiskLunList", Kind::luns, Null::allowed},
    {"restoreWithManagedDisks", Kind::flag, Null::allowed},
    {"diskEncryptionSetId", Kind::id, Null::allowed, encryption_set},
    {"zones", Kind::zone, Null::allowed},
    {"identityInfo", Kind::members, Null::allowed},
    {"identityBasedRestoreDetails", Kind::members, Null::allowed},
    {"extendedLocation", Kind::members, Null::allowed},
    {"securedVMDetails", Kind::members, Null::allowed},
    {"targetDiskNetworkAccessSettings", Kind::members, Null::allowed},
    {"resourceGuardOperationRequests", Kind::texts, Null::allowed},
    {"recoveryPointRehydrationInfo", Kind::members, Null::allowed},
    {"extraProperties", Kind::object},
    {"recoveryPointId", Kind::elsewhere, Null::refused},
};

constexpr Property encryption_details[] = {
    {"encryptionEnabled", Kind::flag},
    {"kekUrl", Kind::text, Null::allowed},
    {"secretKeyUrl", Kind::text, Null::allowed},
    {"kekVaultId", Kind::text, Null::allowed},
    {"secretKeyVaultId", Kind::text, Null::allowed},
};
constexpr Property identity_info[] = {
    {"isSystemAssignedIdentity", Kind::flag},
    {"managedIdentityResourceId", Kind::id, Null::allowed, identity},
};
constexpr Property identity_based[] = {
    {"objectType", Kind::text, Null::allowed},
    {"targetStorageAccountId", Kind::id, Null::refused, storage},
};
constexpr Property extended_location[] = {{"name", Kind::text}, {"type", Kind::text}};
constexpr Property secured_vm[] = {{"securedVMOsDiskEncryptionSetId", Kind::id, Null::allowed, encryption_set}};
constexpr Property disk_network[] = {
    {"targetDiskNetworkAccessOption", Kind::word, Null::refused, network_access},
    {"targetDiskAccessId", Kind::id, Null::allowed, disk_access},
};
constexpr Property rehydration_info[] = {
    {"rehydrationRetentionDuration", Kind::text},
    {"rehydrationPriority", Kind::word, Null::refused, priorities},
};

constexpr MemberRule needed_inside[] = {
    {"identityBasedRestoreDetails", "targetStorageAccountId"},
    {"extendedLocation", "name"},
    {"targetDiskNetworkAccessSettings", "targetDiskNetworkAccessOption"},
    {"recoveryPointRehydrationInfo", "rehydrationPriority"},
    {"recoveryPointRehydrationInfo", "rehydrationRetentionDuration"},
};

// azure-backup-api.md 3.3.
constexpr PropertyRule needed[] = {
    {RecoveryType::AlternateLocation, "targetResourceGroupId"},
    {RecoveryType::AlternateLocation, "targetVirtualMachineId"},
    {RecoveryType::AlternateLocation, "virtualNetworkId"},
    {RecoveryType::AlternateLocation, "subnetId"},
};
constexpr PropertyRule forbidden[] = {
    {RecoveryType::RestoreDisks, "targetVirtualMachineId"},
    {RecoveryType::RestoreDisks, "virtualNetworkId"},
    {RecoveryType::RestoreDisks, "subnetId"},
    {RecoveryType::OriginalLocation, "targetResourceGroupId"},
    {RecoveryType::OriginalLocation, "targetVirtualMachineId"},
    {RecoveryType::OriginalLocation, "virtualNetworkId"},
    {RecoveryType::OriginalLocation, "subnetId"},
    {RecoveryType::OriginalLocation, "zones"},
};

/// The form of an id: "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.X/ys/{name}".
std::string id_form(Words types) {
  std::string form = "/subscriptions/{id}/resourceGroups/{group}";
  if (types.empty()) return form;
  std::string_view type = types.front();
  form += "/providers/";
  auto slash = type.find('/');
  form += type.substr(0, slash);
  while (slash != std::string_view::npos) {
    type.remove_prefix(slash + 1);
    slash = type.find('/');
    form.append("/").append(type.substr(0, slash)).append("/{name}");
  }
  return form;
}

}  // namespace

std::span<const Property> restore_properties() {
  return properties;
}

std::span<const Property> members_of(std::string_view name) {
  if (name == "encryptionDetails") return encryption_details;
  if (name == "identityInfo") return identity_info;
  if (name == "identityBasedRestoreDetails") return identity_based;
  if (name == "extendedLocation") return extended_location;
  if (name == "securedVMDetails") return secured_vm;
  if (name == "recoveryPointRehydrationInfo") return rehydration_info;
  assert(name == "targetDiskNetworkAccessSettings");
  return disk_network;
}

std::span<const MemberRule> needed_members() {
  return needed_inside;
}

std::span<const PropertyRule> needed_properties() {
  return needed;
}

std::span<const PropertyRule> forbidden_properties() {
  return forbidden;
}

const Property& property_of(std::string_view name) {
  return *std::ranges::find(restore_properties(), name, &Property::name);
}

std::string expected_of(const Property& property) {
  switch (property.kind) {
    case Kind::text:
      return "a string that is not empty";
    case Kind::any_text:
      return "a string";
    case Kind::flag:
      return "true or false";
    case Kind::word:
      return quoted_alternatives(property.words);
    case Kind::id:
      return "an ARM id like " + id_form(property.words);
    case Kind::luns:
      return "null (all disks), [] (only the OS disk) or a list of LUNs such as [0, 2]";
    case Kind::zone:
      return "a list with one zone such as [\"1\"]";
    case Kind::texts:
      return "a list of strings";
    case Kind::members:
    case Kind::object:
      return "an object";
    case Kind::elsewhere:
      break;
  }
  return "nothing";
}

}  // namespace azrestored
