// The active jobs. Each is either running (it has a Runner) or parked (core/engine/parked_jobs.hpp). A Runner ends when
// its job has a long time to wait. A new one starts from the row when the wait is over, when an event arrives, when a
// command has changed the row, or when an operator requests the job's details. Supervisor calls it, and ClaimLoop calls
// it as ActiveJobs.
//
// Promises:
// - A job has at most one Runner. An event that arrives too late for one Runner is applied by the next.
// - Few parked jobs are loaded at a time, so thousands of events do not bring thousands of jobs into memory.
// - Reports::saved is called for each row that was loaded or saved, Reports::ended when a job is at rest.
// What can fail: the store. A row that cannot be loaded is loaded again later, and the observer receives the reason.
// One thread. The references given to the constructor outlive this object. This object outlives its Runners.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "core/base/clock.hpp"
#include "core/base/instant.hpp"
#include "core/engine/active_jobs.hpp"
#include "core/engine/parked_jobs.hpp"
#include "core/engine/runner.hpp"
#include "core/job/event.hpp"
#include "core/job/job.hpp"

namespace azrestored {

class JobParking final : public ActiveJobs {
 public:
  /// Called on the loop, from a Runner. Must not change the active jobs.
  struct Reports {
    std::function<void(const Job&)> saved;  // loaded or saved by a Runner, or parked
    std::function<void(const Job&)> ended;  // at rest and no longer active
  };
  /// `fatal` receives an exception of a coroutine: a bug, or memory exhausted.
  JobParking(asio::any_io_executor executor, RunnerContext context, Reports reports,
             std::function<void(std::exception_ptr)> fatal);

  [[nodiscard]] std::size_t count() const override { return runners_.size() + parked_.size(); }
  [[nodiscard]] bool contains(const JobId& id) const override;
  void start(Job job, Instant at, bool is_outdated) override;
  void changed(const JobId& id) override;

  /// The jobs that have a Runner.
  [[nodiscard]] std::size_t running() const { return runners_.size(); }

  /// An event that the job's Runner did not produce itself. It is dropped if the job is not active.
  void deliver(const JobId& id, Event event);
  /// An operator looks at the job. Its details are read soon if they may be old and nothing else delays the read.
  void request_details(const JobId& id);

  /// When an active job continues by itself, which can differ from its row; nullopt if the job is not active.
  [[nodiscard]] std::optional<Instant> goes_on_at(const JobId& id) const;
  /// When the next active job continues by itself; nullopt if no job is active.
  [[nodiscard]] std::optional<Instant> next_at() const;

  /// Starts no further Runner. drained() returns when everything under way has been saved.
  void stop();
  asio::awaitable<void> drained();

 private:
  void run_job(Job job, Instant at, ParkedJobs::Entry left);
  void ended(const JobId& id, std::exception_ptr error);
  void park(const Job& job, ParkedJobs::Entry entry);
  void keep_waking();
  asio::awaitable<void> wake_parked();
  asio::awaitable<void> load_parked(JobId id);

  const asio::any_io_executor executor_;
  const RunnerContext context_;
  const Reports reports_;
  const std::function<void(std::exception_ptr)> fatal_;
  std::map<JobId, std::shared_ptr<Runner>> runners_;
  ParkedJobs parked_;
  const std::unique_ptr<Timer> timer_;  // of wake_parked()
  const std::unique_ptr<Timer> drain_timer_;
  int loading_ = 0;      // parked jobs whose row is being loaded
  bool waking_ = false;  // wake_parked() runs
  bool stopping_ = false;
};

}  // namespace azrestored
