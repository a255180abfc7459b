// The call of a request: method and target become a Route with the names in the path. Grammar: azure-backup-api.md 0 to
// 8. As tolerant as the service: names without case, `%3B` and `;` alike, doubled slashes and the doubled
// `/subscriptions/` prefix of old Location headers collapsed (azure-backup-api.md 1.3, 4.3).
#pragma once

#include <string>
#include <vector>

#include "http_message.hpp"

namespace azsim {

enum class Route {
  token,
  openid,
  imds,  // of Arc too
  app_service,
  vm_extension,
  subscriptions,
  storage_account,
  classic_storage_account,
  vault,
  guard_proxies,
  permissions,
  containers,
  encryption_config,
  validate,
  trigger_validate,
  validate_status,
  validate_result,
  items,
  item,
  points,
  point,
  restore,
  access_token,
  operations_status,
  operation_results,
  backup_operations,
  jobs,
  job,
  cancel,
  job_operations_status,
  job_operation_results,
  aad_properties,
  crr_restore,
  crr_status,
  crr_result,
  crr_job,
  crr_jobs,
  sim_report,
  sim_faults,
  sim_expire_tokens,
  sim_token_errors,
  sim_reset_counters,
  wrong_method,
  unknown
};

struct Target {
  std::string path;                   // decoded, slashes and prefix collapsed
  std::vector<std::string> segments;  // of path
  Pairs query;
};

struct RouteMatch {
  Route route = Route::unknown;
  Target target;
  std::string tenant, subscription, region, group, vault, container, item, point, job, operation, account;
};

[[nodiscard]] Target parse_target(const std::string& target);
[[nodiscard]] RouteMatch classify(const std::string& method, const std::string& target);
[[nodiscard]] const char* route_name(Route route);
/// Calls of the endpoints that issue tokens.
[[nodiscard]] bool is_sign_in(Route route);
/// Calls of Resource Manager that concern no vault.
[[nodiscard]] bool is_beside_backup(Route route);
/// Calls that start a restore if nothing fails.
[[nodiscard]] bool starts_restore(Route route);
/// The simulator's own calls: never counted, never affected by a fault.
[[nodiscard]] bool is_sim(Route route);

}  // namespace azsim
