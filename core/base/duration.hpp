// Durations as people write them, and the ISO 8601 form. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.hpp"

namespace azrestored {

/// A duration as people write it in settings and job files: a whole number and a unit, "250ms", "30s", "5m", "36h",
/// "2d". Nothing else, no sign, at most 3650 days.
std::optional<Millis> parse_duration(std::string_view text);

/// The inverse of parse_duration, in the largest unit that divides it: "5m".
std::string to_duration(Millis duration);

/// For people: the two largest units, "1h 12m", "45s".
std::string to_age(Millis duration);

/// "PT38M52.9S", "P1DT2H", without a sign; months and years are not durations of a known length and are refused.
std::optional<Millis> parse_iso_duration(std::string_view text);

}  // namespace azrestored
