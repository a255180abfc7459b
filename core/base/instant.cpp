#include "core/base/instant.hpp"

#include <array>
#include <cstdio>

#include "core/base/scanner.hpp"

namespace azrestored {

std::string to_rfc3339(Instant at) {
  const auto [date, time] = to_calendar(at);
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
  return parse_iso_time(text, Zone::required);
}

}  // namespace azrestored
