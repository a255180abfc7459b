// A job as operators and scripts see it. A member without a value is null, never "" or 0, so that a script can
// distinguish "not known" from "known to be empty". URLs of operations are never shown: their query is a signature that
// works like a password (azure-backup-api.md 4.2). The operation's id is shown instead.
#include "core/view/job_view.hpp"

#include <nlohmann/json.hpp>

#include "core/azure/problem.hpp"
#include "core/base/utf8.hpp"
#include "core/view/advice.hpp"
#include "core/view/commands.hpp"
#include "core/view/end_estimate.hpp"
#include "core/view/next_step.hpp"
#include "core/view/waiting_text.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

json text_or_null(const std::string& text) {
  return text.empty() ? json() : json(text);
}

json time_or_null(const std::optional<Instant>& at) {
  return at ? json(to_rfc3339(*at)) : json();
}

json status_or_null(int http_status) {
  return http_status == 0 ? json() : json(http_status);
}

struct WaitsFor {
  const Job& job;

  std::string operator()(const Queued&) const { return "a slot among the active jobs"; }
  std::string operator()(const Resolving&) const {
    if (!job.progress.item) return "the vault's list of protected items";
    if (!job.progress.region) return "the vault's region";
    return "the VM's recovery points";
  }
  std::string operator()(const Validating&) const { return "the result of Azure's pre-flight"; }
  std::string operator()(const Triggering& state) const {
    return state.sent ? "Azure's response to the restore request" : "the restore request to be sent";
  }
  std::string operator()(const InDoubt& state) const {
    const std::string what = "a backup job with our request id to appear in the vault";
    if (state.accepted) return what + "; Azure accepted the request, so it is not sent again";
    return what + "; " + after_empty_search(job, state);
  }
  std::string operator()(const Polling&) const { return "Azure's operation to name the backup job"; }
  std::string operator()(const Rehydrating&) const {
    return "the rehydration of the recovery point from the archive tier, which takes hours";
  }
  std::string operator()(const Tracking&) const { return "the backup job in Azure to finish"; }
  std::string operator()(const Cancelling& state) const {
    switch (state.phase) {
      case Cancelling::Phase::asking:
        return "Azure to accept the cancel request";
      case Cancelling::Phase::following:
        return "Azure to confirm the cancel request";
      case Cancelling::Phase::watching:
        return "the backup job in Azure to finish, after the cancel request";
    }
    return "";
  }
  std::string operator()(const Held& state) const {
    return state.may_be_running ? "an operator; a restore may be running in Azure"
                                : "an operator; no restore was started";
  }
  template <FinalState S>
  std::string operator()(const S&) const {
    return "";
  }
};

/// The time of the job's next action. null for a time of zero, which means "at once".
json next_at(const Job& job) {
  if (is_at_rest(job.state) || job.not_before == Instant{}) return nullptr;
  return to_rfc3339(job.not_before);
}

/// What that time is; null if there is none.
json next_at_is(const Job& job) {
  return next_at(job).is_null() ? json() : json(to_text(next_step_of(job).at_is));
}

json item_or_null(const std::optional<ProtectedItem>& item) {
  if (!item) return nullptr;
  return {{"container", item->container},
          {"item", item->item},
          {"sourceResourceId", text_or_null(item->source_resource_id)}};
}

json error_or_null(const std::optional<Problem>& problem) {
  if (!problem) return nullptr;
  return {{"code", text_or_null(problem->code)},
          {"message", problem->message},
          {"httpStatus", status_or_null(problem->http_status)},
          {"requestId", text_or_null(problem->request_id)},
          {"correlationId", text_or_null(problem->correlation_id)},
          {"recommendations", problem->recommendations}};
}

json earlier_attempts(const Progress& progress) {
  json attempts = json::array();
  for (const EarlierAttempt& attempt : progress.earlier) {
    attempts.push_back({{"state", attempt.state},
                        {"endedAt", to_rfc3339(attempt.ended_at)},
                        {"requestId", text_or_null(attempt.request_id)},
                        {"azureJobId", text_or_null(attempt.azure_job_id)},
                        {"problem", text_or_null(attempt.problem)}});
  }
  return attempts;
}

json cancel_or_null(const Progress& progress) {
  if (!progress.cancel_requested_at) return nullptr;
  return {{"requestedAt", time_or_null(progress.cancel_requested_at)},
          {"answer", text_or_null(progress.cancel_answer)}};
}

// The contract of `show` and `watch`. The exit code depends only on how a state is reported.
int exit_code_of(ReportedAs reported_as) {
  switch (reported_as) {
    case ReportedAs::done:
      return 0;
    case ReportedAs::failed:
      return 1;
    case ReportedAs::done_with_warnings:
      return 3;
    case ReportedAs::waiting:
    case ReportedAs::running:
      return 6;
    case ReportedAs::in_doubt:
    case ReportedAs::held:
      return 7;
    case ReportedAs::cancelled:
      return 8;
  }
  return 1;
}

}  // namespace

json job_summary(const Job& job, const std::optional<WaitReason>& waiting, std::optional<Millis> usual) {
  const Progress& progress = job.progress;
  const std::optional<EndEstimate> expected = end_estimate_of(job, usual);
  const std::string words = waiting ? waiting_text(job, *waiting) : std::visit(WaitsFor{job}, job.state);
  return {
      {"id", job.id},
      {"name", job.name},
      {"state", state_name(job.state)},
      {"atRest", is_at_rest(job.state)},
      {"since", to_rfc3339(job.since)},
      {"created", to_rfc3339(job.created_at)},
      {"priority", job.priority},
      {"vault", job.vault.arm_id()},
      {"virtualMachine", job.vm},
      {"recoveryType", job.recovery_type},
      {"crossRegion", text_or_null(progress.options.cross_region)},
      {"attempt", progress.earlier.size() + 1},
      {"percent", progress.percent ? json(*progress.percent) : json()},
      {"azureStatus", text_or_null(progress.azure_status)},
      {"azureJobId", text_or_null(progress.azure_job_id)},
      {"attempts", progress.attempts},
      {"nextAt", next_at(job)},
      {"nextAtIs", next_at_is(job)},
      {"restoreMayRun", restore_may_run(job)},
      {"waitsFor", text_or_null(words)},
      {"placeInLine", waiting && waiting->queue_position ? json(*waiting->queue_position) : json()},
      {"cancelRequested", time_or_null(progress.cancel_requested_at)},
      {"requested", progress.posted_at == Instant{} ? json() : json(to_rfc3339(progress.posted_at))},
      {"expectedEnd", expected ? json(to_rfc3339(expected->ends)) : json()},
      {"expectedBy", expected ? json(to_text(expected->ground)) : json()},
      {"problem", progress.problem ? json(progress.problem->text()) : json()},
      {"remark", text_or_null(remark_of(job))},
  };
}

json job_details(const Job& job, std::span<const HistoryLine> history, const std::optional<WaitReason>& waiting,
                 std::optional<Millis> usual) {
  const Progress& progress = job.progress;
  json details = job_summary(job, waiting, usual);
  details["submitterUid"] = job.submitter_uid;
  details["recoveryPoint"] = progress.point ? json(*progress.point) : json();
  details["requestId"] = text_or_null(progress.request_id);
  details["operationId"] = text_or_null(progress.operation_id);
  details["region"] = progress.region ? json(*progress.region) : json();
  details["protectedItem"] = item_or_null(progress.item);
  details["storageAccount"] = text_or_null(job.storage_account);
  details["targetResourceGroup"] = text_or_null(job.target_group);
  details["failures"] = job.failures;
  details["error"] = error_or_null(progress.problem);
  details["warnings"] = progress.warnings;
  details["findings"] = progress.findings;
  details["unchecked"] = progress.unchecked;
  details["earlierAttempts"] = earlier_attempts(progress);
  details["auth"] = text_or_null(progress.options.auth);
  details["outcome"] = progress.outcome ? *progress.outcome : json();
  details["cancel"] = cancel_or_null(progress);
  details["commands"] = commands_view(job);
  json lines = json::array();
  for (const HistoryLine& line : history) lines.push_back(history_line(line));
  details["history"] = std::move(lines);
  return details;
}

json dry_run_view(const Job& job, const std::optional<Problem>& problem, json request) {
  const Progress& progress = job.progress;
  return {{"ok", !problem},
          {"problem", error_or_null(problem)},
          {"warnings", progress.warnings},
          {"request", std::move(request)},
          {"protectedItem", item_or_null(progress.item)},
          {"recoveryPoint", progress.point ? json(*progress.point) : json()},
          {"region", progress.region ? json(*progress.region) : json()}};
}

json history_line(const HistoryLine& line) {
  return {{"at", to_rfc3339(line.at)},
          {"from", text_or_null(line.from)},
          {"to", line.to},
          {"cause", line.cause},
          {"detail", text_or_null(line.detail)},
          {"httpStatus", status_or_null(line.http_status)},
          {"requestId", text_or_null(line.azure_request_id)},
          {"correlationId", text_or_null(line.azure_correlation_id)}};
}

std::string remark_of(const Job& job) {
  constexpr std::size_t most_findings = 3;  // lists show the remark in one line
  const Progress& progress = job.progress;
  if (facts_of(job.state).reported_as != ReportedAs::done_with_warnings) return "";
  std::string remark = progress.problem ? printable(progress.problem->text()) : "";
  while (remark.ends_with('.')) remark.pop_back();
  std::size_t left_out = 0;
  std::size_t named = 0;
  for (const std::string& finding : progress.findings) {
    if (finding == remark) continue;  // the problem is the first finding
    if (++named > most_findings) {
      ++left_out;
    } else {
      remark += (remark.empty() ? "" : "; ") + finding;
    }
  }
  if (left_out > 0) remark += "; and " + std::to_string(left_out) + " more";
  return remark.empty() ? "Azure reports warnings and does not name them" : remark;
}

int exit_code_of(const State& state) {
  return exit_code_of(facts_of(state).reported_as);
}

int exit_code_of(std::string_view state_name) {
  const StateFacts* const state = state_facts(state_name);
  return state == nullptr ? 1 : exit_code_of(state->reported_as);
}

}  // namespace azrestored
