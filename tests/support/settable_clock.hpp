// A clock that a test sets: ahead of the machine's clock, or stopped. Nothing sleeps on it.
#pragma once

#include <memory>
#include <optional>

#include "core/base/clock.hpp"

namespace azrestored {

class SettableClock final : public Clock {
 public:
  explicit SettableClock(Millis is_ahead = Millis(0)) : ahead(is_ahead) {}

  [[nodiscard]] Instant now() const override {
    return stopped_at.value_or(std::chrono::floor<Millis>(std::chrono::system_clock::now()) + ahead);
  }
  std::unique_ptr<Timer> make_timer() override { return nullptr; }

  Millis ahead;
  std::optional<Instant> stopped_at;
};

}  // namespace azrestored
