// The service's language, both ways: what we want to an HTTP request, an HTTP answer to what it means. Pure; the one
// place that knows paths, members and enums of the Azure Backup REST API. Sources: API.md 1 to 5, 13.
//
// Answers are read leniently: unknown members are ignored, missing and null ones are alike, names and enum words
// compare without case, numbers stand for enum words where older api-versions send them. What cannot be read at all is
// an Error of kind `transient`: a torn or foreign answer says nothing about the thing asked for.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/azure/arm_id.hpp"
#include "core/job/event.hpp"
#include "core/http/message.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/base/result.hpp"

namespace azrestored {

/// Where the service is and which dialect to speak.
struct ArmTarget {
  std::string endpoint;                    // "https://management.azure.com", without a trailing slash
  std::string api_version;                 // of vaults, items, points, restores and jobs
  std::string cross_region_api_version{};  // of the same in the secondary region (API.md 6)
};

/// The same service, asked with the version of cross-region restores: the version alone makes it list what is in the
/// secondary region (API.md 6, b).
ArmTarget secondary_region(const ArmTarget& target);

// ── requests ──

HttpRequest get_vault(const ArmTarget& target, const VaultId& vault);
HttpRequest list_items(const ArmTarget& target, const VaultId& vault);
HttpRequest list_points(const ArmTarget& target, const VaultId& vault, const ProtectedItem& item);
HttpRequest get_point(const ArmTarget& target, const VaultId& vault, const ProtectedItem& item,
                      const std::string& point_id);
/// The one request that changes something; `properties` as restore_request() makes them.
HttpRequest post_restore(const ArmTarget& target, const VaultId& vault, const ProtectedItem& item,
                         const std::string& point_id, const nlohmann::json& properties);
/// Where a vault's restore jobs are: beside the vault, or in the secondary region, where they are listed and read by
/// POSTs that change nothing.
struct JobPlace {
  VaultId vault;
  std::string cross_region;  // "" beside the vault
};
/// Restore jobs that started in the window.
HttpRequest list_restore_jobs(const ArmTarget& target, const JobPlace& place, Instant from, Instant to);
HttpRequest get_job(const ArmTarget& target, const JobPlace& place, const std::string& azure_job_id);
HttpRequest post_cancel(const ArmTarget& target, const VaultId& vault, const std::string& azure_job_id);
HttpRequest list_guards(const ArmTarget& target, const VaultId& vault);

// ── the pre-flight (API.md 7) ──

HttpRequest post_preflight(const ArmTarget& target, const VaultId& vault, const ProtectedItem& item,
                           const std::string& point_id, const nlohmann::json& properties);

// ── cross-region restore (API.md 6; the target is a secondary_region()) ──

HttpRequest get_aad_properties(const ArmTarget& target, const JobPlace& place);
/// `aad_properties` is the whole body of that answer.
HttpRequest post_access_token(const ArmTarget& target, const VaultId& vault, const ProtectedItem& item,
                              const std::string& point_id, const std::string& aad_properties);
/// The access details are passed on as they came, to the byte.
HttpRequest post_cross_region_restore(const ArmTarget& target, const JobPlace& place, const std::string& access_details,
                                      const nlohmann::json& properties);
/// The text of "properties" in the answer to post_access_token().
Result<std::string> read_access_details(const HttpResponse& response);

// ── what an answer's status means ──

enum class Verdict {
  ok,            // 2xx
  transient,     // 408, 5xx, and what is no answer to the question (3xx)
  throttled,     // 429
  unauthorized,  // 401
  not_found,     // 404, 410
  refused,       // any other 4xx
};
Verdict verdict_of(int status);

/// The error in the answer's body, in either envelope (API.md 4.6, 12.1), with status and ids; when the body holds
/// none, a sentence made of the status.
Problem problem_of(const HttpResponse& response);
AnswerTrace trace_of(const HttpResponse& response);

// ── lists ──

template <class Row>
struct Page {
  std::vector<Row> rows;
  std::string next;  // URL of the next page, "" on the last
};

struct ItemRow {
  ProtectedItem item;
  std::string friendly_name;
  std::string virtual_machine_id;
  // What people want to know of it; empty where the service does not say.
  std::string protection_state{};             // "Protected", "ProtectionStopped" ...
  std::string health{};                       // "Healthy", "Passed", "ActionRequired" ...
  std::vector<std::string> health_details{};  // in the service's words
  std::string last_backup_status{};           // "Completed", "Failed" ...
  std::optional<Instant> last_backup_at{};
  std::optional<Instant> last_point_at{};
  std::string policy{};
  bool soft_deleted = false;  // backups were deleted, and are kept for a while yet
};
struct JobRow {
  std::string azure_job_id;
  std::string status;
  std::string activity_id;
  std::string entity_friendly_name;
  std::optional<Millis> duration{};  // up to now, or of the whole job
};

Result<Page<ItemRow>> read_items(const HttpResponse& response);
Result<Page<RecoveryPoint>> read_points(const HttpResponse& response);
Result<Page<JobRow>> read_jobs(const HttpResponse& response);
Result<Page<std::string>> read_guards(const HttpResponse& response);

// ── single things ──

Result<RecoveryPoint> read_point(const HttpResponse& response);

// ── answers that are events ──

/// PreflightAsked, PreflightPassed, PreflightFailed, PreflightSkipped or ReadFailed.
Event read_preflight_answer(const HttpResponse& response, Instant now);
/// PreflightRunning, PreflightPassed, PreflightFailed, PreflightSkipped or ReadFailed.
Event read_preflight_result(const HttpResponse& response, Instant now);

/// Accepted, Refused, Throttled, NotSent (401: nothing was started) or OutcomeUnknown.
Event read_restore_answer(const HttpResponse& response, Instant now);
/// OperationRunning, OperationSucceeded, OperationFailed, OperationGone, ReadFailed or ReadRefused; from an operation's
/// status URL as from its result URL.
Event read_operation(const HttpResponse& response, Instant now);
/// What a backup job's status word means (API.md 5.3); `running` for a word that we do not know.
JobRead::End end_of(std::string_view azure_status);
/// JobRead, JobGone, ReadFailed or ReadRefused.
Event read_job(const HttpResponse& response, Instant now);
/// CancelAccepted, CancelRefused or ReadFailed.
Event read_cancel_answer(const HttpResponse& response, Instant now);
/// CancelRunning, CancelDone, CancelRefused or ReadFailed.
Event read_cancel_result(const HttpResponse& response, Instant now);
/// ReadFailed or ReadRefused, for a read whose verdict is not ok.
Event read_failure(const HttpResponse& response, Instant now);

}  // namespace azrestored
