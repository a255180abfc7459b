// See restore_shape.hpp.
#include "restore_shape.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace azsim {
namespace {

enum class Type { text, flag, integers, texts, object };

struct Member {
  std::string_view name;
  Type type;
};

constexpr std::array<Member, 26> members{{
    {"objectType", Type::text},
    {"recoveryPointId", Type::text},
    {"recoveryType", Type::text},
    {"sourceResourceId", Type::text},
    {"targetVirtualMachineId", Type::text},
    {"targetResourceGroupId", Type::text},
    {"storageAccountId", Type::text},
    {"virtualNetworkId", Type::text},
    {"subnetId", Type::text},
    {"targetDomainNameId", Type::text},
    {"affinityGroup", Type::text},
    {"region", Type::text},
    {"createNewCloudService", Type::flag},
    {"originalStorageAccountOption", Type::flag},
    {"encryptionDetails", Type::object},
    {"restoreDiskLunList", Type::integers},
    {"restoreWithManagedDisks", Type::flag},
    {"diskEncryptionSetId", Type::text},
    {"zones", Type::texts},
    {"identityInfo", Type::object},
    {"identityBasedRestoreDetails", Type::object},
    {"extendedLocation", Type::object},
    {"securedVMDetails", Type::object},
    {"targetDiskNetworkAccessSettings", Type::object},
    {"resourceGuardOperationRequests", Type::texts},
    {"recoveryPointRehydrationInfo", Type::object},
}};

template <class Test>
bool all_are(const Json& list, Test test) {
  return list.is_array() && std::all_of(list.begin(), list.end(), test);
}

bool has_type(const Json& value, Type type) {
  switch (type) {
    case Type::text:
      return value.is_string();
    case Type::flag:
      return value.is_boolean();
    case Type::integers:
      return all_are(value, [](const Json& entry) { return entry.is_number_integer(); });
    case Type::texts:
      return all_are(value, [](const Json& entry) { return entry.is_string(); });
    case Type::object:
      return value.is_object();
  }
  return false;
}

Verdict check_nested(const Json& p) {
  const std::vector<std::pair<std::string_view, std::vector<std::string_view>>> nested{
      {"encryptionDetails", {"encryptionEnabled", "kekUrl", "secretKeyUrl", "kekVaultId", "secretKeyVaultId"}},
      {"identityInfo", {"isSystemAssignedIdentity", "managedIdentityResourceId"}},
      {"identityBasedRestoreDetails", {"objectType", "targetStorageAccountId"}},
      {"extendedLocation", {"name", "type"}},
      {"securedVMDetails", {"securedVMOsDiskEncryptionSetId"}},
      {"targetDiskNetworkAccessSettings", {"targetDiskNetworkAccessOption", "targetDiskAccessId"}},
      {"recoveryPointRehydrationInfo", {"rehydrationRetentionDuration", "rehydrationPriority"}}};
  for (const auto& [name, known] : nested) {
    const Json* object = find(p, name);
    if (object == nullptr) continue;
    if (auto wrong = only_members(*object, std::string(name), known)) return wrong;
  }
  return std::nullopt;
}

}  // namespace

std::string in_quotes(std::string_view name) {
  std::string text;
  text += '\'';
  text += name;
  text += '\'';
  return text;
}

Verdict bad_input(std::string message) {
  return Refusal{"BMSUserErrorInvalidInput", std::move(message)};
}

Verdict only_members(const Json& object, const std::string& where, const std::vector<std::string_view>& known) {
  for (const auto& [name, value] : object.items()) {
    const std::string_view seen = name;
    if (std::find(known.begin(), known.end(), seen) == known.end())
      return bad_input(in_quotes(where) + " has no member " + in_quotes(name) + ".");
  }
  return std::nullopt;
}

Verdict check_envelope(const Json& body) {
  if (!body.is_object()) return bad_input("The body must be a JSON object.");
  if (auto wrong = only_members(body, "body", {"properties", "location", "tags", "eTag"})) return wrong;
  if (find(body, "properties") == nullptr || !body.at("properties").is_object())
    return bad_input("The body must contain an object 'properties'.");
  return std::nullopt;
}

Verdict check_shape(const Json& order) {
  for (const auto& [name, value] : order.items()) {
    const std::string_view seen = name;
    const auto* known = std::find_if(members.begin(), members.end(), [&](const Member& m) { return m.name == seen; });
    if (known == members.end()) return bad_input("A restore request has no member " + in_quotes(name) + ".");
    if (!value.is_null() && !has_type(value, known->type))
      return bad_input(in_quotes(name) + " has the wrong JSON type.");
  }
  return check_nested(order);
}

const Json* find(const Json& object, std::string_view name) {
  const auto it = object.find(std::string(name));
  return it == object.end() || it->is_null() ? nullptr : &*it;
}

std::string text_of(const Json& object, std::string_view name) {
  const Json* value = find(object, name);
  return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

bool flag_of(const Json& object, std::string_view name) {
  const Json* value = find(object, name);
  return value != nullptr && value->is_boolean() && value->get<bool>();
}

}  // namespace azsim
