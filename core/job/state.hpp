// The states of a job. A state says what is true, decide() chooses the next action, evolve() applies an event.
//
//   queued ─► resolving ─► [validating] ─► triggering ─► polling ─► [rehydrating] ─► tracking ─┬─► succeeded
//                                            │    ▲         │             │   ▲       │   ▲    ├─► succeeded-with-warnings
//                                            ▼    │         │             ▼   │       ▼   │    ├─► succeeded-with-findings
//                                           in-doubt ◄──────┘            cancelling ──────┘    ├─► failed
//                                            │    │                           └────────────────┴─► cancelled
//                                            ▼    ▼
//                                          held  [rehydrating], tracking
//
//   [ ]                         validating: the job file asks for Azure's pre-flight. rehydrating: the recovery point is
//                               in the archive tier.
//   in-doubt ─► triggering      Azure started nothing.
//   in-doubt ─► tracking        A backup job carries our request id.
//   cancelling ─► tracking      Azure refused to cancel.
//   to failed, to cancelled     From every state, as long as no restore can run in Azure.
//   to held                     By an operator before the POST; by azrestored if it cannot know what happened.
//   held ─► queued, in-doubt, tracking     An operator releases the job.
//   held, failed, cancelled ─► queued      An operator retries the job: a new attempt.
//
// Each state carries its facts as static members: its name, its group and how it is reported. All other code asks for
// these facts; none lists names of states. CONTRIBUTING.md says how to add a state.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "core/base/instant.hpp"

namespace azrestored {

/// What azrestored does with a job, and what may exist in Azure.
enum class Group {
  waiting,    // in the queue, without a slot; nothing was asked of Azure
  preparing,  // has a slot: azrestored reads, checks, and sends the POST
  open,       // the POST may have started a restore, and its backup job is not known
  tracking,   // the backup job is known, and azrestored follows it to its end: backup_job_of() has it
  at_rest,    // azrestored does nothing by itself; an operator can let the job continue
  final,      // the job has finished; only a retry changes it
};

/// How a job counts for users: in totals, colours, exit codes and metrics.
enum class ReportedAs { waiting, running, in_doubt, held, done, done_with_warnings, failed, cancelled };

/// Accepted and durable; nothing was asked of Azure yet. The supervisor starts it when a slot is free.
struct Queued {
  static constexpr std::string_view name = "queued";
  static constexpr Group group = Group::waiting;
  static constexpr ReportedAs reported_as = ReportedAs::waiting;
};

/// Finds the protected item, the vault's region and the recovery point. Only reads; Progress has the results.
struct Resolving {
  static constexpr std::string_view name = "resolving";
  static constexpr Group group = Group::preparing;
  static constexpr ReportedAs reported_as = ReportedAs::running;
};

/// Azure's pre-flight: Azure checks the restore request (azure-backup-api.md 7). Starts nothing and may be repeated.
struct Validating {
  static constexpr std::string_view name = "validating";
  static constexpr Group group = Group::preparing;
  static constexpr ReportedAs reported_as = ReportedAs::running;
  std::string url;  // of the result to poll; "" until the pre-flight is requested
};

/// The POST comes next. While `sent` is false, nothing was sent. `sent` is saved as true, together with the request id,
/// before the POST. A job that the daemon finds so at its start may have started a restore, and becomes InDoubt.
struct Triggering {
  static constexpr std::string_view name = "triggering";
  static constexpr Group group = Group::preparing;
  static constexpr ReportedAs reported_as = ReportedAs::running;
  bool sent = false;
};

/// The POST may have started a restore. Searches for a backup job whose activityId is our request id, from
/// Progress::posted_at on.
struct InDoubt {
  static constexpr std::string_view name = "in-doubt";
  static constexpr Group group = Group::open;
  static constexpr ReportedAs reported_as = ReportedAs::in_doubt;
  Instant quiet_until{};  // an empty search that began after this, by our clock, proves that nothing was started
  bool accepted = false;  // Azure responded 202, then its operation disappeared: never POST again
  int searches = 0;       // empty searches so far; spaces the searches
  Millis quiet{};         // the quiet period; 0: the first empty search is conclusive
  // quiet_until by Azure's clock, from its first response on. Both clocks must agree, as ours may have been set.
  std::optional<Instant> quiet_until_azure_clock{};
};

/// Azure accepted the request. Polls the operation until it names the backup job.
struct Polling {
  static constexpr std::string_view name = "polling";
  static constexpr Group group = Group::open;
  static constexpr ReportedAs reported_as = ReportedAs::running;
  Instant accepted_at{};
};

/// The backup job runs in Azure. The vault's job list shows its end. Its details are read then, and earlier if the
/// quota of reads has reserves or an operator watches.
struct Tracking {
  static constexpr std::string_view name = "tracking";
  static constexpr Group group = Group::tracking;
  static constexpr ReportedAs reported_as = ReportedAs::running;
  Instant started_at{};            // when azrestored learned of the backup job
  Instant last_read{};             // of its details
  int missed_lists = 0;            // consecutive job lists without it
  bool details_requested = false;  // an operator watches, or lists missed it: read its details by id
};

/// As Tracking, while Azure rehydrates the recovery point from the archive tier, which takes hours.
struct Rehydrating {
  static constexpr std::string_view name = "rehydrating";
  static constexpr Group group = Group::tracking;
  static constexpr ReportedAs reported_as = ReportedAs::running;
  Tracking job;
};

/// An operator requested a cancel, and the backup job is known. Sends the cancel request, polls its result, then tracks
/// the backup job as in Tracking.
struct Cancelling {
  static constexpr std::string_view name = "cancelling";
  static constexpr Group group = Group::tracking;
  static constexpr ReportedAs reported_as = ReportedAs::running;
  enum class Phase { asking, following, watching };
  Phase phase = Phase::asking;
  std::string result_url;  // while following
  Tracking job;
};

/// Needs an operator: azrestored cannot know what happened, or an operator put the job on hold. Progress::problem and
/// the history have the reason.
struct Held {
  static constexpr std::string_view name = "held";
  static constexpr Group group = Group::at_rest;
  static constexpr ReportedAs reported_as = ReportedAs::held;
  bool may_be_running = false;  // a restore may have been started in Azure
};

struct Succeeded {
  static constexpr std::string_view name = "succeeded";
  static constexpr Group group = Group::final;
  static constexpr ReportedAs reported_as = ReportedAs::done;
};

/// Azure's backup job ended with warnings, so some of what was requested may not be done: Progress::problem and
/// findings.
struct SucceededWithWarnings {
  static constexpr std::string_view name = "succeeded-with-warnings";
  static constexpr Group group = Group::final;
  static constexpr ReportedAs reported_as = ReportedAs::done_with_warnings;
};

/// Azure reports success without warnings, but the result differs from the job file: Progress::findings.
struct SucceededWithFindings {
  static constexpr std::string_view name = "succeeded-with-findings";
  static constexpr Group group = Group::final;
  static constexpr ReportedAs reported_as = ReportedAs::done_with_warnings;
};

struct Failed {
  static constexpr std::string_view name = "failed";
  static constexpr Group group = Group::final;
  static constexpr ReportedAs reported_as = ReportedAs::failed;
};

struct Cancelled {
  static constexpr std::string_view name = "cancelled";
  static constexpr Group group = Group::final;
  static constexpr ReportedAs reported_as = ReportedAs::cancelled;
};

using State =
    std::variant<Queued, Resolving, Validating, Triggering, InDoubt, Polling, Rehydrating, Tracking, Cancelling, Held,
                 Succeeded, SucceededWithWarnings, SucceededWithFindings, Failed, Cancelled>;

// ── the facts of a state: of its type, of a value, by its name ──

constexpr bool is_at_rest(Group group) {
  return group == Group::at_rest || group == Group::final;
}

/// The restore was done, with or without warnings.
constexpr bool is_good_end(ReportedAs reported_as) {
  return reported_as == ReportedAs::done || reported_as == ReportedAs::done_with_warnings;
}

/// A state in which azrestored does nothing by itself, the final ones included.
template <class S>
concept RestingState = is_at_rest(S::group);

template <class S>
concept FinalState = S::group == Group::final;

struct StateFacts {
  std::string_view name;  // "in-doubt": a contract with users, scripts and the database; never reused
  Group group{};
  ReportedAs reported_as{};
};

template <class... States>
constexpr auto facts_of_each(std::type_identity<std::variant<States...>>) {
  return std::array{StateFacts{States::name, States::group, States::reported_as}...};
}

/// Of every state, in the order of the variant.
inline constexpr auto all_states = facts_of_each(std::type_identity<State>());

const StateFacts& facts_of(const State& state);
/// nullptr for an unknown name, which a newer azrestored may have sent.
const StateFacts* state_facts(std::string_view name);

std::string_view state_name(const State& state);
/// Every name, in the order of the variant.
std::span<const std::string_view> state_names();
std::vector<std::string_view> state_names(Group group);

/// Only a retry changes the job.
bool is_final(const State& state);
/// Final or held: azrestored does nothing by itself.
bool is_at_rest(const State& state);
/// Waiting or preparing: the restore request is not known to be sent.
bool is_preparing(const State& state);
/// The restore was done, with or without warnings.
bool is_good_end(const State& state);

/// The state's data about the backup job; nullptr outside Group::tracking.
const Tracking* backup_job_of(const State& state);

}  // namespace azrestored
