// Stops the parts of the daemon in the reverse of the order in which they were made.
//
// The order is right because a part uses only parts that were made before it. In reverse, a part stops before the parts
// that it uses, so no running part calls a stopped one: the sockets and the spool, which take in work, stop before the
// supervisor, which does the work; the supervisor stops before the sign-ins and the quotas, which its requests need.
//
// stop() only requests the stop: the coroutines of a part end later on the loop. Nothing here waits.
#pragma once

#include <functional>
#include <ranges>
#include <utility>
#include <vector>

namespace azrestored {

class StopOrder {
 public:
  /// stop_all() calls `stop` before everything that was added earlier.
  void add(std::function<void()> stop) { stops_.push_back(std::move(stop)); }

  /// A second call does nothing.
  void stop_all() {
    for (const auto stops = std::exchange(stops_, {}); const auto& stop : stops | std::views::reverse) stop();
  }

 private:
  std::vector<std::function<void()>> stops_;
};

/// A part that registers its stop() as it is made. The order outlives it, or is not used after it.
template <class Part>
class Stopped {
 public:
  template <class... Arguments>
  explicit Stopped(StopOrder& order, Arguments&&... arguments) : part_(std::forward<Arguments>(arguments)...) {
    order.add([this] { part_.stop(); });
  }
  Stopped(const Stopped&) = delete;
  Stopped& operator=(const Stopped&) = delete;

  Part& operator*() { return part_; }
  Part* operator->() { return &part_; }

 private:
  Part part_;
};

}  // namespace azrestored
