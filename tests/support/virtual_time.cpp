#include "tests/support/virtual_time.hpp"

#include <algorithm>
#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace azrestored::sim {

void VirtualLoop::run() {
  while (!ready_.empty()) {
    const auto task = std::move(ready_.front());
    ready_.pop_front();
    task->run();
  }
}

bool VirtualLoop::abandon() {
  const auto tasks = std::exchange(ready_, {});
  return !tasks.empty();
}

class VirtualTime::VirtualTimer final : public Timer {
 public:
  explicit VirtualTimer(VirtualTime& time) : time_(time) {}
  ~VirtualTimer() override { time_.by_wall_clock_.erase(key_); }
  VirtualTimer(const VirtualTimer&) = delete;
  VirtualTimer& operator=(const VirtualTimer&) = delete;

  asio::awaitable<void> wait_until(Instant at) override {
    if (!notified_ && at > time_.now()) {
      key_ = time_.next_key(at);
      co_await time_.sleep_in(time_.by_wall_clock_, key_);
    }
    notified_ = false;
  }
  void notify() override {
    notified_ = true;
    const auto sleeper = time_.by_wall_clock_.find(key_);
    if (sleeper != time_.by_wall_clock_.end()) time_.wake(time_.by_wall_clock_, sleeper);
  }

 private:
  VirtualTime& time_;
  Key key_{};
  bool notified_ = false;
};

void VirtualTime::abandon() {
  // A destroyed coroutine posts the unwinding of its callers.
  do {
    const auto by_wall_clock = std::exchange(by_wall_clock_, {});
    const auto by_true_time = std::exchange(by_true_time_, {});
  } while (loop_.abandon() || !by_wall_clock_.empty() || !by_true_time_.empty());
}

std::unique_ptr<Timer> VirtualTime::make_timer() {
  return std::make_unique<VirtualTimer>(*this);
}

asio::awaitable<void> VirtualTime::pass(Millis span) {
  const Key key = next_key(true_now_ + span);
  return sleep_in(by_true_time_, key);
}

asio::awaitable<void> VirtualTime::sleep_in(Sleepers& sleepers, Key key) {
  auto start = [](auto handler, Sleepers* into, Key at) { into->emplace(at, std::move(handler)); };
  co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(start, asio::use_awaitable, &sleepers, key);
}

void VirtualTime::wake(Sleepers& sleepers, Sleepers::iterator sleeper) {
  loop_.executor().execute(std::move(sleeper->second));
  sleepers.erase(sleeper);
}

bool VirtualTime::jump(Instant until) {
  const auto due = [](const Sleepers& sleepers, Millis error) {
    return sleepers.empty() ? Instant::max() : sleepers.begin()->first.first - error;
  };
  const Instant by_wall_clock = due(by_wall_clock_, clock_error_);
  const Instant by_true_time = due(by_true_time_, Millis(0));
  const Instant next = std::min(by_wall_clock, by_true_time);
  if (next > until) {
    true_now_ = std::max(true_now_, until);
    return false;
  }
  true_now_ = std::max(true_now_, next);
  Sleepers& sleepers = by_wall_clock <= by_true_time ? by_wall_clock_ : by_true_time_;
  wake(sleepers, sleepers.begin());
  return true;
}

}  // namespace azrestored::sim
