// Parses and prints the times and durations of Azure Backup (azure-backup-api.md 5.4, 12.1, 13 (2, 3)). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.hpp"

namespace azrestored {

/// Parses a time with up to 7 fractional digits, with "Z", an offset, or no zone (taken as UTC). nullopt for any other
/// text, and for a date before Azure Backup existed, such as 0001-01-01 or 2001-01-01, which means "none" or "never"
/// (azure-backup-api.md 1.4, 13 (2)).
std::optional<Instant> parse_azure_time(std::string_view text);

/// True for a time that Azure writes for "never"; false for a text that is not a time.
bool means_never(std::string_view text);

/// Parses the US form of property bags, "5/8/2025 8:38:46 AM", taken as UTC (azure-backup-api.md 5.5).
std::optional<Instant> parse_us_time(std::string_view text);

/// The form of $filter dates: "2026-11-20 09:05:00 PM", 12-hour clock, UTC, whole seconds
/// (azure-backup-api.md 2.2).
std::string to_filter_time(Instant at);

/// Parses "PT38M52.9S", "P1DT2H" or .NET's "[d.]hh:mm:ss.fffffff", each with an optional leading minus.
std::optional<Millis> parse_azure_duration(std::string_view text);

}  // namespace azrestored
