// Looks at what the daemon stands on once a second: the store, which may be damaged or removed while nothing is saved;
// the machine's clock, which may be set; and the memory that a wave of jobs has used. On the loop's thread.
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
  MachineWatch(const asio::any_io_executor& executor, const StoreHealth& store, EvenClock& clock)
      : store_(store), clock_(clock), timer_(executor) {}

  /// Until stop(). Throws std::runtime_error when the store is of no use any more: trying again would not help, and the
  /// daemon must end, as what it takes in would be lost.
  asio::awaitable<void> run();
  void stop();

 private:
  const StoreHealth& store_;
  EvenClock& clock_;
  asio::steady_timer timer_;
  bool stopping_ = false;
};

}  // namespace azrestored
