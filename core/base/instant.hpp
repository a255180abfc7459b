// Time as the project knows it: UTC instants and durations in whole milliseconds, and the form in which people and rows write
// instants. Pure. Durations: duration.hpp. The forms of HTTP and of Azure: core/http/http_date.hpp, core/azure/azure_time.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/time_point.hpp"

namespace azrestored {

/// "2026-11-20T00:00:00Z", with milliseconds only when there are any.
std::string to_rfc3339(Instant at);

/// A strict RFC 3339 time with a zone ("Z" or "+01:00"), as people write it in job files.
std::optional<Instant> parse_rfc3339(std::string_view text);

}  // namespace azrestored
