#include "daemon/cli/option_checks.hpp"

#include <algorithm>
#include <array>

#include "core/base/duration.hpp"
#include "daemon/os/system_clock.hpp"

namespace azrestored::cli {

std::string check_duration(const std::string& text) {
  if (parse_duration(text)) return "";
  return "\"" + text + "\" is not a duration; expected a whole number and a unit, such as 30s, 5m or 36h";
}

std::string check_since(const std::string& text) {
  if (parse_duration(text) || parse_rfc3339(text)) return "";
  return "\"" + text + "\" is not a time; expected a time such as 2026-11-20T00:00:00Z, or an age such as 24h";
}

Instant since_of(const std::string& text) {
  if (const auto at = parse_rfc3339(text)) return *at;
  return machine_time() - *parse_duration(text);
}

std::string check_order(const std::string& text) {
  constexpr std::array<std::string_view, 5> orders{"age", "name", "vm", "vault", "state"};
  if (std::ranges::find(orders, text) != orders.end()) return "";
  return "jobs cannot be sorted by \"" + text + "\"; expected age, name, vm, vault or state";
}

}  // namespace azrestored::cli
