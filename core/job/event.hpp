// What can happen to a job. An event is a fact, in the past tense, and is never lost: when somebody else changed the
// job meanwhile, it is applied to the job as it is now. The codec makes events of Azure's answers; commands are events
// too.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/azure/problem.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/job/job.hpp"
#include "core/json/shared_json.hpp"

namespace azrestored {

// ── resolving ──
struct Begun {  // the job got a place among the active ones
  static constexpr std::string_view name = "begun";
  Plan plan;
  std::optional<ProtectedItem> item;  // named outright in the job file
  std::optional<std::string> region;
};
struct ItemFound {
  static constexpr std::string_view name = "item-found";
  ProtectedItem item;
};
struct VaultRead {
  static constexpr std::string_view name = "vault-read";
  std::optional<VaultFacts> facts;  // nullopt: Azure does not let us read them
  std::string warning;              // then: why
};
struct GuardRead {
  static constexpr std::string_view name = "guard-read";
  std::vector<std::string> requests;
  std::string warning;  // when they could not be read
};
struct PointChosen {
  static constexpr std::string_view name = "point-chosen";
  RecoveryPoint point;
  std::vector<std::string> warnings;
  bool rehydrates = false;
};
struct ResolveFailed {  // what the job asks for does not exist
  static constexpr std::string_view name = "resolve-failed";
  Problem problem;
};

// ── validating ──
struct PreflightAsked {
  static constexpr std::string_view name = "preflight-asked";
  std::string url;
  std::optional<Millis> retry_after;
};
struct PreflightRunning {
  static constexpr std::string_view name = "preflight-running";
  std::optional<Millis> retry_after;
};
struct PreflightPassed {
  static constexpr std::string_view name = "preflight-passed";
};
struct PreflightFailed {  // the service says what is wrong with the request
  static constexpr std::string_view name = "preflight-failed";
  Problem problem;
};
struct PreflightSkipped {  // the service does not answer the question; the restore itself will tell
  static constexpr std::string_view name = "preflight-skipped";
  std::string why;
};

// ── triggering ──
struct SubmitPrepared {  // the request id for the POST that goes out next
  static constexpr std::string_view name = "submit-prepared";
  std::string request_id;
};
struct NotSent {  // not a byte of the POST left: nothing was started
  static constexpr std::string_view name = "not-sent";
  Problem problem;
};
struct Throttled {  // 429: nothing was started
  static constexpr std::string_view name = "throttled";
  Problem problem;
  std::optional<Millis> retry_after;
};
struct Accepted {  // 202
  static constexpr std::string_view name = "accepted";
  std::string operation_url;
  std::string operation_id;
  std::optional<Millis> retry_after;
};
struct Refused {  // 4xx: nothing was started, and repeating it is useless
  static constexpr std::string_view name = "refused";
  Problem problem;
};
struct OutcomeUnknown {  // 5xx, 408, time-out, reset, torn answer
  static constexpr std::string_view name = "outcome-unknown";
  Problem problem;
};
struct Interrupted {  // the daemon stopped while a POST may have been out
  static constexpr std::string_view name = "interrupted";
};

// ── in doubt ──
struct SearchFound {  // exactly one backup job carries our request id
  static constexpr std::string_view name = "search-found";
  std::string azure_job_id;
  std::string azure_status;
};
struct SearchEmpty {
  static constexpr std::string_view name = "search-empty";
  Instant began_at{};
  std::optional<Instant> served_at{};  // the service's clock, when it said so
};
struct SearchContradicted {  // more than one, or one that cannot be ours
  static constexpr std::string_view name = "search-contradicted";
  Problem problem;
};

// ── polling ──
struct OperationRunning {
  static constexpr std::string_view name = "operation-running";
  std::optional<Millis> retry_after;
  std::string warning;  // for a status word that we do not know
};
struct OperationSucceeded {
  static constexpr std::string_view name = "operation-succeeded";
  std::string azure_job_id;
};
struct OperationFailed {
  static constexpr std::string_view name = "operation-failed";
  Problem problem;
  bool cancelled = false;
};
struct OperationGone {  // 404, or an end that names no job
  static constexpr std::string_view name = "operation-gone";
  std::string why;
  bool maybe_too_early = false;  // 404: may still become visible
};

// ── tracking ──
struct JobListed {  // the vault's job list was read; nullopt: the job was not in it
  static constexpr std::string_view name = "job-listed";
  std::optional<std::string> azure_status;
};
struct JobRead {  // GET backupJobs/{id}
  static constexpr std::string_view name = "job-read";
  enum class End { running, completed, completed_with_warnings, failed, cancelled };
  End end = End::running;
  std::string azure_status;
  std::optional<double> percent;
  std::optional<Problem> problem;
  SharedJson outcome;
  std::string warning;       // for a status word that we do not know
  bool rehydrating = false;  // its tasks have not got beyond bringing the recovery point back from the archive
  std::vector<std::string> findings;
  std::vector<std::string> unchecked;
};
struct JobGone {
  static constexpr std::string_view name = "job-gone";
  Problem problem;
};
struct Watched {  // a person is looking, or there is plenty of budget: read the details sooner
  static constexpr std::string_view name = "watched";
};

// ── any read ──
struct ReadFailed {  // worth another try
  static constexpr std::string_view name = "read-failed";
  Problem problem;
  std::optional<Millis> retry_after;
};
struct NotAsked {  // called off while it waited for its turn, as something else concerns the job; changes nothing
  static constexpr std::string_view name = "not-asked";
};
struct ReadRefused {  // 403 and other 4xx: not worth another try
  static constexpr std::string_view name = "read-refused";
  Problem problem;
};
struct SpecUnreadable {  // the stored job file is no longer understood
  static constexpr std::string_view name = "spec-unreadable";
  Problem problem;
};

// ── cancelling ──
struct CancelRequested {
  static constexpr std::string_view name = "cancel-requested";
  std::int64_t uid = 0;
};
struct CancelAccepted {
  static constexpr std::string_view name = "cancel-accepted";
  std::string result_url;  // "" when Azure named none
  std::optional<Millis> retry_after;
};
struct CancelRunning {
  static constexpr std::string_view name = "cancel-running";
  std::optional<Millis> retry_after;
};
struct CancelDone {
  static constexpr std::string_view name = "cancel-done";
  std::string doubt;  // not empty: Azure does not tell what became of the request
};
struct CancelRefused {
  static constexpr std::string_view name = "cancel-refused";
  Problem problem;
};

// ── a person's other commands ──
struct HoldRequested {
  static constexpr std::string_view name = "hold-requested";
  std::int64_t uid = 0;
};
struct ReleaseRequested {
  static constexpr std::string_view name = "release-requested";
  std::int64_t uid = 0;
};
struct RetryRequested {
  static constexpr std::string_view name = "retry-requested";
  std::int64_t uid = 0;
  bool nothing_runs = false;  // that person has made sure that no restore of this job runs in Azure
};

/// A struct around the variant, so that its special members are defined once (event.cpp): 41 alternatives are long to copy.
struct Happening
    : std::variant<Begun, ItemFound, VaultRead, GuardRead, PointChosen, ResolveFailed, PreflightAsked, PreflightRunning,
                   PreflightPassed, PreflightFailed, PreflightSkipped, SubmitPrepared, NotSent, Throttled, Accepted,
                   Refused, OutcomeUnknown, Interrupted, SearchFound, SearchEmpty, SearchContradicted, OperationRunning,
                   OperationSucceeded, OperationFailed, OperationGone, JobListed, JobRead, JobGone, Watched, ReadFailed,
                   NotAsked, ReadRefused, SpecUnreadable, CancelRequested, CancelAccepted, CancelRunning, CancelDone,
                   CancelRefused, HoldRequested, ReleaseRequested, RetryRequested> {
  using variant::variant;
  Happening();
  ~Happening();
  Happening(const Happening&);
  Happening(Happening&&) noexcept;
  Happening& operator=(const Happening&);
  Happening& operator=(Happening&&) noexcept;
};

struct Event {
  Event();
  ~Event();
  Event(const Event&);
  Event(Event&&) noexcept;
  Event& operator=(const Event&);
  Event& operator=(Event&&) noexcept;
  // Two constructors instead of a default argument: g++ 12 destroys such a temporary twice in an expression that
  // awaits.
  Event(Happening happening);  // NOLINT(google-explicit-constructor)
  Event(Happening happening, AnswerTrace trace);

  Happening what;
  AnswerTrace answer;
};

/// The event's stable name: "submit-prepared".
std::string_view event_name(const Happening& happening);

}  // namespace azrestored
