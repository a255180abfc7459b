// The wait that a response asks for (azure-backup-api.md 4.5, 9.2; RFC 9110 10.2.3). Pure.
#pragma once

#include <optional>

#include "core/base/instant.hpp"
#include "core/http/message.hpp"

namespace azrestored {

/// The longest wait that a server may ask for. Longer hints are reduced to it, and the daemon logs that.
inline constexpr Millis longest_server_wait = std::chrono::hours(24);

/// The wait that the response asks for, or nullopt. Sources in this order: Retry-After in seconds or as an HTTP-date
/// (relative to the response's Date, or to `now` without one); retry-after-ms or x-ms-retry-after-ms; the seconds in
/// ARM's sentence "Please try again after 'N' seconds" (azure-backup-api.md 9.2).
std::optional<Millis> server_hint(const HttpResponse& response, Instant now);

}  // namespace azrestored
