// Reads the parts of times and durations from left to right, without a locale. Only for the parsers of times and
// durations. Pure.
#pragma once

#include <cctype>
#include <charconv>
#include <optional>
#include <string_view>

#include "core/base/time_point.hpp"

namespace azrestored {

/// Reads a text from left to right. Every step reports whether it succeeded.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }
  [[nodiscard]] char peek() const { return rest_.empty() ? '\0' : rest_.front(); }

  bool literal(char wanted) {
    if (peek() != wanted || rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// Reads `least` to `most` digits.
  std::optional<long long> number(std::size_t least, std::size_t most) {
    std::size_t count = 0;
    while (count < rest_.size() && count < most && std::isdigit(static_cast<unsigned char>(rest_[count])) != 0) ++count;
    if (count < least) return std::nullopt;
    long long value = 0;
    std::from_chars(rest_.data(), rest_.data() + count, value);
    rest_.remove_prefix(count);
    return value;
  }

  /// Reads the digits after a decimal point as milliseconds. Further digits are cut off.
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

/// The instant of these parts of a UTC time. nullopt if the day or the time does not exist, or the year is not one of
/// 0 to 9999.
std::optional<Instant> make_instant(long long year, long long month, long long day, long long hour, long long minute,
                                    long long second, Millis milliseconds);

enum class Zone { required, optional };

/// yyyy-mm-ddThh:mm:ss[.f][Z|±hh:mm]
std::optional<Instant> parse_iso_time(std::string_view text, Zone zone);

struct TimeOfDay {
  long long h, mi, s;
};

/// Reads hh:mm:ss, with one or two digits for the hour if `least_hour_digits` is 1.
std::optional<TimeOfDay> scan_time_of_day(Scanner& in, std::size_t least_hour_digits);

struct CalendarTime {
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<Millis> time;
};

CalendarTime to_calendar(Instant at);

}  // namespace azrestored
