// Time that stands still while work is ready, and then jumps to the next event that is due. Eighteen hours pass in
// milliseconds, and the same seed always gives the same run.
//
// There are two times. The true time only goes forward; Azure uses it. The wall clock, the only clock that the daemon
// can read, is the true time plus an error that step_clock() changes.
//
// Each life of the daemon has its own VirtualTime. It owns everything that waits in it, also a coroutine that a crash
// left hanging. abandon() destroys these; call it while the objects that they refer to still exist.
#pragma once

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution_context.hpp>
#include <deque>
#include <map>

#include "core/base/clock.hpp"
#include "core/base/instant.hpp"

namespace azrestored::sim {

/// The event loop: runs posted work in order. Asio's own loop asks the kernel in every round, which costs more here
/// than everything else.
class VirtualLoop final : public asio::execution_context {
 public:
  class Executor {
   public:
    explicit Executor(VirtualLoop& loop) noexcept : loop_(&loop) {}
    template <class Function>
    void execute(Function function) const {
      loop_->ready_.push_back(std::make_unique<TaskOf<Function>>(std::move(function)));
    }
    [[nodiscard]] asio::execution_context& query(asio::execution::context_t) const noexcept { return *loop_; }
    static constexpr asio::execution::blocking_t query(asio::execution::blocking_t) noexcept {
      return asio::execution::blocking.never;
    }
    [[nodiscard]] Executor require(asio::execution::blocking_t::never_t) const noexcept { return *this; }
    bool operator==(const Executor&) const noexcept = default;

   private:
    VirtualLoop* loop_;
  };

  VirtualLoop() = default;
  ~VirtualLoop() = default;
  VirtualLoop(const VirtualLoop&) = delete;
  VirtualLoop& operator=(const VirtualLoop&) = delete;

  [[nodiscard]] Executor executor() noexcept { return Executor(*this); }
  /// Runs until nothing is ready.
  void run();
  /// Destroys what is ready without running it; false if nothing was ready.
  bool abandon();

 private:
  struct Task {
    virtual ~Task() = default;
    virtual void run() = 0;
  };
  template <class Function>
  struct TaskOf final : Task {
    explicit TaskOf(Function function) : function_(std::move(function)) {}
    void run() override { std::move(function_)(); }
    Function function_;
  };

  std::deque<std::unique_ptr<Task>> ready_;
};

class VirtualTime final : public Clock {
 public:
  VirtualTime(Instant true_now, Millis clock_error) : true_now_(true_now), clock_error_(clock_error) {}
  ~VirtualTime() override = default;
  VirtualTime(const VirtualTime&) = delete;
  VirtualTime& operator=(const VirtualTime&) = delete;

  [[nodiscard]] VirtualLoop::Executor executor() noexcept { return loop_.executor(); }

  /// The time that the daemon reads.
  [[nodiscard]] Instant now() const override { return true_now_ + clock_error_; }
  [[nodiscard]] Instant true_now() const { return true_now_; }
  [[nodiscard]] Millis clock_error() const { return clock_error_; }
  void step_clock(Millis by) { clock_error_ += by; }

  std::unique_ptr<Timer> make_timer() override;
  /// Returns after `span`, whatever the wall clock does.
  asio::awaitable<void> pass(Millis span);
  /// Where the calls of a dead daemon wait.
  asio::awaitable<void> never_return() { return pass(std::chrono::hours(24 * 365 * 100)); }

  /// Runs everything that is ready.
  void settle() { loop_.run(); }
  /// Jumps to the earliest sleeper and wakes it. If that sleeper is due after `until` (true time), or nothing sleeps,
  /// the time becomes `until`, and the result is false.
  bool jump(Instant until);

  /// The end of a life: destroys everything that waits.
  void abandon();

 private:
  class VirtualTimer;
  using Wake = asio::any_completion_handler<void()>;
  using Key = std::pair<Instant, std::uint64_t>;  // when it is due, and a number that keeps the order of equal times
  using Sleepers = std::map<Key, Wake>;

  asio::awaitable<void> sleep_in(Sleepers& sleepers, Key key);
  void wake(Sleepers& sleepers, Sleepers::iterator sleeper);
  Key next_key(Instant due) { return {due, next_number_++}; }

  VirtualLoop loop_;
  Instant true_now_;
  Millis clock_error_;
  std::uint64_t next_number_ = 0;
  Sleepers by_wall_clock_;
  Sleepers by_true_time_;
};

}  // namespace azrestored::sim
