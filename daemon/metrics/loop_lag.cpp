#include "daemon/metrics/loop_lag.hpp"

namespace azrestored {

void LoopLag::start() {
  if (stopping_) return;
  timer_.expires_after(std::chrono::seconds(1));
  timer_.async_wait([this](boost::system::error_code cancelled) {
    if (cancelled) return;
    metrics_.fired_late(std::chrono::steady_clock::now() - timer_.expiry());
    start();
  });
}

void LoopLag::stop() {
  stopping_ = true;
  timer_.cancel();
}

}  // namespace azrestored
