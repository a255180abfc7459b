// Builds the requests (azure-backup-api.md 0, 1.4, 2.1, 3.1, 3.6, 5.1, 6 g).
#include <nlohmann/json.hpp>

#include "core/azure/azure_time.hpp"
#include "core/http/percent_encoding.hpp"
#include "core/wire/paths.hpp"
#include "core/wire/requests.hpp"

namespace azrestored {

HttpRequest get_vault(const ArmTarget& target, const VaultId& vault) {
  return request("GET", target, vault_path(vault));
}

HttpRequest list_items(const ArmTarget& target, const VaultId& vault) {
  return request("GET", target, vault_path(vault) + "/backupProtectedItems",
                 "backupManagementType eq 'AzureIaasVM' and itemType eq 'VM'");
}

HttpRequest list_points(const ArmTarget& target, const VaultId& vault, const ProtectedItem& item) {
  return request("GET", target, points_path(vault, item));
}

HttpRequest get_point(const ArmTarget& target, const VaultId& vault, const ProtectedItem& item,
                      const std::string& point_id) {
  return request("GET", target, points_path(vault, item) + "/" + percent_encode(point_id));
}

HttpRequest post_restore(const ArmTarget& target, const VaultId& vault, const ProtectedItem& item,
                         const std::string& point_id, const nlohmann::json& properties) {
  HttpRequest made = post_json(target, points_path(vault, item) + "/" + percent_encode(point_id) + "/restore",
                               nlohmann::json{{"properties", properties}}.dump());
  // On a kept-alive connection, a reset by a peer that closes it cannot be distinguished from a lost response.
  made.fresh_connection = true;
  return made;
}

HttpRequest list_restore_jobs(const ArmTarget& target, const RestoreScope& place, Instant from, Instant to) {
  const std::string window = " and backupManagementType eq 'AzureIaasVM' and startTime eq '" + to_filter_time(from) +
                             "' and endTime eq '" + to_filter_time(to) + "'";
  if (place.cross_region.empty()) {
    return request("GET", target, vault_path(place.vault) + "/backupJobs", "operation eq 'Restore'" + window);
  }
  const nlohmann::json body = {{"resourceId", place.vault.arm_id()}};
  return post_json(secondary_region(target), region_path(place) + "/backupCrrJobs", body.dump(),
                   "operation eq 'CrossRegionRestore'" + window);
}

HttpRequest get_job(const ArmTarget& target, const RestoreScope& place, const std::string& azure_job_id) {
  if (place.cross_region.empty())
    return request("GET", target, vault_path(place.vault) + "/backupJobs/" + percent_encode(azure_job_id));
  const nlohmann::json body = {{"resourceId", place.vault.arm_id()}, {"jobName", azure_job_id}};
  return post_json(secondary_region(target), region_path(place) + "/backupCrrJob", body.dump());
}

HttpRequest post_cancel(const ArmTarget& target, const VaultId& vault, const std::string& azure_job_id) {
  return request("POST", target, vault_path(vault) + "/backupJobs/" + percent_encode(azure_job_id) + "/cancel");
}

HttpRequest list_guards(const ArmTarget& target, const VaultId& vault) {
  return request("GET", target, vault_path(vault) + "/backupResourceGuardProxies");
}

}  // namespace azrestored
