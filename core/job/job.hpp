// A restore job: the value that the whole daemon turns around. Pure data.
//
//   queued ─► resolving ─► [validating] ─► triggering ─► polling ─► [rehydrating] ─► tracking ─► succeeded
//                                             │  ▲          │              │          │ ▲        |
//                                             succeeded-with-warnings ▼  │          ▼              ▼          ▼ │ |
//                                             succeeded-with-findings
//                                           in-doubt ◄──────┘              cancelling ──┘        | failed | cancelled
//                                             └─► held (a person must look)          (Azure refused the cancel)
//
// A person may hold a job before its POST, release a held one, and retry one that failed (as a new attempt of the job).
// The state says what is true; decide() says what it wants next; evolve() says what an event makes of it.
// Every wait is an absolute instant in the row (`not_before`), so starting up is recovery.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/azure/arm_id.hpp"
#include "core/azure/problem.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/azure/vault_facts.hpp"
#include "core/base/instant.hpp"
#include "core/json/shared_json.hpp"

namespace azrestored {

using JobId = std::string;  // a lower-case UUID

/// Accepted and durable; nothing has been asked of Azure yet. The supervisor moves it on when a place is free.
struct Queued {};

/// Finding the protected item, the vault's region and the recovery point. Only reads; what was found is in Progress.
struct Resolving {};

/// Azure's pre-flight: the service is asked whether the request would be good (API.md 7). Starts nothing, may be
/// repeated.
struct Validating {
  std::string url;  // of the answer to come; "" until asked
};

/// About to POST the restore. While `sent` is false nothing has gone out. `sent` is saved as true, together with the
/// request id, before the POST leaves: a job found so at start-up may have been restored already, and becomes InDoubt.
struct Triggering {
  bool sent = false;
};

/// The POST may or may not have started a restore: looking for a backup job whose activityId is our request id.
struct InDoubt {
  Instant posted_at{};    // when the intent was saved: where the window of the search begins
  Instant quiet_until{};  // an empty search that began after this, by our clock, proves that nothing was started
  bool accepted = false;  // Azure said 202, and then lost the operation: never POST again
  int searches = 0;       // looked so often in vain; spaces the searches
  Millis quiet{};         // how long an effect may yet take; 0: the first empty search proves it
  // The same by the service's clock, counted from the first answer: both must agree, as ours may have been set.
  std::optional<Instant> served_until{};
};

/// Azure accepted the request; its operation is polled until it names the backup job.
struct Polling {
  Instant accepted_at{};
};

/// The backup job runs in Azure. The vault's job list says when it ends; its details are read then and in between when
/// Azure's budget of reads has some to spare, or somebody looks on.
struct Tracking {
  Instant started_at{};  // when we learned of the backup job
  Instant last_read{};   // of its details
  int unlisted = 0;      // consecutive job lists in which it was missing
  bool wanted = false;   // somebody looks on, or lists have missed it: its details are worth a read of their own
};

/// As Tracking, while the service first brings the recovery point back from the archive, which takes hours.
struct Rehydrating {
  Tracking job;
};

/// A person asked to cancel and the backup job is known: ask Azure, follow the answer, then watch the job as in
/// Tracking.
struct Cancelling {
  enum class Phase { asking, following, watching };
  Phase phase = Phase::asking;
  std::string result_url;  // while following
  Tracking job;
};

/// Going on would be a guess: a person must look. Progress::problem and the history say why.
struct Held {
  bool may_be_running = false;  // a restore may have been started in Azure
};

struct Succeeded {};
struct SucceededWithWarnings {};
/// Well in Azure, but what the service reports is not all that was asked for: Progress::findings.
struct SucceededWithFindings {};
struct Failed {};
struct Cancelled {};

using State =
    std::variant<Queued, Resolving, Validating, Triggering, InDoubt, Polling, Rehydrating, Tracking, Cancelling, Held,
                 Succeeded, SucceededWithWarnings, SucceededWithFindings, Failed, Cancelled>;

/// The name that users, scripts and the database know ("in-doubt"). A contract; never reused.
std::string_view state_name(const State& state);
/// Every name, in the order of the variant.
std::span<const std::string_view> state_names();

/// Nothing will ever change any more.
bool is_final(const State& state);
/// Final or held: the daemon does nothing on its own.
bool is_at_rest(const State& state);

/// What of the job file decides the job's way, so that a row can be acted on without reading the file again.
struct Plan {
  std::string auth;          // the sign-in profile; "" for the default one
  std::string cross_region;  // the secondary region; "" for a restore in the vault's own
  bool checked = false;      // "validate" is not "none": what the rules need is read, and a broken rule refuses
  bool preflight = false;    // "validate" is "service"
  bool seeks_guard = false;  // what a Resource Guard wants to see is looked up
};

/// An attempt that a person's retry has put behind.
struct EarlierAttempt {
  std::string request_id;
  std::string azure_job_id;
  Instant ended_at{};
  std::string state;    // what it ended as
  std::string problem;  // why; may be empty
};

/// What has been learned and done. Only grows, a retry aside; nothing in it is silently chosen again.
struct Progress {
  // Defined in job.cpp: a copy of all this, compiled anew wherever one is made, took a third of the build.
  Progress();
  ~Progress();
  Progress(const Progress&);
  Progress(Progress&&) noexcept;
  Progress& operator=(const Progress&);
  Progress& operator=(Progress&&) noexcept;

  Plan plan;
  std::optional<ProtectedItem> item;
  std::optional<std::string> region;                       // of the vault, or as the job file gives it
  std::optional<VaultFacts> vault;                         // read only when the rules are checked, or for the region
  bool vault_unreadable = false;                           // Azure does not let us read it, and we can do without
  std::optional<std::vector<std::string>> guard_requests;  // resourceGuardOperationRequests, looked up
  std::optional<RecoveryPoint> point;
  bool rehydrates = false;    // the restore begins with a rehydration that is not over yet
  std::string request_id;     // x-ms-client-request-id of the POST, and the job's activityId in Azure
  Instant posted_at{};        // when the intent of the first POST that may have started something was saved
  int attempts = 0;           // POSTs that may have started something
  int forgiven = 0;           // as many of them do not count for Policy::most_attempts: a person released the job
  std::string operation_url;  // as received, to be polled verbatim
  std::string operation_id;
  std::string azure_job_id;
  std::string azure_status;  // the backup job's own word
  std::optional<double> percent;
  std::optional<Instant> cancel_requested_at;
  std::string cancel_answer;       // what became of the request to cancel
  std::optional<Problem> problem;  // the last thing that went wrong
  std::optional<Problem> refusal;  // of a POST that came after an unclear one; the job fails with it
  std::vector<std::string> warnings;
  std::vector<std::string> findings;   // asked for one thing, got another
  std::vector<std::string> unchecked;  // asked for, and not told by the service
  std::vector<EarlierAttempt> earlier;
  SharedJson outcome;  // of the backup job: times, error details, property bag, tasks; null before
};

struct Job {
  // Defined in job.cpp: a copy of all this, compiled anew wherever one is made, took a third of the build.
  Job();
  ~Job();
  Job(const Job&);
  Job(Job&&) noexcept;
  Job& operator=(const Job&);
  Job& operator=(Job&&) noexcept;

  JobId id;
  std::string name;
  VaultId vault;
  std::string vm;             // its name, as the job file tells it
  std::string recovery_type;  // "RestoreDisks" ...
  // What the job's turn depends on, besides its vault (core/admission/admission.hpp): as the job file has it.
  int priority = 0;             // higher first
  std::string storage_account;  // the staging account's ARM id, lower case; "" when the file names none
  std::string target_group;     // ARM id of the resource group that takes the disks, lower case; "" when not known
  std::int64_t submitter_uid = 0;
  Instant created_at{};
  Instant since{};           // when the present state was entered
  std::int64_t version = 0;  // rises by one with every save
  Instant not_before{};      // do nothing earlier
  int failures = 0;          // consecutive failed reads; spaces the retries, ends nothing
  State state;
  Progress progress;
};

/// How long the job was in the state that it has left; nullopt when it is in the same one still.
std::optional<Millis> time_in_state_left(const Job& before, const Job& now);

/// One line of a job's history: written in the same transaction as the change it tells of.
struct HistoryLine {
  Instant at{};
  std::string from;  // state names; from == to when something notable happened within a state
  std::string to;
  std::string cause;   // the event's stable name
  std::string detail;  // one sentence for a person; may be empty
  int http_status = 0;
  std::string azure_request_id;
  std::string azure_correlation_id;
};

}  // namespace azrestored
