// Range checks for the numbers of a stored row. nlohmann_json would convert 1e20 to an int unchecked, which is
// undefined behaviour. Used by core/job/stored_job.cpp and core/azure/recovery_point.cpp.
#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace azrestored {

/// A whole number from 0 to `most`.
/// @throws std::invalid_argument for any other value.
inline std::int64_t stored_number(const nlohmann::json& value, std::int64_t most) {
  const auto number =
      value.is_number_integer() ? value.get<std::int64_t>() : -1;  // a value of 2^63 or more becomes negative
  if (number >= 0 && number <= most) return number;
  throw std::invalid_argument("a number is not a whole one from 0 to " + std::to_string(most));
}

inline int stored_count(const nlohmann::json& value) {
  return static_cast<int>(stored_number(value, std::numeric_limits<int>::max()));
}

}  // namespace azrestored
