// Classifies response statuses and reads errors from bodies (azure-backup-api.md 4.5, 4.6, 12.1). Pure.
#pragma once

#include <optional>

#include "core/azure/problem.hpp"
#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/http/message.hpp"
#include "core/job/event.hpp"

namespace azrestored {

enum class StatusClass {
  ok,            // 2xx
  transient,     // 408, 5xx, and statuses that do not answer the request (1xx, 3xx)
  throttled,     // 429
  unauthorized,  // 401
  not_found,     // 404, 410
  refused,       // any other 4xx
};
StatusClass classify_status(int status);

/// The error in the body, in either envelope (azure-backup-api.md 4.6, 12.1), with status and ids. If the body contains
/// no error, the message is a sentence about the status.
Problem problem_of(const HttpResponse& response);
ResponseIds trace_of(const HttpResponse& response);

/// How long a request waits after a daily limit (is_daily_limit): as long as Azure asks, at least hours, at most a day.
/// nullopt for any other problem. 5xx is not a refusal and leaves open what happened.
std::optional<Millis> daily_limit_wait(const HttpResponse& response, const Problem& problem, Instant now);

/// ReadFailed for a response whose body cannot be read.
Event unreadable(const HttpResponse& response, const Error& error, Instant now);

/// ReadFailed or ReadRefused for a read whose status is not 2xx.
Event read_failure(const HttpResponse& response, Instant now);

}  // namespace azrestored
