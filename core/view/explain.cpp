#include "core/view/explain.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ranges>

#include "core/azure/error_catalog.hpp"
#include "core/azure/problem.hpp"
#include "core/base/text.hpp"
#include "core/view/advice.hpp"
#include "core/view/commands.hpp"
#include "core/view/left_behind.hpp"
#include "core/view/next_step.hpp"
#include "core/view/waiting_text.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

json text_or_null(std::string_view text) {
  return text.empty() ? json() : json(text);
}

json number_or_null(int http_status) {
  return http_status == 0 ? json() : json(http_status);
}

/// The newest line that comes from a response of Azure.
const HistoryLine* last_answer(std::span<const HistoryLine> history) {
  const auto newest_first = history | std::views::reverse;
  const auto found = std::ranges::find_if(newest_first, [](const HistoryLine& line) { return line.http_status != 0; });
  return found == newest_first.end() ? nullptr : &*found;
}

json answer_view(const HistoryLine* line) {
  if (line == nullptr) return nullptr;
  return {{"at", to_rfc3339(line->at)},
          {"httpStatus", line->http_status},
          {"requestId", text_or_null(line->azure_request_id)},
          {"correlationId", text_or_null(line->azure_correlation_id)},
          {"cause", line->cause},
          {"detail", text_or_null(line->detail)}};
}

json next_view(const Job& job, Instant now) {
  const NextStep next = next_step_of(job);
  const bool waits = !is_at_rest(job.state) && job.not_before > now;
  const auto& request = next.request_not_before;
  return {{"what", text_or_null(capitalized(next.what))},
          {"at", waits ? json(to_rfc3339(job.not_before)) : json()},
          {"atIs", waits ? json(to_text(next.at_is)) : json()},
          {"then", text_or_null(capitalized(next.then))},
          {"requestNotBefore", request ? json(to_rfc3339(std::max(*request, now))) : json()}};
}

json problem_view(const Job& job) {
  const auto& problem = job.progress.problem;
  if (!problem) return nullptr;
  const ErrorAdvice* known = find_advice(problem->code);
  return {{"code", text_or_null(problem->code)},
          {"message", problem->message},
          {"httpStatus", number_or_null(problem->http_status)},
          {"recommendations", problem->recommendations},
          {"class", known != nullptr ? json(to_text(known->kind)) : json()},
          {"advice", text_or_null(advice_of(job))}};
}

/// The ids of the response with the problem, otherwise of the last response.
json support_view(const Job& job, const HistoryLine* answer) {
  const Progress& progress = job.progress;
  std::string request_id = progress.problem ? progress.problem->request_id : "";
  std::string correlation_id = progress.problem ? progress.problem->correlation_id : "";
  if (request_id.empty() && correlation_id.empty() && answer != nullptr) {
    request_id = answer->azure_request_id;
    correlation_id = answer->azure_correlation_id;
  }
  return {{"requestId", text_or_null(progress.request_id)},      {"azureRequestId", text_or_null(request_id)},
          {"correlationId", text_or_null(correlation_id)},       {"operationId", text_or_null(progress.operation_id)},
          {"azureJobId", text_or_null(progress.azure_job_id)},   {"vault", job.vault.arm_id()},
          {"subscription", text_or_null(job.vault.subscription)}};
}

}  // namespace

json explain(const Job& job, std::span<const HistoryLine> history, Instant now,
             const std::optional<WaitReason>& waiting) {
  const HistoryLine* answer = last_answer(history);
  const auto held_for = std::chrono::duration_cast<std::chrono::seconds>(std::max(now - job.since, Millis(0)));
  return {{"id", job.id},
          {"name", job.name},
          {"state", state_name(job.state)},
          {"since", to_rfc3339(job.since)},
          {"sinceSeconds", held_for.count()},
          {"why", why_of(job)},
          {"lastAnswer", answer_view(answer)},
          {"restoreMayRun", restore_may_run(job)},
          {"next", next_view(job, now)},
          {"waitsFor", waiting ? json(waiting_text(job, *waiting)) : json()},
          {"placeInLine", waiting && waiting->queue_position ? json(*waiting->queue_position) : json()},
          {"youCan", choices_of(job)},
          {"problem", problem_view(job)},
          {"warnings", job.progress.warnings},
          {"findings", job.progress.findings},
          {"unchecked", job.progress.unchecked},
          {"leftBehind", left_behind_of(job)},
          {"commands", commands_view(job)},
          {"support", support_view(job, answer)}};
}

}  // namespace azrestored
