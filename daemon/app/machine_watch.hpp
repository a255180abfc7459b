// Checks once a second whether the store has failed while nothing is saved, and whether the machine's clock was set.
// Returns unused memory to the system once a minute. Runs on the loop's thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "core/store/store_health.hpp"
#include "daemon/os/monotonic_utc_clock.hpp"

namespace azrestored {

class MachineWatch {
 public:
  /// The references outlive it.
  MachineWatch(const asio::any_io_executor& executor, const StoreHealth& store, MonotonicUtcClock& clock)
      : store_(store), clock_(clock), timer_(executor) {}

  /// Runs until stop(). Throws std::runtime_error if the store has a fatal error: the daemon must end then, because it
  /// would lose the jobs that it accepts.
  asio::awaitable<void> run();
  void stop();

 private:
  const StoreHealth& store_;
  MonotonicUtcClock& clock_;
  asio::steady_timer timer_;
  bool stopping_ = false;
};

}  // namespace azrestored
