// Claims jobs from the store and starts them, while fewer jobs are active than the settings allow. The order is that of
// core/admission/admission.hpp. Supervisor calls it.
//
// Promises:
// - No more jobs are active than Limits::active_jobs. Jobs that are active when the limit is lowered stay active.
// - After a restart the jobs continue one by one (recover()), below the rate at which Azure refills its reads.
// - A command that changes a row while that row is being claimed is not missed: the job starts as outdated.
// - The loop pauses after each round, in proportion to the time that the store needed.
// What can fail: the store. recover() returns its error; run() reports it to the observer and claims again later.
// One thread. Everything that the constructor takes by reference outlives the loop.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <set>
#include <vector>

#include "core/admission/admission.hpp"
#include "core/admission/wait_reason.hpp"
#include "core/base/clock.hpp"
#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/engine/active_jobs.hpp"
#include "core/job/job.hpp"
#include "core/job/observer.hpp"
#include "core/store/job_store.hpp"

namespace azrestored {

class ClaimLoop {
 public:
  struct Limits {
    int active_jobs = 10000;
    ConcurrencyLimits caps{};
  };
  /// `housekeeping` is called before each round of claims, at least every 30 seconds.
  ClaimLoop(JobStore& store, Clock& clock, Observer& observer, ActiveJobs& jobs, const Limits& limits,
            std::function<void()> housekeeping);

  /// Starts the jobs that the previous daemon left active, up to the limit, and releases the claims on the others. Then
  /// claims once. Call it before run(). After an error it may be called again.
  asio::awaitable<Result<void>> recover();
  /// Claims after each wake(), and every 30 seconds. Ends soon after stop().
  asio::awaitable<void> run();
  /// There may be a job to claim.
  void wake();
  void stop();

  /// Changes the limits.
  void set_limits(const Limits& limits);

  // Reports about jobs.

  /// An active job was loaded or saved. After it has sent its request, the next job may prepare its own.
  void update_preparing(const Job& job);
  /// A job is at rest and no longer active.
  void ended(const Job& job);
  /// A command has changed the row of a job that is not active. A claim that is under way may have read the old row.
  void commanded(const JobId& id);

  /// What a queued job waits for before it is claimed; nullopt if it is active or no longer queued.
  [[nodiscard]] std::optional<WaitReason> wait_reason(const Job& job) const;

 private:
  asio::awaitable<Result<void>> claim(Millis spacing);
  asio::awaitable<void> pause(Millis at_least);
  void start_spaced(std::vector<Job> jobs, Millis spacing, Instant& at);
  void start(Job job, Instant at);
  [[nodiscard]] int free_slots() const;

  JobStore& store_;
  Clock& clock_;
  Observer& observer_;
  ActiveJobs& jobs_;
  Limits limits_;
  const std::function<void()> housekeeping_;
  const std::unique_ptr<Timer> timer_;
  Admission admission_;                       // counts the active jobs
  std::set<JobId> preparing_;                 // active jobs that have not sent their request yet
  std::set<JobId> commanded_while_claiming_;  // not active when the command came
  bool claiming_ = false;
  bool work_waiting_ = false;
  bool stopping_ = false;
};

}  // namespace azrestored
