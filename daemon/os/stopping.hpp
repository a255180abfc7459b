// What everything that is cancelled by the daemon's end says.
#pragma once

namespace azrestored {

inline constexpr const char* stopping_sentence = "the daemon is stopping";

}  // namespace azrestored
