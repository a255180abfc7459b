// Runs one job: decide, perform, evolve, save, until it is at rest, has long to wait, or the daemon stops. One
// coroutine per job that does something. Everything it knows is in the saved row, but for when a job that polls goes
// on; killing it at any point loses nothing, and a job that only waits needs none (core/engine/parked_jobs.hpp).
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

/// What runners share; outlives them all.
struct RunnerContext {
  Performer& performer;
  JobStore& store;
  Clock& clock;
  IdSource& ids;
  RateLimiter& budgets;
  Observer& observer;
  const Policy& policy;
};

/// Between two tries to save or load while the store cannot (a full disk): soon enough to go on at once when there is
/// room again.
inline constexpr Millis store_retry = std::chrono::seconds(5);

/// The job has nothing to do but wait until then, for long enough to be parked. Not while it is about to POST: a
/// triggering job whose runner begins is taken for one that a dead daemon left so.
std::optional<Instant> parkable_until(const Job& job, Instant now);

/// What a clock that was ahead has written, and that has been set back since, would keep the job waiting.
void adjust_for_clock_step(Job& job, Instant now);

class Runner {
 public:
  /// `job` as loaded. `start_at` spreads the resumed jobs of a restart. `changed` is called after every save.
  Runner(RunnerContext context, Job job, Instant start_at, std::function<void(const Job&)> changed);

  /// Ends when the job is at rest or has long to wait, or soon after stop().
  asio::awaitable<void> run();

  /// The row was changed by somebody else (a command): load it and go on from there.
  void reload();
  /// Something that was learned elsewhere (the vault's list).
  void deliver(Event event);
  /// Starts nothing new; what is under way is finished and saved.
  void stop();

  [[nodiscard]] const Job& job() const { return job_; }
  /// Once run() has ended: what came too late for it.
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
  SharedSpec spec_;  // the job's file, from when it is first needed until the restore is under way
  bool stale_ = false;
  bool waits_long_ = false;
  bool stopping_ = false;
};

}  // namespace azrestored
