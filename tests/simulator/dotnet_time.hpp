// Time as the service writes it: 100-nanosecond ticks and the spellings in azure-backup-api.md (2.2, 2.3,
// 4.4, 5.4, 5.5, 13). Pure functions; only `wall_clock` reads a clock. Everything is UTC.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <ratio>
#include <string>
#include <string_view>

namespace azsim {

using Ticks = std::chrono::duration<std::int64_t, std::ratio<1, 10'000'000>>;
using Instant = std::chrono::sys_time<Ticks>;

[[nodiscard]] Instant wall_clock();
[[nodiscard]] Ticks ticks_of_seconds(double seconds);

/// "2026-11-19T22:00:00.1234567Z"; trailing zeros of the fraction are dropped, as the service does.
[[nodiscard]] std::string iso_utc(Instant at);
/// "11/19/2026 10:00:00 PM", the form of property bags.
[[nodiscard]] std::string us_text(Instant at);
/// "Thu, 19 Nov 2026 22:00:00 GMT", the form of HTTP headers.
[[nodiscard]] std::string http_date(Instant at);
/// "20261119T220000Z", the form inside x-ms-routing-request-id.
[[nodiscard]] std::string compact_utc(Instant at);
/// Ticks since the year 1, the `t` of signed addresses.
[[nodiscard]] std::int64_t dotnet_ticks(Instant at);
[[nodiscard]] std::int64_t epoch_seconds(Instant at);

/// "PT38M52.9043123S".
[[nodiscard]] std::string iso_duration(Ticks length);
/// "00:38:52.9043123", the spelling of api-versions before 2018.
[[nodiscard]] std::string clock_duration(Ticks length);

/// "2026-11-19T22:00:00[.fraction][Z]".
[[nodiscard]] std::optional<Instant> parse_iso(std::string_view text);
/// "2026-11-19 10:00:00 PM": the 12-hour form of $filter (azure-backup-api.md 2.2); hour 00 counts as 12
/// (azure-backup-api.md 5.2).
[[nodiscard]] std::optional<Instant> parse_filter_date(std::string_view text);

}  // namespace azsim
