// Implements the Clock port with the machine's clocks. A sleep uses the steady clock and ends at a UTC instant. It
// checks the UTC clock at least once a minute, so that setting the clock cannot delay a sleeper for long.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "core/base/clock.hpp"
#include "core/base/instant.hpp"

namespace azrestored {

/// The machine's UTC time. The one place that reads it: what has a Clock asks that one.
Instant machine_time();

class SystemClock final : public Clock {
 public:
  explicit SystemClock(asio::any_io_executor executor) : executor_(std::move(executor)) {}

  [[nodiscard]] Instant now() const override;
  std::unique_ptr<Timer> make_timer() override;

 private:
  asio::any_io_executor executor_;
};

/// Sleeps on the steady clock until `clock` has reached an instant. `clock` must outlive it.
std::unique_ptr<Timer> make_steady_alarm(const asio::any_io_executor& executor, const Clock& clock);

}  // namespace azrestored
