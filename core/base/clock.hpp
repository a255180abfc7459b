// Time that passes: what core waits for. The daemon implements it with the machine's clock, tests with virtual time.
// One thread; references given to core outlive it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>

#include "core/base/instant.hpp"

namespace azrestored {

namespace asio = boost::asio;

/// One sleeper's alarm clock. wait_until() is awaited by one coroutine at a time.
class Alarm {
 public:
  virtual ~Alarm() = default;
  /// Returns at `at`, or as soon as ring() is called, or a little early: callers look at the clock again.
  virtual asio::awaitable<void> wait_until(Instant at) = 0;
  /// Wakes the sleeper; when nobody sleeps, the next wait_until() returns at once.
  virtual void ring() = 0;
};

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
  virtual std::unique_ptr<Alarm> make_alarm() = 0;
};

}  // namespace azrestored
