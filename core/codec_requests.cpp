// What we want, as HTTP requests (API.md 0, 1.3, 1.4, 2.1, 3.1, 5.1).
#include <nlohmann/json.hpp>

#include "core/codec.hpp"

namespace azrestored {
namespace {

/// One path segment or query value: everything but RFC 3986's unreserved characters is encoded, as Microsoft's own
/// clients do with the semicolons of item names.
std::string encoded(std::string_view text) {
  static constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                            c == '.' || c == '_' || c == '~';
    if (unreserved) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out.append("%").append(1, hex[byte >> 4U]).append(1, hex[byte & 15U]);
    }
  }
  return out;
}

std::string vault_path(const VaultId& vault) {
  return "/subscriptions/" + encoded(vault.subscription) + "/resourceGroups/" + encoded(vault.resource_group) +
         "/providers/Microsoft.RecoveryServices/vaults/" + encoded(vault.name);
}

std::string points_path(const VaultId& vault, const ProtectedItem& item) {
  return vault_path(vault) + "/backupFabrics/Azure/protectionContainers/" + encoded(item.container) +
         "/protectedItems/" + encoded(item.item) + "/recoveryPoints";
}

HttpRequest request(const char* method, const ArmTarget& target, const std::string& path,
                    const std::string& filter = "") {
  HttpRequest made;
  made.method = method;
  made.url = target.endpoint + path + "?api-version=" + encoded(target.api_version);
  if (!filter.empty()) made.url += "&%24filter=" + encoded(filter);
  return made;
}

}  // namespace

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
  return request("GET", target, points_path(vault, item) + "/" + encoded(point_id));
}

HttpRequest post_restore(const ArmTarget& target, const VaultId& vault, const ProtectedItem& item,
                         const std::string& point_id, const nlohmann::json& properties) {
  HttpRequest made = request("POST", target, points_path(vault, item) + "/" + encoded(point_id) + "/restore");
  made.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
  made.body = nlohmann::json{{"properties", properties}}.dump();
  // On a connection kept alive, a reset just as the peer closes it could not be told from a lost answer.
  made.fresh_connection = true;
  return made;
}

HttpRequest list_restore_jobs(const ArmTarget& target, const VaultId& vault, Instant from, Instant to) {
  return request("GET", target, vault_path(vault) + "/backupJobs",
                 "operation eq 'Restore' and backupManagementType eq 'AzureIaasVM' and startTime eq '" +
                     to_filter_time(from) + "' and endTime eq '" + to_filter_time(to) + "'");
}

HttpRequest get_job(const ArmTarget& target, const VaultId& vault, const std::string& azure_job_id) {
  return request("GET", target, vault_path(vault) + "/backupJobs/" + encoded(azure_job_id));
}

HttpRequest post_cancel(const ArmTarget& target, const VaultId& vault, const std::string& azure_job_id) {
  return request("POST", target, vault_path(vault) + "/backupJobs/" + encoded(azure_job_id) + "/cancel");
}

}  // namespace azrestored
