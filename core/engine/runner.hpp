// Runs one job: decide, perform, evolve, save, until the job is at rest, has a long time to wait, or the daemon stops.
// One coroutine per job that does something; a job that only waits has none (core/engine/parked_jobs.hpp). Its state is
// in the saved row, except the time of the next poll, so nothing is lost if it is killed at any point.
#pragma once

#include <deque>
#include <functional>
#include <iterator>
#include <memory>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/id_source.hpp"
#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/budget/rate_limiter.hpp"
#include "core/engine/perform.hpp"
#include "core/job/event.hpp"
#include "core/job/evolve.hpp"
#include "core/job/job.hpp"
#include "core/job/observer.hpp"
#include "core/jobfile/spec.hpp"
#include "core/store/job_store.hpp"

namespace azrestored {

/// The objects that all runners share. They outlive the runners.
struct RunnerContext {
  Performer& performer;
  JobStore& store;
  Clock& clock;
  IdSource& ids;
  RateLimiter& budgets;
  Observer& observer;
  const Policy& policy;
};

/// The pause between two attempts to save or load while the store fails, for example on a full disk. Short, so that
/// jobs continue soon after the disk has room again.
inline constexpr Millis store_retry = std::chrono::seconds(5);

/// The time until which the job only waits, if that is long enough to park it; otherwise nullopt. A triggering job is
/// never parked: its next runner would treat it as left by a daemon that ended before the POST.
std::optional<Instant> parkable_until(const Job& job, Instant now);

/// Corrects times that lie in the future because the clock was ahead when they were written and has been set back
/// since. Otherwise the job would wait too long.
void adjust_for_clock_step(Job& job, Instant now);

class Runner {
 public:
  /// `job` is the row as loaded. `start_at` spreads the jobs that a restart resumes. `changed` is called at the start
  /// and after every load or save.
  Runner(RunnerContext context, Job job, Instant start_at, std::function<void(const Job&)> changed);

  /// Ends when the job is at rest or has a long time to wait, or soon after stop().
  asio::awaitable<void> run();

  /// A command has changed the row: loads it and continues from there.
  void reload();
  /// An event from outside, for example from the vault's list.
  void deliver(Event event);
  /// Starts nothing new. The action under way is completed and saved.
  void stop();

  [[nodiscard]] const Job& job() const { return job_; }
  // After run() has ended: a change or events that came too late for it.
  [[nodiscard]] bool is_stale() const { return stale_; }
  std::vector<Event> take_pending() {
    return {std::make_move_iterator(pending_events_.begin()), std::make_move_iterator(pending_events_.end())};
  }

 private:
  asio::awaitable<void> step();
  asio::awaitable<void> record(Event event);
  asio::awaitable<bool> load_again();
  asio::awaitable<Event> perform(Action action);
  asio::awaitable<std::optional<Event>> read_spec(Action action);
  asio::awaitable<void> wait_for_store(std::string doing, Error error);

  RunnerContext context_;
  Job job_;
  const Instant start_at_;
  const std::function<void(const Job&)> changed_;
  std::unique_ptr<Timer> timer_;
  std::deque<Event> pending_events_;
  SharedSpec spec_;  // the job's file, from its first use until the restore has started
  bool stale_ = false;
  bool waits_long_ = false;
  bool stopping_ = false;
};

}  // namespace azrestored
