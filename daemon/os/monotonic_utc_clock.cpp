#include "daemon/os/monotonic_utc_clock.hpp"

#include <ctime>

#include "daemon/os/system_clock.hpp"

namespace azrestored {
namespace {

/// Smaller corrections of the machine's clock are normal and not reported.
constexpr Millis worth_mentioning = std::chrono::seconds(10);

Millis since_boot() {
  timespec time{};
  ::clock_gettime(CLOCK_BOOTTIME, &time);  // unlike the steady clock, it counts suspended time
  return std::chrono::floor<Millis>(std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
}

Millis utc_at_boot() {
  return machine_time().time_since_epoch() - since_boot();
}

}  // namespace

MonotonicUtcClock::MonotonicUtcClock(asio::any_io_executor executor)
    : executor_(std::move(executor)), utc_(utc_at_boot()) {}

Instant MonotonicUtcClock::now() const {
  return Instant(utc_ + since_boot());
}

std::unique_ptr<Timer> MonotonicUtcClock::make_timer() {
  return make_steady_alarm(executor_, *this);
}

std::optional<Millis> MonotonicUtcClock::take_step() {
  const Millis all_steps = utc_at_boot() - utc_;
  const Millis step = all_steps - known_step_;
  if (std::chrono::abs(step) < worth_mentioning) return std::nullopt;
  known_step_ = all_steps;
  return step;
}

}  // namespace azrestored
