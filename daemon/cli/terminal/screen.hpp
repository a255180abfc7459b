// The terminal as a place to draw on, for `watch` alone: its other screen, and changes of its size.
#pragma once

#include "core/base/instant.hpp"

namespace azrestored::cli {

/// Standard output is a terminal on which the cursor can be moved.
bool can_draw();

/// The terminal's other screen, as long as this lives; then the one before comes back as it was, also when a signal
/// ends or stops the program. One at a time.
class OtherScreen {
 public:
  OtherScreen();
  OtherScreen(const OtherScreen&) = delete;
  OtherScreen& operator=(const OtherScreen&) = delete;
  ~OtherScreen();
};

/// Waits; on the other screen a change of the window's size, or the return from a stop, ends it before.
void sleep_or_resize(Millis duration);

}  // namespace azrestored::cli
