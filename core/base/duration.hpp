// Parsing and printing of durations: the form of settings and job files, and ISO 8601. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.hpp"

namespace azrestored {

/// Parses a duration of settings and job files: a whole number and a unit, "250ms", "30s", "5m", "36h" or "2d", without
/// a sign, at most 3650 days. nullopt for any other text.
std::optional<Millis> parse_duration(std::string_view text);

/// The inverse of parse_duration, in the largest unit that divides it: "5m".
std::string to_duration(Millis duration);

/// For people: the two largest units, "1h 12m", "45s".
std::string to_age(Millis duration);

/// Parses "PT38M52.9S" or "P1DT2H". Refuses a sign, and years and months, whose length varies.
std::optional<Millis> parse_iso_duration(std::string_view text);

}  // namespace azrestored
