// The types for UTC instants and durations, both in whole milliseconds.
#pragma once

#include <chrono>

namespace azrestored {

using Millis = std::chrono::milliseconds;
using Instant = std::chrono::sys_time<Millis>;

}  // namespace azrestored
