// The port to time: the current time, and timers. The daemon implements it with the machine's clock, tests with virtual
// time. One thread. The implementation outlives every user.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>

#include "core/base/instant.hpp"

namespace azrestored {

namespace asio = boost::asio;

/// A timer. One coroutine at a time awaits wait_until().
class Timer {
 public:
  virtual ~Timer() = default;
  /// Returns at `at`, after notify(), or a little early: the caller must read the clock again.
  virtual asio::awaitable<void> wait_until(Instant at) = 0;
  /// Ends the wait that is in progress. If there is none, the next wait_until() returns at once.
  virtual void notify() = 0;
};

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
  virtual std::unique_ptr<Timer> make_timer() = 0;
};

}  // namespace azrestored
