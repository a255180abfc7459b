#include "core/json/value_hints.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/duration.hpp"
#include "core/base/instant.hpp"
#include "core/base/text.hpp"
#include "core/json/fault.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

/// The unit of parse_duration() that a word means; "" if it means none.
std::string_view unit_of(std::string_view word) {
  static constexpr std::string_view spellings[][2] = {{"milliseconds", "ms"},
                                                      {"millisecond", "ms"},
                                                      {"msec", "ms"},
                                                      {"ms", "ms"},
                                                      {"seconds", "s"},
                                                      {"second", "s"},
                                                      {"secs", "s"},
                                                      {"sec", "s"},
                                                      {"s", "s"},
                                                      {"minutes", "m"},
                                                      {"minute", "m"},
                                                      {"mins", "m"},
                                                      {"min", "m"},
                                                      {"m", "m"},
                                                      {"hours", "h"},
                                                      {"hour", "h"},
                                                      {"hrs", "h"},
                                                      {"hr", "h"},
                                                      {"h", "h"},
                                                      {"days", "d"},
                                                      {"day", "d"},
                                                      {"d", "d"}};
  for (const auto& [spelling, unit] : spellings) {
    if (iequals(spelling, word)) return unit;
  }
  return "";
}

/// "5m" for "5 minutes".
std::string in_short(std::string_view text) {
  const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto word = std::min(text.find_first_not_of(' ', end), text.size());
  const std::string_view unit = unit_of(text.substr(word));
  return end == 0 || unit.empty() ? "" : std::string(text.substr(0, end)).append(unit);
}

}  // namespace

std::string unquoted_hint(const json& value) {
  constexpr std::size_t longest = 20;
  if (!value.is_string() || value.get_ref<const std::string&>().size() > longest) return "";
  const json inside = json::parse(value.get_ref<const std::string&>(), nullptr, false);
  if (!inside.is_number() && !inside.is_boolean()) return "";
  return "; write " + inside.dump() + " without quotes";
}

std::string duration_hint(const json& value) {
  const bool is_text = value.is_string();
  const std::string text = is_text ? value.get<std::string>() : value.dump();
  const auto is_good = [](const std::string& meant) {
    const auto duration = parse_duration(meant);
    return duration && *duration > Millis::zero();
  };
  if (is_good(text + "s"))
    return "; the unit is missing: write " + in_quotes(text + "s") + " for seconds, " + in_quotes(text + "h") +
           " for hours";
  if (!is_text) return "";
  std::string meant = in_short(text);
  if (const auto iso = text.starts_with('P') ? parse_iso_duration(text) : std::nullopt) meant = to_duration(*iso);
  return is_good(meant) ? "; write " + in_quotes(meant) : "";
}

std::string time_hint(std::string_view text) {
  std::string time(text);
  constexpr std::string_view day = "0000-00-00";
  if (time.size() > day.size() && time[day.size()] == ' ') time[day.size()] = 'T';
  for (const std::string& meant : {time, time + "Z", time + ":00Z", time + "T00:00:00Z"}) {
    if (parse_rfc3339(meant)) return "; write " + in_quotes(meant) + " for UTC";
  }
  return "";
}

}  // namespace azrestored
