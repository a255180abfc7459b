// The sentence of every operation that is cancelled because the daemon stops.
#pragma once

namespace azrestored {

inline constexpr const char* stopping_sentence = "the daemon is stopping";

}  // namespace azrestored
