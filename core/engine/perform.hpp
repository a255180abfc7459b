// Carries out one action of a job and returns the event. Nothing else sends a request for a single job.
#pragma once

#include <map>
#include <memory>

#include "core/admission/wait_reason.hpp"
#include "core/arm/arm_clients.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/base/clock.hpp"
#include "core/base/id_source.hpp"
#include "core/base/instant.hpp"
#include "core/engine/restore_pauses.hpp"
#include "core/engine/vault_cache.hpp"
#include "core/http/message.hpp"
#include "core/job/decide.hpp"
#include "core/job/event.hpp"
#include "core/job/job.hpp"
#include "core/jobfile/spec.hpp"

namespace azrestored {

class Performer {
 public:
  /// `reads_kept_for`: how long the jobs of a vault share the results of its reads (VaultCache). Zero: not at all.
  Performer(const ArmClients& sessions, Clock& clock, IdSource& ids, Millis reads_kept_for = Millis(0))
      : sessions_(sessions), clock_(clock), ids_(ids), vaults_(clock, reads_kept_for) {}

  /// `action` must not be SleepUntil or Rest. `spec` is the job's file; it may be null if spec_use() of the action is
  /// not SpecUse::required. TriggerRestore sends at most one POST.
  asio::awaitable<Event> perform(Action action, Job job, SharedSpec spec);

  /// How an action uses the job's file: not at all; for its report, if the file is there; for its request.
  enum class SpecUse { none, optional, required };
  static SpecUse spec_use(const Action& action);
  /// After the action the job waits for hours and uses its file at most once more, so the file may leave memory.
  static bool can_drop_spec_after(const Action& action);

  /// The event of an action that could not be started: nothing was sent.
  static Event not_started(const Action& action, Problem problem);
  /// True if the event changes what the job requests next: a request that waits for quota must then not be sent.
  static bool withdraws_request(const Event& event, const Job& job);

  /// The job's runner has ended: drops the access token that was kept for its POST.
  void forget(const JobId& id) { access_details_.erase(id); }

  /// A job that was active when an earlier daemon ended.
  void resumed(const Job& job) { pauses_.resumed(job, clock_.now()); }

  /// Ends the job's wait for another job's read of the vault, for example after a command.
  void cancel_wait(const JobId& id) { vaults_.cancel_wait(id); }
  /// The read of the vault that the job waits for; nullopt if there is none.
  [[nodiscard]] std::optional<VaultReadWait> waiting(const JobId& id) const { return vaults_.waiting(id); }

  /// Removes expired results of reads of vaults. Call it periodically.
  void evict_expired_reads() { vaults_.evict_expired(); }

  /// The request that TriggerRestore sends for the job. `access_details`: the access token of a cross-region restore.
  [[nodiscard]] HttpRequest restore_request_of(const Job& job, const JobSpec& spec,
                                               const std::string& access_details) const;

 private:
  asio::awaitable<Event> run(Begin, ArmClient& arm, Job job, SharedSpec spec);
  asio::awaitable<Event> run(FindItem, ArmClient& arm, Job job, SharedSpec spec);
  asio::awaitable<Event> run(ReadVault, ArmClient& arm, Job job, SharedSpec spec);
  asio::awaitable<Event> run(ReadGuard, ArmClient& arm, Job job, SharedSpec spec);
  asio::awaitable<Event> run(FindPoint, ArmClient& arm, Job job, SharedSpec spec);
  asio::awaitable<Event> run(RequestPreflight, ArmClient& arm, Job job, SharedSpec spec);
  asio::awaitable<Event> run(PollPreflight, ArmClient& arm, Job job, SharedSpec spec);
  asio::awaitable<Event> run(PrepareTrigger, ArmClient& arm, Job job, SharedSpec spec);
  asio::awaitable<Event> run(TriggerRestore, ArmClient& arm, Job job, SharedSpec spec);
  asio::awaitable<Event> run(SearchJobs, ArmClient& arm, Job job, SharedSpec spec);
  asio::awaitable<Event> run(PollOperation, ArmClient& arm, Job job, SharedSpec spec);
  asio::awaitable<Event> run(ReadJob, ArmClient& arm, Job job, SharedSpec spec);
  asio::awaitable<Event> run(RequestCancel, ArmClient& arm, Job job, SharedSpec spec);
  asio::awaitable<Event> run(PollCancel, ArmClient& arm, Job job, SharedSpec spec);
  asio::awaitable<Event> run(SleepUntil, ArmClient& arm, Job job, SharedSpec spec);
  asio::awaitable<Event> run(Rest, ArmClient& arm, Job job, SharedSpec spec);

  /// The restore's POST, complete.
  struct RestorePost {
    HttpRequest request;
    RequestPriority priority;
    std::string request_id;
  };
  asio::awaitable<std::variant<RestorePost, Problem>> gather_post(Job job, SharedSpec spec);
  [[nodiscard]] Problem lost_profile(const std::string& profile) const;

  struct NamedPoint {
    RecoveryPoint point;
    Instant read_at{};  // by Azure's clock if the response has a Date
  };
  asio::awaitable<std::variant<NamedPoint, Event>> read_named_point(ArmClient& arm, Job job, std::string point_id);
  asio::awaitable<std::variant<PagedList<RecoveryPoint>, Event>> read_points_of(ArmClient& arm, Job job);
  /// The access details of a cross-region restore, or the event of the failed request.
  asio::awaitable<std::variant<std::string, Event>> fetch_access(ArmClient& arm, Job job);

  const ArmClients& sessions_;
  Clock& clock_;
  IdSource& ids_;
  VaultCache vaults_;
  RestorePauses pauses_;
  /// Access tokens of cross-region restores, from PrepareTrigger to TriggerRestore. They are never stored or logged.
  std::map<JobId, std::string> access_details_;
};

}  // namespace azrestored
