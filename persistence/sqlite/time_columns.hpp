// Times in rows: whole milliseconds since 1970, UTC (columns whose names end in _ms).
#pragma once

#include <cstdint>

#include "core/base/instant.hpp"

namespace azrestored {

inline std::int64_t to_ms(Instant at) {
  return at.time_since_epoch().count();
}

inline Instant from_ms(std::int64_t ms) {
  return Instant(Millis(ms));
}

}  // namespace azrestored
