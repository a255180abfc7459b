// Turns responses into events: restore POST, operation, backup job, cancel (azure-backup-api.md 3.1, 4, 5).
#include "core/wire/events.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/azure/azure_time.hpp"
#include "core/azure/problem.hpp"
#include "core/azure/status_words.hpp"
#include "core/base/text.hpp"
#include "core/base/utf8.hpp"
#include "core/http/retry_after.hpp"
#include "core/json/lenient.hpp"
#include "core/wire/errors.hpp"
#include "core/wire/paths.hpp"
#include "core/wire/response_body.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

/// "properties.jobId", or the one entry of "properties.jobIds".
std::string job_id_in(const json& operation) {
  const json& properties = member(operation, "properties");
  std::string id = text(properties, "jobId");
  const json& ids = member(properties, "jobIds");
  if (id.empty() && ids.is_array() && ids.size() == 1) id = text_of(ids.front());
  return id;
}

/// The reason why an operation failed. The response has status 200, which says nothing about the failure.
Problem problem_of_ended(const HttpResponse& response, const json& body) {
  Problem problem = problem_of(response);
  if (member(body, "error").is_object()) return problem;
  const std::string status = text(body, "status");
  problem.code = "Operation" + status;
  problem.message = "the operation ended with the status '" + status + "' and gives no reason";
  return problem;
}

EventPayload operation_event(const HttpResponse& response, const json& body, Instant now) {
  const std::string word = text(body, "status");
  switch (operation_status(word)) {
    case OperationStatus::succeeded: {
      const std::string id = job_id_in(body);
      if (id.empty()) return OperationGone{"the operation succeeded but did not name its backup job", false};
      return OperationSucceeded{id};
    }
    case OperationStatus::failed:
      return OperationFailed{problem_of_ended(response, body), false};
    case OperationStatus::cancelled:
      return OperationFailed{problem_of_ended(response, body), true};
    case OperationStatus::none:
      return OperationGone{"the operation's response has no status", false};
    case OperationStatus::invalid:
      return OperationGone{"the operation's response has the status '" + word + "'", false};
    case OperationStatus::running:
      return OperationRunning{server_hint(response, now), ""};
    case OperationStatus::unknown:
      break;
  }
  return OperationRunning{server_hint(response, now), "the operation's status '" + printable(word) +
                                                          "' is unknown; azrestored treats it as running"};
}

JobRead::End end_of(BackupJobStatus status) {
  switch (status) {
    case BackupJobStatus::completed:
      return JobRead::End::completed;
    case BackupJobStatus::completed_with_warnings:
      return JobRead::End::completed_with_warnings;
    case BackupJobStatus::failed:
      return JobRead::End::failed;
    case BackupJobStatus::cancelled:
      return JobRead::End::cancelled;
    case BackupJobStatus::running:
    case BackupJobStatus::cancelling:
    case BackupJobStatus::unknown:
      break;
  }
  return JobRead::End::running;
}

/// The first error detail, with Azure's recommendations. The outcome contains all details.
std::optional<Problem> job_problem(const json& properties) {
  const json& details = member(properties, "errorDetails");
  if (!details.is_array() || details.empty()) return std::nullopt;
  const json& first = details.front();
  Problem problem{text(first, "errorTitle"), text(first, "errorString"), 0, "", "", {}};
  if (problem.code.empty()) problem.code = text(first, "errorCode");
  for (const json& advice : member(first, "recommendations")) problem.recommendations.push_back(text_of(advice));
  return problem;
}

/// Some keys of the property bag end in a blank ("Recovery point time ", azure-backup-api.md 5.5).
json trimmed_keys(const json& bag) {
  json out = json::object();
  if (!bag.is_object()) return out;
  for (const auto& [key, value] : bag.items()) out[key.substr(0, key.find_last_not_of(' ') + 1)] = value;
  return out;
}

json outcome_of(const json& properties) {
  const json& extended = member(properties, "extendedInfo");
  json outcome = json::object();
  for (const char* name : {"status", "startTime", "endTime", "duration"}) {
    if (const json& value = member(properties, name); !value.is_null()) outcome[name] = value;
  }
  if (const json& errors = member(properties, "errorDetails"); errors.is_array()) outcome["errorDetails"] = errors;
  outcome["propertyBag"] = trimmed_keys(member(extended, "propertyBag"));
  if (const json& internal = member(extended, "internalPropertyBag"); internal.is_object())
    outcome["internalPropertyBag"] = internal;
  // Forms that scripts can compute with, in addition to Azure's own.
  if (const auto took = parse_azure_duration(text(properties, "duration")))
    outcome["durationSeconds"] = took->count() / 1000.0;
  if (const auto time = parse_us_time(text(outcome["propertyBag"], "Recovery point time"))) {
    outcome["recoveryPointTime"] = to_rfc3339(*time);
  }
  json tasks = json::array();
  for (const json& task : member(extended, "tasksList")) {
    tasks.push_back({{"task", text(task, "taskId")}, {"status", text(task, "status")}});
    if (const std::string more = text(task, "taskExecutionDetails"); !more.empty()) tasks.back()["details"] = more;
  }
  outcome["tasks"] = std::move(tasks);
  if (const std::string left = text(extended, "estimatedRemainingDuration"); !left.empty()) outcome["remaining"] = left;
  return outcome;
}

/// True while Azure rehydrates the point, before it transfers data. The name of that task is not documented; it is
/// assumed to contain the word.
bool is_rehydrating(const json& tasks) {
  return std::ranges::none_of(tasks, [](const json& task) {
    const bool is_rehydration = to_lower(text(task, "task")).find("rehydrat") != std::string::npos;
    const TaskStatus status = task_status(text(task, "status"));
    if (!is_rehydration) return status != TaskStatus::not_started;
    return status == TaskStatus::completed || status == TaskStatus::completed_with_warnings ||
           status == TaskStatus::skipped;
  });
}

JobRead job_event(const json& properties) {
  JobRead event;
  event.azure_status = text(properties, "status");
  const BackupJobStatus status = backup_job_status(event.azure_status);
  event.end = end_of(status);
  if (status != BackupJobStatus::unknown) {
    event.azure_status = word_of(status);
  } else {
    event.warning =
        "the backup job's status '" + printable(event.azure_status) + "' is unknown; azrestored treats it as running";
  }
  if (const json& percent = member(member(properties, "extendedInfo"), "progressPercentage"); percent.is_number()) {
    const auto done = percent.get<double>();
    if (done >= 0 && done <= 100) event.percent = done;  // other values are meaningless and do not fit an int
  }
  event.problem = job_problem(properties);
  if (event.end == JobRead::End::failed && !event.problem) {
    event.problem = Problem{"JobFailed", "the backup job failed and gives no reason", 0, "", "", {}};
  }
  event.outcome = std::make_shared<const json>(outcome_of(properties));
  event.rehydrating = is_rehydrating(event.outcome->at("tasks"));
  return event;
}

}  // namespace

JobRead::End outcome_of_status(std::string_view azure_status) {
  return end_of(backup_job_status(azure_status));
}

Event read_restore_answer(const HttpResponse& response, Instant now) {
  const ResponseIds trace = trace_of(response);
  if (const Problem problem = problem_of(response); const auto wait = daily_limit_wait(response, problem, now))
    return {Throttled{problem, wait}, trace};
  switch (classify_status(response.status)) {
    case StatusClass::ok: {
      const std::string url = url_in(response);
      if (url.empty()) {  // not from Azure Backup, which always names an operation
        const std::string why = "HTTP " + std::to_string(response.status) + " without the URL of an operation";
        return {
            OutcomeUnknown{Problem{"NoOperation", why, response.status, trace.request_id, trace.correlation_id, {}}},
            trace};
      }
      return {Accepted{url, last_segment(url), server_hint(response, now)}, trace};
    }
    case StatusClass::throttled:
      return {Throttled{problem_of(response), server_hint(response, now)}, trace};
    case StatusClass::unauthorized:
      return {NotSent{problem_of(response)}, trace};
    case StatusClass::refused:
      if (waits_for_another_operation(response))
        return {Throttled{problem_of(response), server_hint(response, now)}, trace};
      return {Refused{problem_of(response)}, trace};
    case StatusClass::not_found:
      return {Refused{problem_of(response)}, trace};
    case StatusClass::transient:
      break;
  }
  return {OutcomeUnknown{problem_of(response)}, trace};
}

Event read_operation(const HttpResponse& response, Instant now) {
  const ResponseIds trace = trace_of(response);
  const StatusClass verdict = classify_status(response.status);
  if (verdict == StatusClass::not_found) {
    return {OperationGone{"Azure does not know the operation: " + problem_of(response).text(), true}, trace};
  }
  if (verdict != StatusClass::ok) return read_failure(response, now);
  if (response.status == 202) return {OperationRunning{server_hint(response, now), ""}, trace};
  if (response.status == 204)
    return {OperationGone{"the operation ended but did not name its backup job (HTTP 204)", false}, trace};
  const auto body = body_of(response);
  if (!body) return unreadable(response, body.error(), now);
  return {operation_event(response, *body, now), trace};
}

Event read_job(const HttpResponse& response, Instant now) {
  const StatusClass verdict = classify_status(response.status);
  if (verdict == StatusClass::not_found) return {JobGone{problem_of(response)}, trace_of(response)};
  if (verdict != StatusClass::ok) return read_failure(response, now);
  const auto body = body_of(response);
  if (!body) return unreadable(response, body.error(), now);
  const json& properties = member(*body, "properties");
  if (text(properties, "status").empty()) {
    return unreadable(response, Error(ErrorKind::transient, "the backup job in the response has no status"), now);
  }
  return {job_event(properties), trace_of(response)};
}

Event read_cancel_answer(const HttpResponse& response, Instant now) {
  switch (classify_status(response.status)) {
    case StatusClass::ok:
      return {CancelAccepted{url_in(response), server_hint(response, now)}, trace_of(response)};
    case StatusClass::not_found:
    case StatusClass::refused:
      return {CancelRefused{problem_of(response)}, trace_of(response)};
    case StatusClass::transient:
    case StatusClass::throttled:
    case StatusClass::unauthorized:
      break;
  }
  return read_failure(response, now);
}

Event read_cancel_result(const HttpResponse& response, Instant now) {
  const ResponseIds trace = trace_of(response);
  switch (classify_status(response.status)) {
    case StatusClass::ok:
      break;
    case StatusClass::not_found:  // the record of the operation no longer exists; this says nothing about the job
      return {CancelDone{problem_of(response).text()}, trace};
    case StatusClass::refused:
      return {CancelRefused{problem_of(response)}, trace};
    case StatusClass::transient:
    case StatusClass::throttled:
    case StatusClass::unauthorized:
      return read_failure(response, now);
  }
  if (response.status == 202) return {CancelRunning{server_hint(response, now)}, trace};
  // A result URL returns 200 or 204 without a body when the operation has finished; a status URL returns 200 with a
  // status word. A body without that word does not say what happened.
  if (response.status == 204 || response.body.empty()) return {CancelDone{""}, trace};
  const json body = json::parse(response.body, nullptr, false);
  switch (operation_status(text(body, "status"))) {
    case OperationStatus::succeeded:
      return {CancelDone{""}, trace};
    case OperationStatus::failed:
    case OperationStatus::cancelled:
      return {CancelRefused{problem_of_ended(response, body)}, trace};
    case OperationStatus::none:
      return {CancelDone{"its response has no status"}, trace};
    case OperationStatus::invalid:
      return {CancelDone{"its status is Invalid"}, trace};
    case OperationStatus::running:
    case OperationStatus::unknown:
      break;
  }
  return {CancelRunning{server_hint(response, now)}, trace};
}

}  // namespace azrestored
