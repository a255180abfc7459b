// See state_file.hpp: the state as a whole, and its vaults.
#include "state_file.hpp"

#include <fstream>
#include <set>
#include <sstream>
#include <utility>

#include "state_reader.hpp"
#include "text.hpp"

namespace azsim {

void fail(const std::string& path, const std::string& sentence) {
  throw StateError((path.empty() ? "the state file" : path) + ": " + sentence);
}

namespace {

/// The default operations of a guard: more than the restore, and the restore is not the first.
std::vector<GuardedOperation> usual_operations(const std::string& guard) {
  const std::string vaults = "Microsoft.RecoveryServices/vaults/";
  const std::string item = vaults + "backupFabrics/protectionContainers/protectedItems/";
  return {{item + "delete", guard + "/deleteProtectedItemRequests/default"},
          {vaults + "backupResourceGuardProxies/delete", guard + "/deleteResourceGuardProxyRequests/default"},
          {item + "recoveryPoints/restore/action", guard + "/triggerRestoreRequests/default"},
          {item + "write", guard + "/updateProtectedItemRequests/default"}};
}

GuardSpec read_guard(const Json& json, const std::string& path) {
  Reader in(json, path);
  GuardSpec guard;
  guard.id = in.required_text("id");
  in.optional_text("tenant", guard.tenant);
  if (in.find("operations") == nullptr) guard.operations = usual_operations(guard.id);
  in.each("operations", [&](const Json& value, const std::string& where) {
    Reader operation(value, where);
    guard.operations.push_back(
        {operation.required_text("vaultCriticalOperation"), operation.required_text("defaultResourceRequest")});
    operation.finish();
  });
  in.finish();
  return guard;
}

PermissionSpec read_permission(const Json& json, const std::string& path) {
  Reader in(json, path);
  PermissionSpec permission;
  in.optional_texts("actions", permission.actions);
  in.optional_texts("notActions", permission.not_actions);
  in.finish();
  return permission;
}

/// The properties of a vault in `GET V`, and its guards.
void read_facts(Reader& in, VaultSpec& vault) {
  if (const Json* identity = in.find("identity")) {
    Reader identity_in(*identity, in.where("identity"));
    identity_in.optional_flag("systemAssigned", vault.system_identity);
    identity_in.optional_texts("userAssigned", vault.user_identities);
    identity_in.finish();
  }
  in.optional_fact("redundancy", vault.redundancy);
  in.optional_fact("crossRegionRestore", vault.cross_region);
  in.optional_fact("crossSubscriptionRestore", vault.cross_subscription);
  in.each("resourceGuards",
          [&](const Json& value, const std::string& where) { vault.guards.push_back(read_guard(value, where)); });
  if (!vault.guards.empty()) vault.multi_user = "Enabled";
  in.optional_fact("multiUserAuthorization", vault.multi_user);
}

VaultSpec read_vault(const Json& json, const std::string& path) {
  Reader in(json, path);
  VaultSpec vault;
  vault.id = in.required_text("id");
  if (!starts_with_name(vault.id, "/subscriptions/") || segment_after(vault.id, "resourceGroups").empty() ||
      segment_after(vault.id, "vaults").empty() || split(vault.id, '/').size() != 8)
    fail(in.where("id"), "must be the ARM id of a Recovery Services vault");
  vault.location = in.required_text("location");
  in.optional_text("secondaryRegion", vault.secondary_region);
  read_facts(in, vault);
  in.optional_texts("tenants", vault.tenants);
  in.each(
      "permissions",
      [&](const Json& value, const std::string& where) { vault.permissions.push_back(read_permission(value, where)); },
      [&] { vault.permissions.clear(); });
  std::set<std::string> names;
  in.each("items", [&](const Json& value, const std::string& where) {
    vault.items.push_back(read_item(value, where));
    if (!names.insert(lower(vault.items.back().item)).second) fail(where, "has the item name of another item");
  });
  in.each("otherItems", [&](const Json& value, const std::string& where) {
    if (!value.is_object()) fail(where, "must be a JSON object");
    vault.other_items.push_back(value);
  });
  in.finish();
  return vault;
}

Json parse_json(const std::string& text) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    fail("", std::string("is not JSON: ") + error.what());
  }
}

}  // namespace

State parse_state(const std::string& text) {
  const Json json = parse_json(text);
  Reader in(json, "");
  State state;
  if (in.find("vaults") == nullptr) fail("vaults", "is required");
  std::set<std::string> ids;
  in.each("vaults", [&](const Json& value, const std::string& where) {
    state.vaults.push_back(read_vault(value, where));
    if (!ids.insert(lower(state.vaults.back().id)).second) fail(where, "has the id of another vault");
  });
  read_sign_in(in, state);
  in.finish();
  return state;
}

std::vector<TokenError> parse_token_errors(const std::string& text) {
  const Json json = parse_json(text);
  Reader in(json, "");
  std::vector<TokenError> errors;
  in.each("tokenErrors",
          [&](const Json& value, const std::string& where) { errors.push_back(read_token_error(value, where)); });
  in.finish();
  return errors;
}

State read_state_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw StateError(path + ": cannot be opened");
  std::ostringstream text;
  text << file.rdbuf();
  try {
    return parse_state(text.str());
  } catch (const StateError& error) {
    throw StateError(path + ": " + error.what());
  }
}

}  // namespace azsim
