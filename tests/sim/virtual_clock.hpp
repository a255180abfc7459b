// Time that stands still while there is something to do, and then jumps to the next thing that is due: eighteen hours
// pass in milliseconds, and the same seed always gives the same run.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <set>

#include "core/ports.hpp"

namespace azrestored::sim {

class VirtualClock final : public Clock {
 public:
  VirtualClock(asio::io_context& loop, Instant start) : loop_(loop), now_(start) {}

  [[nodiscard]] Instant now() const override { return now_; }
  std::unique_ptr<Alarm> make_alarm() override { return std::make_unique<VirtualAlarm>(*this); }

  /// Runs everything that is ready, then jumps to the earliest sleeper. False when nobody sleeps any more, or the
  /// earliest sleeper is due after `end`.
  bool advance(Instant end) {
    loop_.restart();
    loop_.poll();
    if (sleepers_.empty() || (*sleepers_.begin())->due_ > end) return false;
    now_ = std::max(now_, (*sleepers_.begin())->due_);
    (*sleepers_.begin())->wake();
    return true;
  }

 private:
  class VirtualAlarm final : public Alarm {
   public:
    explicit VirtualAlarm(VirtualClock& clock)
        : clock_(clock), bell_(clock.loop_, asio::steady_timer::time_point::max()), number_(clock.next_number_++) {}
    ~VirtualAlarm() override { clock_.sleepers_.erase(this); }

    asio::awaitable<void> wait_until(Instant at) override {
      if (rung_ || at <= clock_.now_) {
        rung_ = false;
        co_return;
      }
      due_ = at;
      clock_.sleepers_.insert(this);
      boost::system::error_code ignored;
      co_await bell_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
      rung_ = false;
    }
    void ring() override {
      rung_ = true;
      wake();
    }
    void wake() {
      clock_.sleepers_.erase(this);
      bell_.cancel_one();
    }

    VirtualClock& clock_;
    asio::steady_timer bell_;
    const std::uint64_t number_;
    Instant due_{};
    bool rung_ = false;
  };

  struct Earlier {
    bool operator()(const VirtualAlarm* a, const VirtualAlarm* b) const {
      return std::pair(a->due_, a->number_) < std::pair(b->due_, b->number_);
    }
  };

  asio::io_context& loop_;
  Instant now_;
  std::uint64_t next_number_ = 0;
  std::set<VirtualAlarm*, Earlier> sleepers_;
};

}  // namespace azrestored::sim
