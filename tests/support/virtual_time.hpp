// Time that stands still while there is something to do, and then jumps to the next thing that is due: eighteen hours
// pass in milliseconds, and the same seed always gives the same run.
//
// There are two times. The true one only goes forward; Azure lives by it. The wall clock, which is all that the daemon
// can see, is the true time and an error that step_clock() changes.
//
// A life of the daemon has a VirtualTime of its own. Whatever waits in it, a coroutine that a crash left hanging
// included, is owned here: abandon() destroys it, and has to be called while what it refers to is still there.
#pragma once

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution_context.hpp>
#include <deque>
#include <map>

#include "core/base/clock.hpp"
#include "core/base/instant.hpp"

namespace azrestored::sim {

/// The event loop: runs what was posted, in that order. Asio's own asks the kernel at every turn, which costs more here
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
  /// Until nothing is ready any more.
  void run();
  /// Destroys what is ready without running it; false when there was nothing.
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

  /// What the daemon takes for the time.
  [[nodiscard]] Instant now() const override { return true_now_ + clock_error_; }
  [[nodiscard]] Instant true_now() const { return true_now_; }
  [[nodiscard]] Millis clock_error() const { return clock_error_; }
  void step_clock(Millis by) { clock_error_ += by; }

  std::unique_ptr<Alarm> make_alarm() override;
  /// Returns so much later, whatever the wall clock does.
  asio::awaitable<void> pass(Millis span);
  /// What the calls of a dead daemon do.
  asio::awaitable<void> never_return() { return pass(std::chrono::hours(24 * 365 * 100)); }

  /// Runs everything that is ready.
  void settle() { loop_.run(); }
  /// Jumps to the earliest sleeper and wakes it. When that is due after `until` (true time), or nobody sleeps, it is
  /// `until` afterwards, and false is returned.
  bool jump(Instant until);

  /// The end of a life: destroys everything that waits.
  void abandon();

 private:
  class VirtualAlarm;
  using Wake = asio::any_completion_handler<void()>;
  using Key = std::pair<Instant, std::uint64_t>;  // when it is due, and a number that keeps the order of equals
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
