// See paths.hpp.
#include "core/wire/paths.hpp"

#include "core/http/percent_encoding.hpp"
#include "core/http/trusted_url.hpp"

namespace azrestored {

std::string vault_path(const VaultId& vault) {
  return "/subscriptions/" + percent_encode(vault.subscription) + "/resourceGroups/" +
         percent_encode(vault.resource_group) + "/providers/Microsoft.RecoveryServices/vaults/" +
         percent_encode(vault.name);
}

std::string points_path(const VaultId& vault, const ProtectedItem& item) {
  // Rows of earlier versions may have the names as Azure's list encodes them.
  return vault_path(vault) + "/backupFabrics/Azure/protectionContainers/" +
         percent_encode(decode_segments(item.container)) + "/protectedItems/" +
         percent_encode(decode_segments(item.item)) + "/recoveryPoints";
}

HttpRequest request(const char* method, const ArmTarget& target, const std::string& path, const std::string& filter) {
  HttpRequest made;
  made.method = method;
  made.url = target.endpoint + path + "?api-version=" + percent_encode(target.api_version);
  if (!filter.empty()) made.url += "&%24filter=" + percent_encode(filter);
  return made;
}

std::string region_path(const RestoreScope& place) {
  return "/subscriptions/" + percent_encode(place.vault.subscription) +
         "/providers/Microsoft.RecoveryServices/locations/" + percent_encode(place.cross_region);
}

HttpRequest post_json(const ArmTarget& target, const std::string& path, std::string body, const std::string& filter) {
  HttpRequest made = request("POST", target, path, filter);
  made.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
  made.body = std::move(body);
  return made;
}

std::string url_in(const HttpResponse& response) {
  const auto operation = response.header("Azure-AsyncOperation");
  return normalize_url(operation ? *operation : response.header("Location").value_or(""));
}

bool waits_for_another_operation(const HttpResponse& response) {
  return response.status == 409 && response.body.find("RetryableErrorDueToAnotherOperation") != std::string::npos;
}

}  // namespace azrestored
