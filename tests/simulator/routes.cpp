// See routes.hpp. The path below the vault is matched against a table of patterns; "{x}" takes any one segment.
#include "routes.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace azsim {
namespace {

struct Pattern {
  std::string_view method, path;
  Route route;
};

constexpr std::string_view vault_path =
    "subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.RecoveryServices/vaults/{vault}";
constexpr std::string_view item_path = "backupFabrics/Azure/protectionContainers/{container}/protectedItems/{item}";

constexpr std::string_view location_path =
    "subscriptions/{subscription}/providers/Microsoft.RecoveryServices/locations/{region}";

constexpr std::string_view storage_path =
    "subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Storage/storageAccounts/{account}";
constexpr std::string_view classic_storage_path =
    "subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.ClassicStorage/storageAccounts/{account}";

/// Whole paths.
constexpr std::array<Pattern, 13> roots{{
    {"POST", "{tenant}/oauth2/v2.0/token", Route::token},
    {"GET", "{tenant}/v2.0/.well-known/openid-configuration", Route::openid},
    {"GET", "metadata/identity/oauth2/token", Route::imds},
    {"GET", "msi/token", Route::app_service},
    {"POST", "oauth2/token", Route::vm_extension},
    {"GET", "subscriptions", Route::subscriptions},
    {"GET", storage_path, Route::storage_account},
    {"GET", classic_storage_path, Route::classic_storage_account},
    {"GET", "_sim/report", Route::sim_report},
    {"POST", "_sim/faults", Route::sim_faults},
    {"POST", "_sim/tokens/expire", Route::sim_expire_tokens},
    {"POST", "_sim/tokens/errors", Route::sim_token_errors},
    {"POST", "_sim/reset-counters", Route::sim_reset_counters},
}};
/// Below the vault.
constexpr std::array<Pattern, 16> below_vault{{
    {"GET", "", Route::vault},
    {"GET", "backupResourceGuardProxies", Route::guard_proxies},
    {"GET", "providers/Microsoft.Authorization/permissions", Route::permissions},
    {"GET", "backupProtectionContainers", Route::containers},
    {"GET", "backupEncryptionConfigs/backupResourceEncryptionConfig", Route::encryption_config},
    {"POST", "backupValidateOperation", Route::validate},
    {"POST", "backupTriggerValidateOperation", Route::trigger_validate},
    {"GET", "backupValidateOperationsStatuses/{operation}", Route::validate_status},
    {"GET", "backupValidateOperationResults/{operation}", Route::validate_result},
    {"GET", "backupProtectedItems", Route::items},
    {"GET", "backupOperations/{operation}", Route::backup_operations},
    {"GET", "backupJobs", Route::jobs},
    {"GET", "backupJobs/{job}", Route::job},
    {"POST", "backupJobs/{job}/cancel", Route::cancel},
    {"GET", "backupJobs/{job}/operationsStatus/{operation}", Route::job_operations_status},
    {"GET", "backupJobs/{job}/operationResults/{operation}", Route::job_operation_results},
}};
/// Below the item.
constexpr std::array<Pattern, 7> below_item{{
    {"GET", "", Route::item},
    {"GET", "recoveryPoints", Route::points},
    {"GET", "recoveryPoints/{point}", Route::point},
    {"POST", "recoveryPoints/{point}/restore", Route::restore},
    {"POST", "recoveryPoints/{point}/accessToken", Route::access_token},
    {"GET", "operationsStatus/{operation}", Route::operations_status},
    {"GET", "operationResults/{operation}", Route::operation_results},
}};

/// Below a location: restores across regions (azure-backup-api.md 6).
constexpr std::array<Pattern, 6> below_location{{
    {"GET", "backupAadProperties", Route::aad_properties},
    {"POST", "backupCrossRegionRestore", Route::crr_restore},
    {"GET", "backupCrrOperationsStatus/{operation}", Route::crr_status},
    {"GET", "backupCrrOperationResults/{operation}", Route::crr_result},
    {"POST", "backupCrrJob", Route::crr_job},
    {"POST", "backupCrrJobs", Route::crr_jobs},
}};

std::string* place_of(RouteMatch& match, std::string_view name) {
  if (name == "{tenant}") return &match.tenant;
  if (name == "{subscription}") return &match.subscription;
  if (name == "{region}") return &match.region;
  if (name == "{group}") return &match.group;
  if (name == "{vault}") return &match.vault;
  if (name == "{container}") return &match.container;
  if (name == "{item}") return &match.item;
  if (name == "{point}") return &match.point;
  if (name == "{job}") return &match.job;
  if (name == "{account}") return &match.account;
  return &match.operation;
}

bool fits(std::string_view pattern, const std::vector<std::string>& segments, RouteMatch& match) {
  const auto parts = split(pattern, '/');
  if (parts.size() != segments.size()) return false;
  RouteMatch found = match;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].front() == '{') {
      *place_of(found, parts[i]) = segments[i];
    } else if (!same_name(parts[i], segments[i])) {
      return false;
    }
  }
  match = std::move(found);
  return true;
}

template <std::size_t N>
bool try_all(const std::array<Pattern, N>& patterns, std::string_view prefix, std::string_view method,
             RouteMatch& match) {
  for (const Pattern& pattern : patterns) {
    if (!fits(std::string(prefix) + "/" + std::string(pattern.path), match.target.segments, match)) continue;
    match.route = pattern.method == method ? pattern.route : Route::wrong_method;
    return true;
  }
  return false;
}

}  // namespace

Target parse_target(const std::string& target) {
  Target parsed;
  const std::size_t question = std::min(target.find('?'), target.size());
  parsed.query = parse_form(std::string_view(target).substr(std::min(question + 1, target.size())));
  for (const std::string& part : split(std::string_view(target).substr(0, question), '/'))
    parsed.segments.push_back(percent_decode(part, false));
  auto& segments = parsed.segments;
  if (segments.size() > 1 && same_name(segments[0], "subscriptions") && same_name(segments[1], "subscriptions"))
    segments.erase(segments.begin());
  for (const std::string& segment : segments) parsed.path += "/" + segment;
  return parsed;
}

RouteMatch classify(const std::string& method, const std::string& target) {
  RouteMatch match;
  match.target = parse_target(target);
  const std::string item_prefix = std::string(vault_path) + "/" + std::string(item_path);
  if (!try_all(roots, "", method, match) && !try_all(below_vault, vault_path, method, match) &&
      !try_all(below_location, location_path, method, match))
    try_all(below_item, item_prefix, method, match);
  return match;
}

const char* route_name(Route route) {
  switch (route) {
    case Route::token:
      return "token";
    case Route::openid:
      return "openid";
    case Route::imds:
      return "imds";
    case Route::app_service:
      return "appService";
    case Route::vm_extension:
      return "vmExtension";
    case Route::subscriptions:
      return "subscriptions";
    case Route::storage_account:
      return "storageAccount";
    case Route::classic_storage_account:
      return "classicStorageAccount";
    case Route::vault:
      return "vault";
    case Route::guard_proxies:
      return "resourceGuardProxies";
    case Route::permissions:
      return "permissions";
    case Route::containers:
      return "containers";
    case Route::encryption_config:
      return "encryptionConfig";
    case Route::validate:
      return "validateOperation";
    case Route::trigger_validate:
      return "triggerValidateOperation";
    case Route::validate_status:
      return "validateOperationsStatuses";
    case Route::validate_result:
      return "validateOperationResults";
    case Route::items:
      return "items";
    case Route::item:
      return "item";
    case Route::points:
      return "points";
    case Route::point:
      return "point";
    case Route::restore:
      return "restore";
    case Route::access_token:
      return "accessToken";
    case Route::operations_status:
      return "operationsStatus";
    case Route::operation_results:
      return "operationResults";
    case Route::backup_operations:
      return "backupOperations";
    case Route::jobs:
      return "jobs";
    case Route::job:
      return "job";
    case Route::cancel:
      return "cancel";
    case Route::job_operations_status:
      return "jobOperationsStatus";
    case Route::job_operation_results:
      return "jobOperationResults";
    case Route::aad_properties:
      return "aadProperties";
    case Route::crr_restore:
      return "crossRegionRestore";
    case Route::crr_status:
      return "crrOperationsStatus";
    case Route::crr_result:
      return "crrOperationResults";
    case Route::crr_job:
      return "crrJob";
    case Route::crr_jobs:
      return "crrJobs";
    case Route::sim_report:
      return "simReport";
    case Route::sim_faults:
      return "simFaults";
    case Route::sim_expire_tokens:
      return "simExpireTokens";
    case Route::sim_token_errors:
      return "simTokenErrors";
    case Route::sim_reset_counters:
      return "simResetCounters";
    case Route::wrong_method:
      return "wrongMethod";
    case Route::unknown:
      return "unknown";
  }
  return "unknown";
}

bool is_sign_in(Route route) {
  return route == Route::token || route == Route::openid || route == Route::imds || route == Route::app_service ||
         route == Route::vm_extension;
}

bool is_beside_backup(Route route) {
  return route == Route::subscriptions || route == Route::storage_account || route == Route::classic_storage_account;
}

bool starts_restore(Route route) {
  return route == Route::restore || route == Route::crr_restore;
}

bool is_sim(Route route) {
  return route == Route::sim_report || route == Route::sim_faults || route == Route::sim_expire_tokens ||
         route == Route::sim_token_errors || route == Route::sim_reset_counters;
}

}  // namespace azsim
