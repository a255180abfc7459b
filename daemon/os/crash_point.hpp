// Named points in the code at which a test can kill the daemon, to repeat a crash exactly.
// With AZRESTORED_CRASH_AT="NAME" in its environment, the process sends itself SIGKILL when it reaches that point; with
// "NAME:N", when it reaches the point for the N-th time. Only in test builds (CMake: AZRESTORED_CRASH_POINTS). In other
// builds a call costs nothing. Any thread.
#pragma once

#include <string_view>

namespace azrestored {

#ifdef AZRESTORED_CRASH_POINTS
void crash_point(std::string_view name);
#else
inline void crash_point(std::string_view) {}
#endif

}  // namespace azrestored
