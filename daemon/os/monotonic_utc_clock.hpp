// Implements the Clock port for waits: the machine's UTC time at the start of the daemon plus the time since then,
// including suspends. Setting the machine's clock does not change it. Otherwise a step of an hour forwards would end
// the search for a restore in doubt at once, and the request would be sent again; a step backwards would delay every
// job by an hour. The cost: after a step its times are wrong by that step until the daemon restarts.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <optional>

#include "core/base/clock.hpp"
#include "core/base/instant.hpp"

namespace azrestored {

class MonotonicUtcClock final : public Clock {
 public:
  explicit MonotonicUtcClock(asio::any_io_executor executor);

  [[nodiscard]] Instant now() const override;
  std::unique_ptr<Timer> make_timer() override;

  /// By how much the machine's clock was set since the last call; nullopt below 10 s.
  [[nodiscard]] std::optional<Millis> take_step();

 private:
  asio::any_io_executor executor_;
  const Millis utc_;  // the machine's UTC time minus the time since boot, at construction
  Millis known_step_{0};
};

}  // namespace azrestored
