// perform(): carries out one action of a job and brings back the event. The only place where a job touches the world.
#pragma once

#include <map>
#include <memory>

#include "core/admission/wait_reason.hpp"
#include "core/arm/arm_clients.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/base/clock.hpp"
#include "core/base/id_source.hpp"
#include "core/base/instant.hpp"
#include "core/engine/vault_cache.hpp"
#include "core/http/message.hpp"
#include "core/job/decide.hpp"
#include "core/job/event.hpp"
#include "core/job/job.hpp"
#include "core/jobfile/spec.hpp"

namespace azrestored {

class Performer {
 public:
  /// `reads_kept_for`: how long what was read of a vault is shared by its jobs (VaultCache); zero: not at all.
  Performer(const ArmClients& sessions, Clock& clock, IdSource& ids, Millis reads_kept_for = Millis(0))
      : sessions_(sessions), clock_(clock), ids_(ids), vaults_(clock, reads_kept_for) {}

  /// `action` is anything but SleepUntil and Rest. `spec` is the job's file; it may be null when spec_use() of the
  /// action is not SpecUse::required. A Submit sends one POST, and never more than one.
  asio::awaitable<Event> perform(Action action, Job job, SharedSpec spec);

  /// What an action uses the job's file for: nothing; a report that can do without; what it requests.
  enum class SpecUse { none, optional, required };
  static SpecUse spec_use(const Action& action);
  /// The job waits for hours after the action, and uses its file once more at most: it need not stay in memory.
  static bool can_drop_spec_after(const Action& action);

  /// The event of an action that could not be started: nothing was sent.
  static Event not_started(const Action& action, Problem problem);
  /// The event changes what the job requests next: a request that waits for quota must not be sent any more.
  static bool withdraws_request(const Event& event, const Job& job);

  /// The job is not worked on any more: what was held for its POST goes.
  void forget(const JobId& id) { access_details_.erase(id); }

  /// Something else concerns the job: it waits no longer for what another job reads of the vault.
  void cancel_wait(const JobId& id) { vaults_.cancel_wait(id); }
  /// The read of the vault that the job waits for; nullopt when it does not.
  [[nodiscard]] std::optional<VaultReadWait> waiting(const JobId& id) const { return vaults_.waiting(id); }

  /// Lets go of what was read of vaults and has had its time; to be called every now and then.
  void evict_expired_reads() { vaults_.evict_expired(); }

  /// What the job's Submit sends, as far as it is known: without the access token of a cross-region restore.
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

  /// The one POST, with everything that it takes.
  struct RestorePost {
    HttpRequest request;
    RequestPriority share;
    std::string request_id;
  };
  asio::awaitable<std::variant<RestorePost, Problem>> gather_post(Job job, SharedSpec spec);
  [[nodiscard]] Problem lost_profile(const std::string& profile) const;

  asio::awaitable<std::variant<RecoveryPoint, Event>> read_named_point(ArmClient& arm, Job job, std::string point_id);
  asio::awaitable<std::variant<PagedList<RecoveryPoint>, Event>> read_points_of(ArmClient& arm, Job job);
  /// The access details of a cross-region restore, or why they could not be had.
  asio::awaitable<std::variant<std::string, Event>> fetch_access(ArmClient& arm, Job job);

  const ArmClients& sessions_;
  Clock& clock_;
  IdSource& ids_;
  VaultCache vaults_;
  /// Access tokens of cross-region restores, from PrepareTrigger to Submit: here only, never in a row or a log.
  std::map<JobId, std::string> access_details_;
};

}  // namespace azrestored
