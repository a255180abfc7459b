// UTC instants and durations in whole milliseconds, and the RFC 3339 form of instants in job files and rows. Pure.
// The text form of durations: duration.hpp. The forms of HTTP and of Azure: core/http/http_date.hpp,
// core/azure/azure_time.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/time_point.hpp"

namespace azrestored {

/// "2026-11-20T00:00:00Z", with milliseconds only if they are not zero.
std::string to_rfc3339(Instant at);

/// Parses a strict RFC 3339 time with a zone ("Z" or "+01:00").
std::optional<Instant> parse_rfc3339(std::string_view text);

}  // namespace azrestored
