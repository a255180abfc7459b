// Drawing on the terminal, for `watch` only: its alternate screen, and changes of its size.
#pragma once

#include "core/base/instant.hpp"

namespace azrestored::cli {

/// Standard output is a terminal whose cursor can be moved.
bool can_draw();

/// Shows the terminal's alternate screen while this object lives. Afterwards the previous screen is shown unchanged,
/// also when a signal ends or stops the program. At most one object at a time.
class OtherScreen {
 public:
  OtherScreen();
  OtherScreen(const OtherScreen&) = delete;
  OtherScreen& operator=(const OtherScreen&) = delete;
  ~OtherScreen();
};

/// Waits. On the alternate screen a change of the window's size, or SIGCONT after a stop, ends the wait early.
void sleep_or_resize(Millis duration);

}  // namespace azrestored::cli
