// Keeps a bounded number of jobs active, in their turn (core/admission/admission.hpp): claims them from the store, runs one
// Runner for each that has something to do, one VaultWatcher per vault with running restores, and takes commands. All
// on one thread.
//
// An active job is either running (it has a Runner) or parked (core/engine/parked_jobs.hpp): a Runner ends when its job has
// long to wait, and one is made again, from the row, when the wait is over, when the vault's list has news, when a
// command has changed the row or a person looks. supervisor.cpp has the claiming, the vaults and the commands,
// job_parking.cpp the way from one to the other.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <map>
#include <memory>
#include <set>

#include "core/admission/wait_reason.hpp"
#include "core/engine/parked_jobs.hpp"
#include "core/engine/runner.hpp"
#include "core/engine/vault_poller.hpp"

namespace azrestored {

class Supervisor {
 public:
  struct Limits {
    int active_jobs = 10000;
    Caps caps{};
  };
  /// `fatal` is told of an exception in a coroutine: a bug, or memory exhausted. The daemon stops then.
  Supervisor(asio::any_io_executor executor, const ArmSessions& sessions, JobStore& store, Clock& clock, IdSource& ids,
             RateBudgets& budgets, Observer& observer, const Policy& policy, Limits limits,
             std::function<void(std::exception_ptr)> fatal);
  ~Supervisor();

  /// Takes up the jobs that were under way, as far as there are places: what has to be done before READY.
  asio::awaitable<Result<void>> recover();
  /// Claims and starts jobs while there are places; ends soon after stop().
  asio::awaitable<void> run();
  /// There may be something new to claim.
  void wake();

  /// A person's command: CancelRequested, HoldRequested, ReleaseRequested or RetryRequested. The job as saved, or a
  /// refusal in words for that person.
  asio::awaitable<Result<Job>> command(JobId id, Happening wanted);
  /// A person is looking at the job: its details are read sooner.
  void watched(const JobId& id);

  /// Other limits from now on: jobs that are active stay so.
  void set_limits(Limits limits);

  /// When Azure is next asked about an active job; nullopt when nothing waits for a time.
  [[nodiscard]] std::optional<Instant> next_poll() const;

  /// What a job waits for that others wait for as well; nullopt when nobody stands in line with it.
  [[nodiscard]] std::optional<WaitReason> waiting(const Job& job) const;
  /// When an active job goes on by itself, which its row may not know; nullopt for any other.
  [[nodiscard]] std::optional<Instant> goes_on_at(const JobId& id) const;

  /// Starts nothing new. Awaiting drained() then tells when everything under way has been saved.
  void stop();
  asio::awaitable<void> drained();
  [[nodiscard]] std::size_t active() const { return runners_.size() + parked_.size(); }
  /// Of these, the ones that do something at present.
  [[nodiscard]] std::size_t running() const { return runners_.size(); }

 private:
  asio::awaitable<Result<void>> fill(Millis spacing);
  asio::awaitable<void> rest(Millis at_least);
  void start_spaced(std::vector<Job> jobs, Millis spacing, Instant& at);
  void start(Job job, Instant at);
  void ended(const JobId& id, std::exception_ptr error);
  void follow(const Job& job);
  void note_preparing(const Job& job);
  void unfollow(const Job& job);
  void start_watcher(const Job& job);
  void deliver(const JobId& id, Event event);
  void changed(const JobId& id);

  // Parking and waking
  void run_job(Job job, Instant at, ParkedJobs::Entry left);
  void park(const Job& job, ParkedJobs::Entry entry);
  void keep_waking();
  asio::awaitable<void> wake_parked();
  asio::awaitable<void> load_parked(JobId id);

  asio::any_io_executor executor_;
  const ArmSessions& sessions_;
  JobStore& store_;
  Clock& clock_;
  IdSource& ids_;
  RateBudgets& budgets_;
  Observer& observer_;
  const Policy& policy_;
  Limits limits_;
  const std::function<void(std::exception_ptr)> fatal_;
  Performer performer_;
  std::unique_ptr<Alarm> alarm_;
  std::unique_ptr<Alarm> drain_alarm_;
  Admission admission_;        // knows of the jobs that are active
  std::set<JobId> preparing_;  // of them those whose request is not out yet
  std::map<JobId, std::shared_ptr<Runner>> runners_;
  ParkedJobs parked_;
  std::unique_ptr<Alarm> parked_alarm_;
  int loading_ = 0;                                                // parked jobs on their way to a runner
  std::map<std::string, std::shared_ptr<VaultWatcher>> watchers_;  // by watch_key(); each watches somebody
  int watchers_running_ = 0;
  std::set<JobId> changed_unclaimed_;  // by commands while fill() was claiming
  bool waking_ = false;                // wake_parked() runs
  bool filling_ = false;
  bool work_waiting_ = false;
  bool stopping_ = false;
};

}  // namespace azrestored
