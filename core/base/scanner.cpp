#include "core/base/scanner.hpp"

namespace azrestored {

using namespace std::chrono;

namespace {

/// nullopt outside of the years 0 to 9999, where an offset or a leap second can lead: such a time could be written into
/// a row, but not parsed again.
std::optional<Instant> within_four_digits(Instant at) {
  constexpr Instant begin = sys_days(year(0) / January / 1);
  constexpr Instant end = sys_days(year(10'000) / January / 1);
  return at >= begin && at < end ? std::optional(at) : std::nullopt;
}

}  // namespace

std::optional<Instant> make_instant(long long y, long long mo, long long d, long long h, long long mi, long long s,
                                    Millis ms) {
  const year_month_day date{year(static_cast<int>(y)), month(static_cast<unsigned>(mo)), day(static_cast<unsigned>(d))};
  if (!date.ok() || h > 23 || mi > 59 || s > 60) return std::nullopt;
  return within_four_digits(time_point_cast<Millis>(sys_days(date)) + hours(h) + minutes(mi) + seconds(s) + ms);
}

std::optional<Instant> parse_iso_time(std::string_view text, Zone zone) {
  Scanner in(text);
  const auto y = in.number(4, 4);
  if (!y || !in.literal('-')) return std::nullopt;
  const auto mo = in.number(2, 2);
  if (!mo || !in.literal('-')) return std::nullopt;
  const auto d = in.number(2, 2);
  if (!d || !(in.literal('T') || in.literal('t'))) return std::nullopt;
  const auto h = in.number(2, 2);
  if (!h || !in.literal(':')) return std::nullopt;
  const auto mi = in.number(2, 2);
  if (!mi || !in.literal(':')) return std::nullopt;
  const auto s = in.number(2, 2);
  if (!s) return std::nullopt;
  Millis ms{0};
  if (in.literal('.')) {
    const auto fraction = in.fraction();
    if (!fraction) return std::nullopt;
    ms = *fraction;
  }
  auto at = make_instant(*y, *mo, *d, *h, *mi, *s, ms);
  if (!at) return std::nullopt;
  if (in.done()) return zone == Zone::optional ? at : std::nullopt;
  if (in.literal('Z') || in.literal('z')) return in.done() ? at : std::nullopt;
  const bool west = in.peek() == '-';
  if (!in.literal('+') && !in.literal('-')) return std::nullopt;
  const auto zone_h = in.number(2, 2);
  if (!zone_h || !in.literal(':')) return std::nullopt;
  const auto zone_m = in.number(2, 2);
  if (!zone_m || *zone_h > 23 || *zone_m > 59 || !in.done()) return std::nullopt;
  const minutes offset = hours(*zone_h) + minutes(*zone_m);
  return within_four_digits(west ? *at + offset : *at - offset);
}

std::optional<TimeOfDay> scan_time_of_day(Scanner& in, std::size_t least_hour_digits) {
  const auto h = in.number(least_hour_digits, 2);
  if (!h || !in.literal(':')) return std::nullopt;
  const auto mi = in.number(2, 2);
  if (!mi || !in.literal(':')) return std::nullopt;
  const auto s = in.number(2, 2);
  if (!s) return std::nullopt;
  return TimeOfDay{*h, *mi, *s};
}

CalendarTime to_calendar(Instant at) {
  const auto midnight = floor<days>(at);
  return {year_month_day(midnight), hh_mm_ss<Millis>(at - midnight)};
}

}  // namespace azrestored
