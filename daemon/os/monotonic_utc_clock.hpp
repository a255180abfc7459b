// The Clock port for what waits: UTC as the machine had it when the daemon began, counted on evenly from there, through
// suspended times as well. Setting the machine's clock does not move it. Were it to follow, an hour forwards would end
// the search for a restore whose answer was lost at once, and the request be sent again; an hour backwards would keep
// every job waiting for an hour. The price: after such a step the times it gives are off by it until the daemon is
// restarted.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <optional>

#include "core/base/instant.hpp"
#include "core/base/clock.hpp"

namespace azrestored {

class EvenClock final : public Clock {
 public:
  explicit EvenClock(asio::any_io_executor executor);

  [[nodiscard]] Instant now() const override;
  std::unique_ptr<Alarm> make_alarm() override;

  /// By how much the machine's clock was set since the last call, if it was worth mentioning.
  [[nodiscard]] std::optional<Millis> step();

 private:
  asio::any_io_executor executor_;
  const Millis utc_;  // of the machine's clock minus the time since it was booted, when we began
  Millis known_step_{0};
};

}  // namespace azrestored
