// Runs one job: decide, perform, evolve, save, until it is at rest or the daemon stops. One coroutine per active job.
// Everything it knows is in the saved row; killing it at any point loses nothing.
#pragma once

#include <deque>
#include <functional>
#include <memory>

#include "core/evolve.hpp"
#include "core/perform.hpp"
#include "core/ports.hpp"
#include "core/rate_budgets.hpp"

namespace azrestored {

/// What runners share; outlives them all.
struct RunnerContext {
  Performer& performer;
  JobStore& store;
  Clock& clock;
  IdSource& ids;
  RateBudgets& budgets;
  Observer& observer;
  const Policy& policy;
};

class Runner {
 public:
  /// `job` as claimed. `start_at` spreads the resumed jobs of a restart. `changed` is called after every save.
  Runner(RunnerContext context, Job job, Instant start_at, std::function<void(const Job&)> changed);

  /// Ends when the job is at rest, or soon after stop().
  asio::awaitable<void> run();

  /// The row was changed by somebody else (a command): load it and go on from there.
  void reload();
  /// Something that was learned elsewhere (the vault's list).
  void deliver(Event event);
  /// Starts nothing new; what is under way is finished and saved.
  void stop();

  [[nodiscard]] const Job& job() const { return job_; }

 private:
  void mind_a_clock_set_back();
  asio::awaitable<void> step();
  asio::awaitable<void> record(Event event);
  asio::awaitable<bool> load_again();
  asio::awaitable<Event> perform(Action action);
  asio::awaitable<std::optional<Event>> read_spec(bool needed);
  asio::awaitable<void> wait_for_store(std::string doing, Error error);

  RunnerContext context_;
  Job job_;
  const Instant start_at_;
  const std::function<void(const Job&)> changed_;
  std::unique_ptr<Alarm> alarm_;
  std::deque<Event> mail_;
  SharedSpec spec_;  // the job's file, from when it is first needed until the restore is under way
  bool stale_ = false;
  bool stopping_ = false;
};

}  // namespace azrestored
