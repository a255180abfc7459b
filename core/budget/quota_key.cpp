#include "core/budget/quota_key.hpp"

#include <string_view>
#include <vector>

#include "core/base/text.hpp"

namespace azrestored {
namespace {

/// The segments of the path, without empty ones, which Azure is known to send (azure-backup-api.md 4.3).
std::vector<std::string_view> segments_of(std::string_view url) {
  std::vector<std::string_view> segments;
  const auto scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("?#"));
  url.remove_prefix(std::min(url.find('/'), url.size()));  // the host
  while (!url.empty()) {
    url.remove_prefix(1);
    const auto end = std::min(url.find('/'), url.size());
    if (end > 0) segments.push_back(url.substr(0, end));
    url.remove_prefix(end);
  }
  return segments;
}

}  // namespace

std::string QuotaKey::short_name() const {
  const auto slash = action.find('/');
  std::string name = action.substr(slash == std::string::npos ? 0 : slash + 1);
  if (name.ends_with("/read")) name.resize(name.size() - 5);
  return name;
}

std::optional<QuotaKey> quota_key_of(const HttpRequest& request) {
  const auto segments = segments_of(request.url);
  std::size_t at = 0;
  while (at < segments.size() && iequals(segments[at], "subscriptions")) ++at;
  if (at == 0 || at == segments.size()) return std::nullopt;
  QuotaKey key;
  key.subscription = segments[at];
  key.is_read = request.method == "GET";
  std::size_t provider = segments.size();
  for (std::size_t i = at; i + 1 < segments.size(); ++i) {
    if (iequals(segments[i], "providers")) provider = i + 1;
  }
  if (provider < segments.size()) key.action = segments[provider];
  for (std::size_t i = provider + 1; i < segments.size(); i += 2) {
    key.action += '/';
    key.action += segments[i];
  }
  key.action += key.is_read ? "/read" : "/action";
  return key;
}

}  // namespace azrestored
