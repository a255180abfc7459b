#include "core/jobfile/restore_property_rules.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/jobfile/restore_property_table.hpp"
#include "core/json/fault.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

/// True if the property is given in "restore" or in "extraProperties".
bool is_given(const ObjectReader& restore, std::string_view name) {
  if (restore.has_value(name)) return true;
  const json* extra = restore.find("extraProperties");
  if (extra == nullptr || !extra->is_object()) return false;
  const auto found = extra->find(name);
  return found != extra->end() && !found->is_null();
}

void check_staging_account(ObjectReader& restore, std::string_view type) {
  const bool by_key = is_given(restore, "storageAccountId");
  const bool by_identity = is_given(restore, "identityBasedRestoreDetails");
  if (by_key && by_identity) {
    restore.fault("identityBasedRestoreDetails",
                  "\"storageAccountId\" and \"identityBasedRestoreDetails\" both name the staging "
                  "account; remove one of the two");
  }
  if (!by_key && !by_identity) {
    restore.fault("storageAccountId",
                  "\"storageAccountId\" is missing; " + std::string(type) +
                      " needs the staging account's ARM id, or \"identityBasedRestoreDetails\" instead");
  }
}

/// The member of a property that is an object; nullptr if the member is missing or null.
const json* inside(const ObjectReader& restore, std::string_view property, std::string_view member) {
  const json* object = restore.find(property);
  if (object == nullptr || !object->is_object()) return nullptr;
  const auto found = object->find(member);
  return found == object->end() || found->is_null() ? nullptr : &*found;
}

void check_needed_members(ObjectReader& restore) {
  for (const MemberRule& rule : needed_members()) {
    const json* object = restore.find(rule.property);
    if (object == nullptr || !object->is_object() || object->contains(rule.member)) continue;
    const Property& member = *std::ranges::find(members_of(rule.property), rule.member, &Property::name);
    restore.fault_at(child_pointer(restore.pointer_of(rule.property), rule.member),
                     in_quotes(rule.member) + " is missing; expected " + expected_of(member));
  }
}

/// "identityInfo" names the identity of the vault that reaches the staging account. The account is in
/// "storageAccountId" or, in newer requests, in "identityBasedRestoreDetails"; Azure was observed to accept
/// "identityInfo" with either.
void check_identity(ObjectReader& restore) {
  const json* info = restore.find("identityInfo");
  if (info == nullptr || !info->is_object()) return;
  const json* system = inside(restore, "identityInfo", "isSystemAssignedIdentity");
  const bool is_system = system != nullptr && *system == true;
  const bool is_user = inside(restore, "identityInfo", "managedIdentityResourceId") != nullptr;
  if (is_system == is_user) {
    restore.fault("identityInfo", std::string(is_system ? "names two identities" : "names no identity") +
                                      "; expected either \"isSystemAssignedIdentity\": true or "
                                      "\"managedIdentityResourceId\"");
  }
}

void check_disk_access(ObjectReader& restore) {
  constexpr std::string_view settings = "targetDiskNetworkAccessSettings";
  const json* option = inside(restore, settings, "targetDiskNetworkAccessOption");
  const bool is_private = option != nullptr && *option == "EnablePrivateAccessForAllDisks";
  const bool has_access = inside(restore, settings, "targetDiskAccessId") != nullptr;
  const std::string place = child_pointer(restore.pointer_of(settings), "targetDiskAccessId");
  if (is_private && !has_access) {
    restore.fault_at(place,
                     "\"targetDiskAccessId\" is missing; EnablePrivateAccessForAllDisks needs the ARM id of the disk "
                     "access to use");
  }
  if (option != nullptr && !is_private && has_access) {
    restore.fault_at(place,
                     "only EnablePrivateAccessForAllDisks uses \"targetDiskAccessId\"; remove it or set it to null");
  }
}

/// The type of the request must match the one property that requires another type (azure-backup-api.md 3.2).
void check_object_type(ObjectReader& restore) {
  constexpr std::string_view rehydrating = "IaasVMRestoreWithRehydrationRequest";
  const json* type = restore.find("objectType");
  if (type == nullptr || !type->is_string()) return;
  const bool is_given_info = is_given(restore, "recoveryPointRehydrationInfo");
  const bool is_rehydrating = *type == rehydrating;
  if (is_rehydrating && !is_given_info) {
    restore.fault(
        "objectType",
        "IaasVMRestoreWithRehydrationRequest needs \"recoveryPointRehydrationInfo\"; remove \"objectType\" and add "
        "\"rehydration\" at the top level of the file");
  }
  if (!is_rehydrating && is_given_info) {
    restore.fault(
        "objectType",
        "with \"recoveryPointRehydrationInfo\" the type is IaasVMRestoreWithRehydrationRequest; remove \"objectType\"");
  }
}

void check_type(ObjectReader& restore, RecoveryType type) {
  const std::string type_name(to_text(type));
  check_staging_account(restore, type_name);
  for (const PropertyRule& rule : needed_properties()) {
    if (rule.type != type || is_given(restore, rule.name)) continue;
    restore.fault(rule.name,
                  in_quotes(rule.name) + " is missing; " + type_name + " needs " + expected_of(property_of(rule.name)));
  }
  for (const PropertyRule& rule : forbidden_properties()) {
    if (rule.type != type || !restore.has_value(rule.name)) continue;
    restore.fault(rule.name, type_name + " does not accept " + in_quotes(rule.name) + "; remove it or set it to null");
  }
}

}  // namespace

void check_property_rules(ObjectReader& restore, std::optional<RecoveryType> type) {
  check_needed_members(restore);
  check_identity(restore);
  check_disk_access(restore);
  check_object_type(restore);
  if (type) check_type(restore, *type);
}

}  // namespace azrestored
