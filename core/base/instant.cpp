#include "core/base/instant.hpp"

#include <array>
#include <cctype>
#include <charconv>
#include <cstdio>

namespace azrestored {
namespace {

using namespace std::chrono;

/// Reads a text from left to right; every step says whether it succeeded.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }
  [[nodiscard]] char peek() const { return rest_.empty() ? '\0' : rest_.front(); }

  bool literal(char wanted) {
    if (peek() != wanted || rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// `least` to `most` digits.
  std::optional<long long> number(std::size_t least, std::size_t most) {
    std::size_t count = 0;
    while (count < rest_.size() && count < most && std::isdigit(static_cast<unsigned char>(rest_[count])) != 0) ++count;
    if (count < least) return std::nullopt;
    long long value = 0;
    std::from_chars(rest_.data(), rest_.data() + count, value);
    rest_.remove_prefix(count);
    return value;
  }

  /// Digits after a decimal point as milliseconds; whatever is finer is cut.
  std::optional<Millis> fraction() {
    long long value = 0;
    int digits = 0;
    while (std::isdigit(static_cast<unsigned char>(peek())) != 0) {
      if (digits < 3) value = value * 10 + (peek() - '0');
      ++digits;
      rest_.remove_prefix(1);
    }
    if (digits == 0) return std::nullopt;
    for (int i = digits; i < 3; ++i) value *= 10;
    return Millis(value);
  }

  std::string_view word() {
    std::size_t count = 0;
    while (count < rest_.size() && std::isalpha(static_cast<unsigned char>(rest_[count])) != 0) ++count;
    const std::string_view found = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return found;
  }

  void spaces() {
    while (peek() == ' ') rest_.remove_prefix(1);
  }

 private:
  std::string_view rest_;
};

/// The years that all written forms have, four digits: a time beyond them, which an offset or a leap second can lead
/// to, could be written into a row but not read again.
std::optional<Instant> within_four_digits(Instant at) {
  constexpr Instant begin = sys_days(year(0) / January / 1);
  constexpr Instant end = sys_days(year(10'000) / January / 1);
  return at >= begin && at < end ? std::optional(at) : std::nullopt;
}

std::optional<Instant> make(long long y, long long mo, long long d, long long h, long long mi, long long s, Millis ms) {
  const year_month_day date{year(static_cast<int>(y)), month(static_cast<unsigned>(mo)), day(static_cast<unsigned>(d))};
  if (!date.ok() || h > 23 || mi > 59 || s > 60) return std::nullopt;
  return within_four_digits(time_point_cast<Millis>(sys_days(date)) + hours(h) + minutes(mi) + seconds(s) + ms);
}

enum class Zone { required, optional };

/// yyyy-mm-ddThh:mm:ss[.f][Z|±hh:mm]
std::optional<Instant> parse_iso(std::string_view text, Zone zone) {
  Reader in(text);
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
  auto at = make(*y, *mo, *d, *h, *mi, *s, ms);
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

constexpr std::array<std::string_view, 12> month_names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<long long> month_number(std::string_view name) {
  for (std::size_t i = 0; i < month_names.size(); ++i) {
    if (month_names[i] == name) return static_cast<long long>(i) + 1;
  }
  return std::nullopt;
}

struct TimeOfDay {
  long long h, mi, s;
};

std::optional<TimeOfDay> clock_time(Reader& in, std::size_t least_hour_digits) {
  const auto h = in.number(least_hour_digits, 2);
  if (!h || !in.literal(':')) return std::nullopt;
  const auto mi = in.number(2, 2);
  if (!mi || !in.literal(':')) return std::nullopt;
  const auto s = in.number(2, 2);
  if (!s) return std::nullopt;
  return TimeOfDay{*h, *mi, *s};
}

struct Parts {
  year_month_day date;
  hh_mm_ss<Millis> time;
};

Parts split(Instant at) {
  const auto midnight = floor<days>(at);
  return {year_month_day(midnight), hh_mm_ss<Millis>(at - midnight)};
}

/// More than any duration of the service's; keeps sums of numbers of any length from overflowing.
constexpr Millis longest_duration = days(1'000'000);

/// "PT38M52.9S", "P1DT2H"; months and years are not durations of a known length and are refused.
std::optional<Millis> parse_iso_duration(Reader in) {
  if (!in.literal('P')) return std::nullopt;
  Millis total{0};
  bool in_time = false;
  bool any = false;
  while (!in.done()) {
    if (in.literal('T')) {
      if (in_time) return std::nullopt;
      in_time = true;
      continue;
    }
    const auto value = in.number(1, 10);
    if (!value) return std::nullopt;
    Millis ms{0};
    const bool has_fraction = in.literal('.');
    if (has_fraction) {
      const auto fraction = in.fraction();
      if (!fraction) return std::nullopt;
      ms = *fraction;
    }
    if (!in_time && !has_fraction && in.literal('D'))
      total += days(*value);
    else if (!in_time && !has_fraction && in.literal('W'))
      total += weeks(*value);
    else if (in_time && !has_fraction && in.literal('H'))
      total += hours(*value);
    else if (in_time && !has_fraction && in.literal('M'))
      total += minutes(*value);
    else if (in_time && in.literal('S'))
      total += seconds(*value) + ms;
    else
      return std::nullopt;
    if (total > longest_duration) return std::nullopt;
    any = true;
  }
  return any ? std::optional(total) : std::nullopt;
}

/// .NET's "[d.]hh:mm:ss[.fffffff]"
std::optional<Millis> parse_net_duration(Reader in) {
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

struct Unit {
  std::string_view name;
  Millis length;
};
constexpr std::array<Unit, 5> units = {
    {{"d", days(1)}, {"h", hours(1)}, {"m", minutes(1)}, {"s", seconds(1)}, {"ms", Millis(1)}}};

}  // namespace

std::string to_rfc3339(Instant at) {
  const auto [date, time] = split(at);
  std::array<char, 40> out{};
  const int ms = static_cast<int>(time.subseconds().count());
  int n = std::snprintf(out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                        static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                        static_cast<int>(time.seconds().count()));
  if (ms != 0) n += std::snprintf(out.data() + n, out.size() - static_cast<std::size_t>(n), ".%03d", ms);
  return std::string(out.data(), static_cast<std::size_t>(n)) + "Z";
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  return parse_iso(text, Zone::required);
}

std::optional<Instant> parse_azure_time(std::string_view text) {
  const auto at = parse_iso(text, Zone::optional);
  constexpr year first_real_year{1900};
  if (!at || split(*at).date.year() < first_real_year) return std::nullopt;
  return at;
}

std::optional<Instant> parse_us_time(std::string_view text) {
  Reader in(text);
  const auto mo = in.number(1, 2);
  if (!mo || !in.literal('/')) return std::nullopt;
  const auto d = in.number(1, 2);
  if (!d || !in.literal('/')) return std::nullopt;
  const auto y = in.number(4, 4);
  if (!y || !in.literal(' ')) return std::nullopt;
  auto time = clock_time(in, 1);
  if (!time || !in.literal(' ')) return std::nullopt;
  const auto half = in.word();
  if (!in.done() || time->h < 1 || time->h > 12 || (half != "AM" && half != "PM")) return std::nullopt;
  const long long hour = time->h % 12 + (half == "PM" ? 12 : 0);
  return make(*y, *mo, *d, hour, time->mi, time->s, Millis(0));
}

std::string to_filter_time(Instant at) {
  const auto [date, time] = split(at);
  const int hour = static_cast<int>(time.hours().count());
  std::array<char, 32> out{};
  const int n = std::snprintf(out.data(), out.size(), "%04d-%02u-%02u %02d:%02d:%02d %s", static_cast<int>(date.year()),
                              static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                              hour % 12 == 0 ? 12 : hour % 12, static_cast<int>(time.minutes().count()),
                              static_cast<int>(time.seconds().count()), hour < 12 ? "AM" : "PM");
  return std::string(out.data(), static_cast<std::size_t>(n));
}

std::optional<Instant> parse_http_date(std::string_view text) {
  Reader in(text);
  const auto day_name = in.word();
  if (day_name.size() < 3) return std::nullopt;
  if (in.literal(',')) {  // IMF-fixdate "Sun, 06 Nov 1994 08:49:37 GMT", or RFC 850 "Sunday, 06-Nov-94 08:49:37 GMT"
    in.spaces();
    const auto d = in.number(2, 2);
    const bool dashes = in.literal('-');
    if (!d || (!dashes && !in.literal(' '))) return std::nullopt;
    const auto mo = month_number(in.word());
    if (!mo || !in.literal(dashes ? '-' : ' ')) return std::nullopt;
    auto y = dashes ? in.number(2, 2) : in.number(4, 4);
    if (!y || !in.literal(' ')) return std::nullopt;
    if (dashes) *y += *y < 70 ? 2000 : 1900;
    const auto time = clock_time(in, 2);
    if (!time || !in.literal(' ') || in.word() != "GMT" || !in.done()) return std::nullopt;
    return make(*y, *mo, *d, time->h, time->mi, time->s, Millis(0));
  }
  in.spaces();  // asctime "Sun Nov  6 08:49:37 1994"
  const auto mo = month_number(in.word());
  in.spaces();
  const auto d = in.number(1, 2);
  if (!mo || !d || !in.literal(' ')) return std::nullopt;
  const auto time = clock_time(in, 2);
  if (!time || !in.literal(' ')) return std::nullopt;
  const auto y = in.number(4, 4);
  if (!y || !in.done()) return std::nullopt;
  return make(*y, *mo, *d, time->h, time->mi, time->s, Millis(0));
}

std::optional<Millis> parse_azure_duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const auto length = text.starts_with('P') ? parse_iso_duration(Reader(text)) : parse_net_duration(Reader(text));
  if (!length) return std::nullopt;
  return negative ? -*length : *length;
}

std::optional<Millis> parse_duration(std::string_view text) {
  Reader in(text);
  const auto value = in.number(1, 12);
  if (!value) return std::nullopt;
  const auto name = in.word();
  if (!in.done()) return std::nullopt;
  for (const Unit& unit : units) {
    if (name != unit.name) continue;
    if (*value > days(3650) / unit.length) return std::nullopt;
    return unit.length * *value;
  }
  return std::nullopt;
}

std::string to_duration(Millis duration) {
  for (const Unit& unit : units) {
    if (duration % unit.length == Millis(0) && duration != Millis(0)) {
      return std::to_string(duration / unit.length).append(unit.name);
    }
  }
  return "0s";
}

std::string to_age(Millis duration) {
  auto left = duration_cast<seconds>(duration < Millis(0) ? Millis(0) : duration);
  std::string text;
  int parts = 0;
  for (const Unit& unit : units) {
    if (unit.length < seconds(1)) break;
    const auto count = left / unit.length;
    if (count == 0 && parts == 0) continue;
    if (parts == 1 && count == 0) break;
    left -= duration_cast<seconds>(unit.length * count);
    if (parts > 0) text += ' ';
    text.append(std::to_string(count)).append(unit.name);
    if (++parts == 2) break;
  }
  return text.empty() ? "0s" : text;
}

}  // namespace azrestored
