// Time as the project knows it: UTC instants and durations in whole milliseconds, and every way they are written.
// Pure. The written forms met in answers of the service are listed in API.md 5.4, 12.1 and 13 (2, 3).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace azrestored {

using Millis = std::chrono::milliseconds;
using Instant = std::chrono::sys_time<Millis>;

/// "2026-11-20T00:00:00Z", with milliseconds only when there are any.
std::string to_rfc3339(Instant at);

/// A strict RFC 3339 time with a zone ("Z" or "+01:00"), as people write it in job files.
std::optional<Instant> parse_rfc3339(std::string_view text);

/// A time as the service writes it: up to 7 fractional digits, with "Z", an offset, or no zone (taken as UTC).
/// The minimum date 0001-01-01 means "none" and gives nullopt, as does anything unreadable (API.md 13 (2)).
std::optional<Instant> parse_azure_time(std::string_view text);

/// The US form of property bags, "5/8/2025 8:38:46 AM", taken as UTC (API.md 5.5).
std::optional<Instant> parse_us_time(std::string_view text);

/// The form of $filter dates: "2026-11-20 09:05:00 PM", 12-hour clock, UTC, whole seconds (API.md 2.2).
std::string to_filter_time(Instant at);

/// An HTTP-date in any of the three forms of RFC 9110 5.6.7.
std::optional<Instant> parse_http_date(std::string_view text);

/// A duration as the service writes it: "PT38M52.9S", "P1DT2H", a leading minus, or .NET's "[d.]hh:mm:ss.fffffff".
std::optional<Millis> parse_azure_duration(std::string_view text);

/// A duration as people write it in settings and job files: a whole number and a unit, "250ms", "30s", "5m", "36h",
/// "2d". Nothing else, no sign, at most 3650 days.
std::optional<Millis> parse_duration(std::string_view text);

/// The inverse of parse_duration, in the largest unit that divides it: "5m".
std::string to_duration(Millis duration);

/// For people: the two largest units, "1h 12m", "45s".
std::string to_age(Millis duration);

}  // namespace azrestored
