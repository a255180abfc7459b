#include "core/wire/vault.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/text.hpp"
#include "core/http/percent_encoding.hpp"
#include "core/json/lenient.hpp"
#include "core/wire/response_body.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

bool contains(std::string_view text, std::string_view part) {
  return to_lower(text).find(part) != std::string::npos;
}

/// A switch of Azure's: "Enabled", "Disabled" or "PermanentlyDisabled"; nullopt for any other word.
std::optional<bool> switch_in(const json& object, const char* name) {
  const std::string word = to_lower(text(object, name));
  if (word == "enabled") return true;
  if (word.ends_with("disabled")) return false;
  return std::nullopt;
}

/// "Microsoft.RecoveryServices/vaults/.../recoveryPoints/restore/action", with or without the last word
/// (azure-backup-api.md 3.6).
bool is_restore(std::string_view operation) {
  return to_lower(operation).ends_with("/restore/action") || contains(operation, "recoverypoints/restore");
}

}  // namespace

Result<VaultFacts> read_vault_facts(const HttpResponse& response) {
  const auto body = body_of(response);
  if (!body) return body.error();
  VaultFacts facts;
  facts.location = text(*body, "location");
  if (facts.location.empty()) return Error(ErrorKind::transient, "the vault in the response has no location");
  const json& identity = member(*body, "identity");
  facts.system_identity = contains(text(identity, "type"), "systemassigned");
  if (const json& users = member(identity, "userAssignedIdentities"); users.is_object()) {
    for (const auto& [id, details] : users.items()) facts.user_identities.push_back(decode_segments(id));
  }
  const json& properties = member(*body, "properties");
  const json& redundancy = member(properties, "redundancySettings");
  facts.redundancy = text(redundancy, "standardTierStorageRedundancy");
  facts.cross_region_restore = switch_in(redundancy, "crossRegionRestore");
  const json& cross = member(member(properties, "restoreSettings"), "crossSubscriptionRestoreSettings");
  facts.cross_subscription = switch_in(cross, "crossSubscriptionRestoreState");
  facts.guarded = switch_in(member(properties, "securitySettings"), "multiUserAuthorization");
  return facts;
}

Result<std::vector<std::string>> read_guard_requests(const HttpResponse& response) {
  const auto body = body_of(response);
  if (!body) return body.error();
  const json& proxies = member(*body, "value");
  if (!proxies.is_array()) return Error(ErrorKind::transient, "the list in the response has no member \"value\"");
  std::vector<std::string> requests;
  for (const json& proxy : proxies) {
    const json& operations = member(member(proxy, "properties"), "resourceGuardOperationDetails");
    if (!operations.is_array()) continue;
    for (const json& operation : operations) {
      std::string request = text(operation, "defaultResourceRequest");
      const bool is_new = !request.empty() && std::ranges::find(requests, request) == requests.end();
      if (is_new && is_restore(text(operation, "vaultCriticalOperation"))) requests.push_back(std::move(request));
    }
  }
  return requests;
}

}  // namespace azrestored
