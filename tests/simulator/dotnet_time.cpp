// See dotnet_time.hpp.
#include "dotnet_time.hpp"

#include <array>
#include <cmath>
#include <cstdio>

namespace azsim {
namespace {

struct Civil {
  int year = 0;
  unsigned month = 0, day = 0, weekday = 0;
  int hour = 0, minute = 0, second = 0;
  std::int64_t fraction = 0;  // ticks
};

Civil civil(Instant at) {
  const auto midnight = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{midnight};
  const Ticks rest = at - midnight;
  const std::int64_t seconds = rest.count() / Ticks::period::den;
  Civil c;
  c.year = static_cast<int>(date.year());
  c.month = static_cast<unsigned>(date.month());
  c.day = static_cast<unsigned>(date.day());
  c.weekday = std::chrono::weekday{midnight}.c_encoding();
  c.hour = static_cast<int>(seconds / 3600);
  c.minute = static_cast<int>(seconds / 60 % 60);
  c.second = static_cast<int>(seconds % 60);
  c.fraction = rest.count() % Ticks::period::den;
  return c;
}

template <class... Values>
std::string print(const char* format, Values... values) {
  std::array<char, 96> buffer{};
  const int size = std::snprintf(buffer.data(), buffer.size(), format, values...);
  return {buffer.data(), static_cast<std::size_t>(size)};
}

/// ".1234567" without trailing zeros, or "".
std::string fraction_text(std::int64_t ticks) {
  if (ticks == 0) return {};
  std::string text = print(".%07lld", static_cast<long long>(ticks));
  while (text.back() == '0') text.pop_back();
  return text;
}

/// Reads exactly `digits` digits at `at`; -1 if one is not a digit.
int number_at(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return -1;
  int value = 0;
  for (const char c : text.substr(at, digits)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

/// "yyyy-MM-dd?hh:mm:ss" with `middle` for '?'; the hour is not checked here.
struct Fields {
  std::chrono::sys_days day;
  int hour, minute, second;
};
std::optional<Fields> parse_fields(std::string_view text, char middle) {
  if (text.size() < 19 || text[4] != '-' || text[7] != '-' || text[10] != middle || text[13] != ':' || text[16] != ':')
    return std::nullopt;
  const int year = number_at(text, 0, 4), month = number_at(text, 5, 2), day = number_at(text, 8, 2);
  const int hour = number_at(text, 11, 2), minute = number_at(text, 14, 2), second = number_at(text, 17, 2);
  if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || minute > 59 || second < 0 || second > 59)
    return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return Fields{std::chrono::sys_days{date}, hour, minute, second};
}

Instant combine(const Fields& f, int hour) {
  return Instant{f.day} + std::chrono::hours{hour} + std::chrono::minutes{f.minute} + std::chrono::seconds{f.second};
}

}  // namespace

Instant wall_clock() {
  return std::chrono::time_point_cast<Ticks>(std::chrono::system_clock::now());
}

Ticks ticks_of_seconds(double seconds) {
  return Ticks{static_cast<std::int64_t>(std::llround(seconds * static_cast<double>(Ticks::period::den)))};
}

std::string iso_utc(Instant at) {
  const Civil c = civil(at);
  return print("%04d-%02u-%02uT%02d:%02d:%02d", c.year, c.month, c.day, c.hour, c.minute, c.second) +
         fraction_text(c.fraction) + "Z";
}

std::string us_text(Instant at) {
  const Civil c = civil(at);
  return print("%u/%u/%d %d:%02d:%02d %s", c.month, c.day, c.year, c.hour % 12 == 0 ? 12 : c.hour % 12, c.minute,
               c.second, c.hour < 12 ? "AM" : "PM");
}

std::string http_date(Instant at) {
  constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Civil c = civil(at);
  return print("%s, %02u %s %04d %02d:%02d:%02d GMT", days[c.weekday], c.day, months[c.month - 1], c.year, c.hour,
               c.minute, c.second);
}

std::string compact_utc(Instant at) {
  const Civil c = civil(at);
  return print("%04d%02u%02uT%02d%02d%02dZ", c.year, c.month, c.day, c.hour, c.minute, c.second);
}

std::int64_t dotnet_ticks(Instant at) {
  constexpr std::chrono::sys_days year_one{std::chrono::year{1} / std::chrono::January / 1};
  return (at - Instant{year_one}).count();
}

std::int64_t epoch_seconds(Instant at) {
  return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

std::string iso_duration(Ticks length) {
  const bool negative = length.count() < 0;
  const std::int64_t ticks = negative ? -length.count() : length.count();
  const long long seconds = ticks / Ticks::period::den;
  std::string text = negative ? "-PT" : "PT";
  if (seconds >= 3600) text += print("%lldH", seconds / 3600);
  if (seconds / 60 % 60 > 0) text += print("%lldM", seconds / 60 % 60);
  const std::string fraction = fraction_text(ticks % Ticks::period::den);
  if (seconds % 60 > 0 || !fraction.empty() || seconds == 0) text += print("%lld", seconds % 60) + fraction + "S";
  return text;
}

std::string clock_duration(Ticks length) {
  const std::int64_t ticks = length.count() < 0 ? -length.count() : length.count();
  const long long seconds = ticks / Ticks::period::den;
  return std::string(length.count() < 0 ? "-" : "") + print("%02lld:%02lld:%02lld.%07lld", seconds / 3600,
                                                            seconds / 60 % 60, seconds % 60,
                                                            static_cast<long long>(ticks % Ticks::period::den));
}

std::optional<Instant> parse_iso(std::string_view text) {
  const auto fields = parse_fields(text, 'T');
  if (!fields || fields->hour > 23) return std::nullopt;
  text.remove_prefix(19);
  Ticks fraction{0};
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    std::int64_t unit = Ticks::period::den / 10;
    std::size_t digits = 0;
    for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits, unit /= 10)
      fraction += Ticks{(text[digits] - '0') * unit};
    if (digits == 0 || digits > 7) return std::nullopt;
    text.remove_prefix(digits);
  }
  if (!text.empty() && text != "Z") return std::nullopt;
  return combine(*fields, fields->hour) + fraction;
}

std::optional<Instant> parse_filter_date(std::string_view text) {
  const auto fields = parse_fields(text, ' ');
  if (!fields || text.size() != 22 || text[19] != ' ' || fields->hour > 12) return std::nullopt;
  const std::string_view half = text.substr(20);
  const bool morning = half == "AM" || half == "am", evening = half == "PM" || half == "pm";
  if (!morning && !evening) return std::nullopt;
  return combine(*fields, fields->hour % 12 + (evening ? 12 : 0));
}

}  // namespace azsim
