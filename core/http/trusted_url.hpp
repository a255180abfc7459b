// Which URLs of the service's answers may be followed: a bearer token is sent to them (API.md 4.3). Pure.
#pragma once

#include <string>
#include <string_view>

namespace azrestored {

/// True when `url` has the scheme and port of `endpoint` and its host or a sub-domain of it, and names no user.
/// Regional hosts such as https://westus.management.azure.com are sub-domains.
bool is_trusted_url(std::string_view endpoint, std::string_view url);

/// The URL with a doubled "/subscriptions//subscriptions/" or "/subscriptions//" collapsed, as the service was seen to
/// send them; everything else verbatim.
std::string mend_url(std::string_view url);

}  // namespace azrestored
