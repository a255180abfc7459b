// How times and durations are read: from left to right, without a locale. Used by the parsers of written times.
// Pure.
#pragma once

#include <cctype>
#include <charconv>
#include <optional>
#include <string_view>

#include "core/base/time_point.hpp"

namespace azrestored {

/// Reads a text from left to right; every step says whether it succeeded.
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

/// The instant of these parts of a UTC time; nullopt when there is no such day or time, or when its year does not have
/// four digits.
std::optional<Instant> make_instant(long long year, long long month, long long day, long long hour, long long minute,
                                    long long second, Millis milliseconds);

enum class Zone { required, optional };

/// yyyy-mm-ddThh:mm:ss[.f][Z|±hh:mm]
std::optional<Instant> parse_iso_time(std::string_view text, Zone zone);

struct TimeOfDay {
  long long h, mi, s;
};

/// hh:mm:ss, with one digit for the hour where that is enough for `least_hour_digits`.
std::optional<TimeOfDay> scan_time_of_day(Scanner& in, std::size_t least_hour_digits);

struct CalendarTime {
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<Millis> time;
};

CalendarTime to_calendar(Instant at);

}  // namespace azrestored
