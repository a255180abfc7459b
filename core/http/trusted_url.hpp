// Decides which URLs in responses may be followed: a bearer token is sent to them (azure-backup-api.md 4.3). Pure.
#pragma once

#include <string>
#include <string_view>

namespace azrestored {

/// True if `url` names no user, has the scheme and port of `endpoint`, and has its host or a sub-domain of it.
/// Regional hosts such as https://westus.management.azure.com are sub-domains.
bool is_trusted_url(std::string_view endpoint, std::string_view url);

/// The URL with "/subscriptions//subscriptions/" or "/subscriptions//" reduced to "/subscriptions/", without blanks
/// around it, and with an encoded path and query: Azure returns all of these (azure-backup-api.md 4.3). Everything else
/// stays verbatim. Normalizing twice changes nothing.
std::string normalize_url(std::string_view url);

/// The normalized URL. A path ("/subscriptions/...") is one of `endpoint`, as RFC 9110 10.2.2 allows in a Location.
std::string absolute_url(std::string_view endpoint, std::string_view url);

}  // namespace azrestored
