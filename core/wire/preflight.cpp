// Requests and responses of Azure's pre-flight (azure-backup-api.md 7). `Succeeded` means that the checks have run.
// Their findings are in validationResults. A request is valid if validateOperationResponse is an object whose list is
// empty, null or missing. Any other response without findings has no verdict, and counts as a pre-flight that was not
// carried out: never as one that found nothing.
#include "core/json/lenient.hpp"

#include <nlohmann/json.hpp>
#include "core/azure/error_catalog.hpp"
#include "core/azure/problem.hpp"
#include "core/azure/status_words.hpp"
#include "core/http/retry_after.hpp"
#include "core/job/event.hpp"
#include "core/job/job.hpp"
#include "core/wire/errors.hpp"
#include "core/wire/paths.hpp"
#include "core/wire/response_body.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

/// The first result as the problem, with the other results appended to its message, and all recommendations.
std::optional<Problem> problem_in(const json& results, const ResponseIds& trace) {
  if (!results.is_array() || results.empty()) return std::nullopt;
  Problem problem{"", "", 0, trace.request_id, trace.correlation_id, {}};
  for (const json& result : results) {
    const Problem one{text(result, "code"), text(result, "message"), 0, "", "", {}};
    if (problem.code.empty() && problem.message.empty()) {
      problem.code = one.code;
      problem.message = one.message;
    } else {
      problem.message += "; also " + one.text();
    }
    for (const json& advice : member(result, "recommendations")) problem.recommendations.push_back(text_of(advice));
  }
  if (problem.code.empty()) problem.code = "PreflightFailed";
  if (problem.message.empty()) problem.message = "Azure's pre-flight finds a problem and gives no reason";
  return problem;
}

/// True for a temporary error of Azure during the checks, which is not a finding.
bool passes(const Problem& problem) {
  const ErrorAdvice* advice = find_advice(problem.code);
  return advice != nullptr && (advice->kind == ErrorClass::retry || advice->kind == ErrorClass::wait ||
                               advice->kind == ErrorClass::overload);
}

/// The verdict in a response whose checks have run. `body` is the response with the member of that name or, in an
/// operation, with "properties" that have it.
EventPayload verdict_of(const HttpResponse& response, const json& body) {
  const json& direct = member(body, "validateOperationResponse");
  const json& answer = direct.is_null() ? member(member(body, "properties"), "validateOperationResponse") : direct;
  const json& results = member(answer, "validationResults");
  if (auto problem = problem_in(results, trace_of(response))) return PreflightFailed{*problem};
  if (answer.is_object() && (results.is_null() || results.is_array())) return PreflightPassed{};
  std::string why = "Azure's response to the validation contains no verdict";
  if (answer.is_object()) why += " (\"validationResults\" is not a list)";
  if (member(body, "error").is_object()) why += ": " + problem_of(response).text();
  return PreflightSkipped{why};
}

/// The event for a validation that Azure ended with the status word `word`, a failure. It may have findings, or an
/// error of the request; an error of Azure's own says nothing about the request.
EventPayload unfinished(const HttpResponse& response, const json& body, const std::string& word) {
  const json& answer = member(member(body, "properties"), "validateOperationResponse");
  if (auto problem = problem_in(member(answer, "validationResults"), trace_of(response)))
    return PreflightFailed{*problem};
  const bool has_reason = member(body, "error").is_object();
  if (has_reason && !passes(problem_of(response))) return PreflightFailed{problem_of(response)};
  return PreflightSkipped{"Azure could not complete its validation (" + word + ")"};
}

/// The event for a response without a result. 403, 404 and 405 say nothing about the restore: an older region or cloud
/// may not have the pre-flight, and a role may lack the right to request it.
Event unanswered(const HttpResponse& response, Instant now) {
  const StatusClass verdict = classify_status(response.status);
  const bool is_refused = verdict == StatusClass::refused || verdict == StatusClass::not_found;
  if (!is_refused) return read_failure(response, now);
  const Problem problem = problem_of(response);
  if (const auto wait = daily_limit_wait(response, problem, now))
    return {ReadFailed{problem, wait}, trace_of(response)};
  if (waits_for_another_operation(response))
    return {ReadFailed{problem, server_hint(response, now)}, trace_of(response)};
  const bool says_nothing = verdict == StatusClass::not_found || response.status == 403 || response.status == 405;
  if (says_nothing) return {PreflightSkipped{problem.text()}, trace_of(response)};
  return {PreflightFailed{problem}, trace_of(response)};
}

}  // namespace

HttpRequest post_preflight(const ArmTarget& target, const VaultId& vault, const ProtectedItem& item,
                           const std::string& point_id, const json& properties) {
  const std::string point = vault.arm_id() + "/backupFabrics/Azure/protectionContainers/" + item.container +
                            "/protectedItems/" + item.item + "/recoveryPoints/" + point_id;
  const json body = {
      {"id", point},
      {"properties", {{"objectType", "ValidateIaasVMRestoreOperationRequest"}, {"restoreRequest", properties}}}};
  return post_json(target, vault_path(vault) + "/backupTriggerValidateOperation", body.dump());
}

Event read_preflight_answer(const HttpResponse& response, Instant now) {
  if (classify_status(response.status) != StatusClass::ok) return unanswered(response, now);
  const ResponseIds trace = trace_of(response);
  const std::string url = url_in(response);
  if (!url.empty()) return {PreflightAsked{url, server_hint(response, now)}, trace};
  if (response.body.empty())
    return {PreflightSkipped{"Azure accepted the validation request but named no URL for the result"}, trace};
  const auto body = body_of(response);
  if (!body) return unreadable(response, body.error(), now);
  return {verdict_of(response, *body), trace};
}

Event read_preflight_result(const HttpResponse& response, Instant now) {
  if (classify_status(response.status) != StatusClass::ok) return unanswered(response, now);
  const ResponseIds trace = trace_of(response);
  if (response.status == 204)
    return {PreflightSkipped{"Azure ended its validation without a result (HTTP 204)"}, trace};
  if (response.status == 202) return {PreflightRunning{server_hint(response, now)}, trace};
  const auto body = body_of(response);
  if (!body) return unreadable(response, body.error(), now);
  const std::string word = text(*body, "status");
  switch (operation_status(word)) {
    case OperationStatus::none:  // a result URL, which does not wrap the result in an operation
    case OperationStatus::succeeded:
      return {verdict_of(response, *body), trace};
    case OperationStatus::failed:
    case OperationStatus::cancelled:
      return {unfinished(response, *body, word), trace};
    case OperationStatus::invalid:
      return {PreflightSkipped{"Azure reports the status Invalid for its validation"}, trace};
    case OperationStatus::running:
    case OperationStatus::unknown:
      break;
  }
  return {PreflightRunning{server_hint(response, now)}, trace};
}

}  // namespace azrestored
