// Drives all jobs with three parts: ClaimLoop takes queued jobs from the store, JobParking runs and parks them,
// VaultPollers polls the vaults in which restores run. The Supervisor connects the parts and applies the operator's
// commands. One thread; the references given to the constructor outlive the Supervisor.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <exception>
#include <functional>
#include <optional>

#include "core/admission/wait_reason.hpp"
#include "core/arm/arm_clients.hpp"
#include "core/base/clock.hpp"
#include "core/base/id_source.hpp"
#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/budget/rate_limiter.hpp"
#include "core/engine/claim_loop.hpp"
#include "core/engine/job_parking.hpp"
#include "core/engine/perform.hpp"
#include "core/engine/vault_pollers.hpp"
#include "core/job/event.hpp"
#include "core/job/job.hpp"
#include "core/job/observer.hpp"
#include "core/job/policy.hpp"
#include "core/store/job_store.hpp"

namespace azrestored {

class Supervisor {
 public:
  using Limits = ClaimLoop::Limits;
  /// `fatal` receives an exception of a coroutine: a bug, or memory exhausted. The daemon stops then.
  Supervisor(asio::any_io_executor executor, const ArmClients& sessions, JobStore& store, Clock& clock, IdSource& ids,
             RateLimiter& budgets, Observer& observer, const Policy& policy, Limits limits,
             std::function<void(std::exception_ptr)> fatal);

  /// Resumes the jobs that were active when the previous daemon ended, within the limits. Call it before READY.
  asio::awaitable<Result<void>> recover();
  /// Claims and starts jobs within the limits; ends soon after stop().
  asio::awaitable<void> run();
  /// There may be a job to claim.
  void wake();

  /// Applies an operator's command: CancelRequested, HoldRequested, ReleaseRequested or RetryRequested. Returns the
  /// saved job, or a refusal with a sentence for the operator.
  asio::awaitable<Result<Job>> command(JobId id, EventPayload wanted);
  /// An operator looks at the job: its details are read sooner.
  void watched(const JobId& id);

  /// Changes the limits. Active jobs stay active.
  void set_limits(Limits limits);

  /// When the next job continues or the next list is read; nullopt if neither has a time.
  [[nodiscard]] std::optional<Instant> next_poll() const;

  /// The shared resource that the job waits for; nullopt if there is none.
  [[nodiscard]] std::optional<WaitReason> waiting(const Job& job) const;
  /// When an active job continues by itself, which can differ from its row; nullopt if the job is not active.
  [[nodiscard]] std::optional<Instant> goes_on_at(const JobId& id) const;

  /// Starts nothing new. drained() returns when everything under way has been saved.
  void stop();
  asio::awaitable<void> drained();
  [[nodiscard]] std::size_t active() const { return parking_.count(); }
  /// The number of active jobs that are not parked.
  [[nodiscard]] std::size_t running() const { return parking_.running(); }

 private:
  void saved(const Job& job);
  void announce_command(const Job& job);

  JobStore& store_;
  Clock& clock_;
  IdSource& ids_;
  RateLimiter& budgets_;
  Observer& observer_;
  const Policy& policy_;
  Performer performer_;
  JobParking parking_;
  VaultPollers pollers_;
  ClaimLoop claim_loop_;
};

}  // namespace azrestored
