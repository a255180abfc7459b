#include "core/azure/azure_time.hpp"

#include <array>
#include <cstdio>

#include "core/base/duration.hpp"
#include "core/base/scanner.hpp"

namespace azrestored {

using namespace std::chrono;

namespace {

/// Azure Backup did not exist before. 0001-01-01 and 2001-01-01 stand for "never", also with an offset.
constexpr Instant first_real_time = Instant(sys_days(year(2010) / 1 / 1));

/// .NET's "[d.]hh:mm:ss[.fffffff]"
std::optional<Millis> parse_net_duration(Scanner in) {
  Millis total{0};
  auto first = in.number(1, 10);
  if (!first) return std::nullopt;
  if (in.literal('.')) {
    total += days(*first);
    first = in.number(2, 2);
    if (!first) return std::nullopt;
  }
  if (!in.literal(':')) return std::nullopt;
  const auto mi = in.number(2, 2);
  if (!mi || !in.literal(':')) return std::nullopt;
  const auto s = in.number(2, 2);
  if (!s || *first > 23 || *mi > 59 || *s > 59) return std::nullopt;
  total += hours(*first) + minutes(*mi) + seconds(*s);
  if (in.literal('.')) {
    const auto fraction = in.fraction();
    if (!fraction) return std::nullopt;
    total += *fraction;
  }
  return in.done() ? std::optional(total) : std::nullopt;
}

}  // namespace

std::optional<Instant> parse_azure_time(std::string_view text) {
  const auto at = parse_iso_time(text, Zone::optional);
  if (!at || *at < first_real_time) return std::nullopt;
  return at;
}

bool means_never(std::string_view text) {
  const auto at = parse_iso_time(text, Zone::optional);
  return at && *at < first_real_time;
}

std::optional<Instant> parse_us_time(std::string_view text) {
  Scanner in(text);
  const auto mo = in.number(1, 2);
  if (!mo || !in.literal('/')) return std::nullopt;
  const auto d = in.number(1, 2);
  if (!d || !in.literal('/')) return std::nullopt;
  const auto y = in.number(4, 4);
  if (!y || !in.literal(' ')) return std::nullopt;
  auto time = scan_time_of_day(in, 1);
  if (!time || !in.literal(' ')) return std::nullopt;
  const auto half = in.word();
  if (!in.done() || time->h < 1 || time->h > 12 || (half != "AM" && half != "PM")) return std::nullopt;
  const long long hour = time->h % 12 + (half == "PM" ? 12 : 0);
  return make_instant(*y, *mo, *d, hour, time->mi, time->s, Millis(0));
}

std::string to_filter_time(Instant at) {
  const auto [date, time] = to_calendar(at);
  const int hour = static_cast<int>(time.hours().count());
  std::array<char, 32> out{};
  const int n = std::snprintf(out.data(), out.size(), "%04d-%02u-%02u %02d:%02d:%02d %s", static_cast<int>(date.year()),
                              static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                              hour % 12 == 0 ? 12 : hour % 12, static_cast<int>(time.minutes().count()),
                              static_cast<int>(time.seconds().count()), hour < 12 ? "AM" : "PM");
  return std::string(out.data(), static_cast<std::size_t>(n));
}

std::optional<Millis> parse_azure_duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const auto length = text.starts_with('P') ? parse_iso_duration(text) : parse_net_duration(Scanner(text));
  if (!length) return std::nullopt;
  return negative ? -*length : *length;
}

}  // namespace azrestored
