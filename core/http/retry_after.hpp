// How long a server asks to wait (API.md 4.5, 9.2; RFC 9110 10.2.3). Pure.
#pragma once

#include <optional>

#include "core/base/instant.hpp"
#include "core/http/message.hpp"

namespace azrestored {

/// A server may ask for this much at most; longer hints are cut, and the daemon logs that it did.
inline constexpr Millis longest_server_wait = std::chrono::hours(24);

/// What the server asked for: Retry-After in seconds or as an HTTP-date (counted from `now`), else retry-after-ms or
/// x-ms-retry-after-ms, else the seconds in ARM's own sentence "Please try again after 'N' seconds" (API.md 9.2).
std::optional<Millis> server_hint(const HttpResponse& response, Instant now);

}  // namespace azrestored
