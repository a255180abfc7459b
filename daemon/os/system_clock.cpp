#include "daemon/os/system_clock.hpp"

#include <algorithm>

#include "daemon/os/as_result.hpp"

namespace azrestored {
namespace {

constexpr Millis longest_nap = std::chrono::minutes(1);

class SteadyTimer final : public Timer {
 public:
  SteadyTimer(const asio::any_io_executor& executor, const Clock& clock) : clock_(clock), timer_(executor) {}

  asio::awaitable<void> wait_until(Instant at) override {
    while (!notified_ && clock_.now() < at) {
      timer_.expires_after(std::min<Millis>(at - clock_.now(), longest_nap));
      auto [interrupted] = co_await timer_.async_wait(as_result);
      if (interrupted) break;  // notify() was called, or the sleeper was cancelled
    }
    notified_ = false;
  }

  void notify() override {
    notified_ = true;
    timer_.cancel();
  }

 private:
  const Clock& clock_;
  asio::steady_timer timer_;
  bool notified_ = false;
};

}  // namespace

Instant machine_time() {
  return std::chrono::floor<Millis>(std::chrono::system_clock::now());
}

Instant SystemClock::now() const {
  return machine_time();
}

std::unique_ptr<Timer> SystemClock::make_timer() {
  return make_steady_alarm(executor_, *this);
}

std::unique_ptr<Timer> make_steady_alarm(const asio::any_io_executor& executor, const Clock& clock) {
  return std::make_unique<SteadyTimer>(executor, clock);
}

}  // namespace azrestored
