// Keeps a bounded number of jobs active, in their turn (core/admission.hpp): claims them from the store, runs one
// Runner for each, one VaultWatcher per vault with running restores, and takes commands. All on one thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <map>
#include <memory>
#include <set>

#include "core/runner.hpp"
#include "core/vault_watcher.hpp"
#include "core/waiting.hpp"

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

  /// Gives back old claims and starts the jobs that were under way: what has to be done before READY.
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

  /// What a job waits for that others wait for as well; nullopt when nobody stands in line with it.
  [[nodiscard]] std::optional<Waiting> waiting(const Job& job) const;

  /// Starts nothing new. Awaiting drained() then tells when everything under way has been saved.
  void stop();
  asio::awaitable<void> drained();
  [[nodiscard]] std::size_t active() const { return runners_.size(); }

 private:
  asio::awaitable<Result<void>> fill(Millis spacing);
  asio::awaitable<void> rest(Millis at_least);
  void start(Job job, Instant at);
  void ended(const JobId& id, std::exception_ptr error);
  void follow(const Job& job);
  static void watch(VaultWatcher& watcher, const Job& job);
  void start_watcher(const Job& job);

  asio::any_io_executor executor_;
  const ArmSessions& sessions_;
  JobStore& store_;
  Clock& clock_;
  IdSource& ids_;
  RateBudgets& budgets_;
  Observer& observer_;
  const Policy& policy_;
  const Limits limits_;
  const std::function<void(std::exception_ptr)> fatal_;
  Performer performer_;
  std::unique_ptr<Alarm> alarm_;
  std::unique_ptr<Alarm> drain_alarm_;
  Admission admission_;  // knows of the jobs that are active
  std::map<JobId, std::shared_ptr<Runner>> runners_;
  std::map<std::string, std::shared_ptr<VaultWatcher>> watchers_;  // by watch_key()
  int watchers_running_ = 0;
  std::map<JobId, Job> claimed_again_;  // while their former runner had not ended
  std::set<JobId> changed_unclaimed_;   // by commands while fill() was claiming
  bool filling_ = false;
  bool work_waiting_ = false;
  bool stopping_ = false;
};

}  // namespace azrestored
