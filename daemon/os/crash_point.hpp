// Marked places where a test can kill the daemon: "what if the power goes just here" as a repeatable question.
// With AZRESTORED_CRASH_AT="NAME" in its environment the process sends itself SIGKILL when it comes to that place, with
// "NAME:N" when it comes there for the N-th time. Compiled into test builds only (CMake: AZRESTORED_CRASH_POINTS);
// elsewhere a call costs nothing. Callable from any thread.
#pragma once

#include <string_view>

namespace azrestored {

#ifdef AZRESTORED_CRASH_POINTS
void crash_point(std::string_view name);
#else
inline void crash_point(std::string_view) {}
#endif

}  // namespace azrestored
