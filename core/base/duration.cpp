#include "core/base/duration.hpp"

#include <array>

#include "core/base/scanner.hpp"

namespace azrestored {

using namespace std::chrono;

namespace {

/// Longer than any duration that Azure sends. Prevents overflow in sums of arbitrarily long numbers.
constexpr Millis longest_duration = days(1'000'000);

struct Unit {
  std::string_view name;
  Millis length;
};
constexpr std::array<Unit, 5> units = {
    {{"d", days(1)}, {"h", hours(1)}, {"m", minutes(1)}, {"s", seconds(1)}, {"ms", Millis(1)}}};

}  // namespace

std::optional<Millis> parse_iso_duration(std::string_view text) {
  Scanner in(text);
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

std::optional<Millis> parse_duration(std::string_view text) {
  Scanner in(text);
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
