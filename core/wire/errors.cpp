// Classifies response statuses and reads errors from bodies (azure-backup-api.md 4.5, 4.6, 12.1).
#include "core/wire/errors.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/azure/error_catalog.hpp"
#include "core/azure/problem.hpp"
#include "core/http/retry_after.hpp"
#include "core/json/lenient.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

void read_arm_envelope(const json& error, Problem& problem) {
  problem.code = text(error, "code");
  problem.message = text(error, "message");
  if (!problem.message.empty()) return;
  // Some errors have their message only in the first detail.
  const json& details = member(error, "details");
  if (!details.is_array() || details.empty()) return;
  problem.message = text(details.front(), "message");
  if (problem.code.empty()) problem.code = text(details.front(), "code");
}

/// {"ErrorCode": ..., "Message": {"Language": ..., "Value": ...}}
void read_backup_envelope(const json& body, Problem& problem) {
  problem.code = text(body, "ErrorCode");
  const json& message = member(body, "Message");
  problem.message = message.is_object() ? text(message, "Value") : text_of(message);
}

}  // namespace

StatusClass classify_status(int status) {
  if (status >= 200 && status < 300) return StatusClass::ok;
  if (status == 401) return StatusClass::unauthorized;
  if (status == 404 || status == 410) return StatusClass::not_found;
  if (status == 429) return StatusClass::throttled;
  if (status == 408 || status < 400 || status >= 500) return StatusClass::transient;
  return StatusClass::refused;
}

ResponseIds trace_of(const HttpResponse& response) {
  const auto value = [&](const char* name) { return std::string(response.header(name).value_or("")); };
  return {response.status, value("x-ms-request-id"), value("x-ms-correlation-request-id")};
}

Problem problem_of(const HttpResponse& response) {
  const ResponseIds trace = trace_of(response);
  Problem problem{"", "", trace.http_status, trace.request_id, trace.correlation_id, {}};
  const json body = json::parse(response.body, nullptr, false);
  if (member(body, "error").is_object()) {
    read_arm_envelope(member(body, "error"), problem);
  } else if (body.is_object() && body.contains("ErrorCode")) {
    read_backup_envelope(body, problem);
  }
  if (problem.code.empty()) problem.code = "HTTP " + std::to_string(response.status);
  if (problem.message.empty()) problem.message = "Azure responded with status " + std::to_string(response.status);
  return problem;
}

std::optional<Millis> daily_limit_wait(const HttpResponse& response, const Problem& problem, Instant now) {
  // No source says when the limit ends. A POST of its own may count, so the tries are few; the last one of a day comes
  // at most four hours late.
  constexpr Millis shortest = std::chrono::hours(4);
  const StatusClass verdict = classify_status(response.status);
  const bool is_refusal = verdict != StatusClass::ok && verdict != StatusClass::transient;
  if (!is_refusal || !is_daily_limit(problem.code)) return std::nullopt;
  return std::clamp(server_hint(response, now).value_or(shortest), shortest, longest_server_wait);
}

Event unreadable(const HttpResponse& response, const Error& error, Instant now) {
  Problem problem{"UnreadableAnswer", error.sentence(), response.status, "", "", {}};
  const ResponseIds trace = trace_of(response);
  problem.request_id = trace.request_id;
  problem.correlation_id = trace.correlation_id;
  return {ReadFailed{problem, server_hint(response, now)}, trace};
}

Event read_failure(const HttpResponse& response, Instant now) {
  const Problem problem = problem_of(response);
  if (const auto wait = daily_limit_wait(response, problem, now))
    return {ReadFailed{problem, wait}, trace_of(response)};
  switch (classify_status(response.status)) {
    case StatusClass::ok:
    case StatusClass::transient:
    case StatusClass::throttled:
    case StatusClass::unauthorized:  // with a new token too: wait until an operator fixes the sign-in
      return {ReadFailed{problem, server_hint(response, now)}, trace_of(response)};
    case StatusClass::not_found:
    case StatusClass::refused:
      break;
  }
  return {ReadRefused{problem}, trace_of(response)};
}

}  // namespace azrestored
