// The events of a job. An event is a fact and is never lost: if a command changed the job meanwhile, the event is
// applied to the changed job. The codec turns Azure's responses into events. Commands are events too.
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
struct Started {  // the job got one of the slots for active jobs
  static constexpr std::string_view name = "begun";
  RestoreOptions options;
  std::optional<ProtectedItem> item;  // if the job file names it
  std::optional<std::string> region;
};
struct ItemFound {
  static constexpr std::string_view name = "item-found";
  ProtectedItem item;
  std::vector<std::string> warnings{};
};
struct VaultRead {
  static constexpr std::string_view name = "vault-read";
  std::optional<VaultFacts> facts;  // nullopt: Azure denies access
  std::string warning;              // the reason if `facts` is nullopt
};
struct GuardRead {
  static constexpr std::string_view name = "guard-read";
  std::vector<std::string> requests;
  std::string warning;  // if they cannot be read
};
struct PointChosen {
  static constexpr std::string_view name = "point-chosen";
  RecoveryPoint point;
  std::vector<std::string> warnings;
  bool rehydrates = false;
};
struct ResolveFailed {  // the protected item or the recovery point does not exist
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
struct PreflightFailed {  // Azure reports what is wrong with the request
  static constexpr std::string_view name = "preflight-failed";
  Problem problem;
};
struct PreflightSkipped {  // Azure gives no result; the restore request itself will show it
  static constexpr std::string_view name = "preflight-skipped";
  std::string why;
};

// ── triggering ──
struct TriggerPrepared {  // the request id of the next POST
  static constexpr std::string_view name = "submit-prepared";
  std::string request_id;
};
struct NotSent {  // no byte of the POST was sent: nothing was started
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
struct Refused {  // 4xx: nothing was started, and a retry is useless
  static constexpr std::string_view name = "refused";
  Problem problem;
};
struct OutcomeUnknown {  // 5xx, 408, timeout, reset, incomplete response
  static constexpr std::string_view name = "outcome-unknown";
  Problem problem;
};
struct Interrupted {  // the daemon stopped while a POST may have been in progress
  static constexpr std::string_view name = "interrupted";
};

// ── in doubt ──
struct SearchFound {  // exactly one backup job has our request id
  static constexpr std::string_view name = "search-found";
  std::string azure_job_id;
  std::string azure_status;
};
struct SearchEmpty {
  static constexpr std::string_view name = "search-empty";
  Instant began_at{};
  std::optional<Instant> azure_time{};  // Azure's clock, if the response has it
};
struct SearchContradicted {  // more than one has it, or one that cannot be ours
  static constexpr std::string_view name = "search-contradicted";
  Problem problem;
};

// ── polling ──
struct OperationRunning {
  static constexpr std::string_view name = "operation-running";
  std::optional<Millis> retry_after;
  std::string warning;  // for an unknown status
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
struct OperationGone {  // 404, or the operation finished without naming a backup job
  static constexpr std::string_view name = "operation-gone";
  std::string why;
  bool maybe_too_early = false;  // a 404: the operation may become visible later
};

// ── tracking ──
struct JobListed {  // the vault's job list was read
  static constexpr std::string_view name = "job-listed";
  std::optional<std::string> azure_status;  // nullopt: the list does not contain the backup job
};
struct JobRead {  // GET backupJobs/{id}
  static constexpr std::string_view name = "job-read";
  enum class End { running, completed, completed_with_warnings, failed, cancelled };
  End end = End::running;
  std::string azure_status;
  std::optional<double> percent;
  std::optional<Problem> problem;
  SharedJson outcome;
  std::string warning;       // for an unknown status
  bool rehydrating = false;  // its tasks are still at the rehydration of the recovery point
  std::vector<std::string> findings;
  std::vector<std::string> unchecked;
};
struct JobGone {
  static constexpr std::string_view name = "job-gone";
  Problem problem;
};
struct DetailsRequested {  // an operator watches, or the quota has reserves: read the details sooner
  static constexpr std::string_view name = "watched";
};

// ── any read ──
struct ReadFailed {  // worth a retry
  static constexpr std::string_view name = "read-failed";
  Problem problem;
  std::optional<Millis> retry_after;
};
/// The request was withdrawn from its queue before it was sent, because another event concerns the job. Changes nothing.
struct RequestWithdrawn {
  static constexpr std::string_view name = "not-asked";
};
struct ReadRefused {  // 403 and other 4xx: not worth a retry
  static constexpr std::string_view name = "read-refused";
  Problem problem;
};
struct SpecUnreadable {  // this version cannot read the stored job file
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
  std::string result_url;  // "" if Azure named none
  std::optional<Millis> retry_after;
};
struct CancelRunning {
  static constexpr std::string_view name = "cancel-running";
  std::optional<Millis> retry_after;
};
struct CancelDone {
  static constexpr std::string_view name = "cancel-done";
  std::string doubt;  // not empty: why Azure's response does not show the outcome of the request
};
struct CancelRefused {
  static constexpr std::string_view name = "cancel-refused";
  Problem problem;
};

// ── the operator's other commands ──
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
  bool nothing_runs = false;  // the operator made sure that no restore of this job runs in Azure
};

/// A struct around the variant, so that its special members are compiled once (event.cpp): copying 41 alternatives
/// takes much code.
struct EventPayload
    : std::variant<Started, ItemFound, VaultRead, GuardRead, PointChosen, ResolveFailed, PreflightAsked,
                   PreflightRunning, PreflightPassed, PreflightFailed, PreflightSkipped, TriggerPrepared, NotSent,
                   Throttled, Accepted, Refused, OutcomeUnknown, Interrupted, SearchFound, SearchEmpty,
                   SearchContradicted, OperationRunning, OperationSucceeded, OperationFailed, OperationGone, JobListed,
                   JobRead, JobGone, DetailsRequested, ReadFailed, RequestWithdrawn, ReadRefused, SpecUnreadable,
                   CancelRequested, CancelAccepted, CancelRunning, CancelDone, CancelRefused, HoldRequested,
                   ReleaseRequested, RetryRequested> {
  using variant::variant;
  EventPayload();
  ~EventPayload();
  EventPayload(const EventPayload&);
  EventPayload(EventPayload&&) noexcept;
  EventPayload& operator=(const EventPayload&);
  EventPayload& operator=(EventPayload&&) noexcept;
};

struct Event {
  Event();
  ~Event();
  Event(const Event&);
  Event(Event&&) noexcept;
  Event& operator=(const Event&);
  Event& operator=(Event&&) noexcept;
  // Two constructors instead of a default argument: in an expression with co_await, g++ 12 destroys such a temporary
  // twice.
  Event(EventPayload happening);  // NOLINT(google-explicit-constructor)
  Event(EventPayload happening, ResponseIds trace);

  EventPayload what;
  ResponseIds answer;
};

/// The event's stable name: "submit-prepared".
std::string_view event_name(const EventPayload& happening);

}  // namespace azrestored
