// See paths.hpp.
#include "core/wire/paths.hpp"

#include "core/http/trusted_url.hpp"

namespace azrestored {

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

HttpRequest request(const char* method, const ArmTarget& target, const std::string& path, const std::string& filter) {
  HttpRequest made;
  made.method = method;
  made.url = target.endpoint + path + "?api-version=" + encoded(target.api_version);
  if (!filter.empty()) made.url += "&%24filter=" + encoded(filter);
  return made;
}

std::string region_path(const JobPlace& place) {
  return "/subscriptions/" + encoded(place.vault.subscription) + "/providers/Microsoft.RecoveryServices/locations/" +
         encoded(place.cross_region);
}

HttpRequest post_json(const ArmTarget& target, const std::string& path, std::string body, const std::string& filter) {
  HttpRequest made = request("POST", target, path, filter);
  made.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
  made.body = std::move(body);
  return made;
}

std::string url_in(const HttpResponse& response) {
  const auto operation = response.header("Azure-AsyncOperation");
  return mend_url(operation ? *operation : response.header("Location").value_or(""));
}

bool waits_for_another_operation(const HttpResponse& response) {
  return response.status == 409 && response.body.find("RetryableErrorDueToAnotherOperation") != std::string::npos;
}

}  // namespace azrestored
