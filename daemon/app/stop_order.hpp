// The order of stopping: the reverse of that of making.
//
// Each part uses only parts that were made before it. Stopped in reverse, a part stops before all that it uses: whatever
// still runs meets no part that has stopped. So what takes in work (the sockets, the spool) stops before what carries it
// out (the supervisor), and that before what it sends its requests with (sign-ins, quotas).
//
// stop() of a part only asks: coroutines end on later turns of the loop. Nothing here waits.
#pragma once

#include <functional>
#include <ranges>
#include <utility>
#include <vector>

namespace azrestored {

class StopOrder {
 public:
  /// `stop` outlives this object, and is called by stop_all() before what was added earlier.
  void add(std::function<void()> stop) { stops_.push_back(std::move(stop)); }

  /// The second call does nothing.
  void stop_all() {
    for (const auto stops = std::exchange(stops_, {}); const auto& stop : stops | std::views::reverse) stop();
  }

 private:
  std::vector<std::function<void()>> stops_;
};

/// A part that takes its position in the order as it is made.
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
