// What an answer's status means, and the error in its body (API.md 4.5, 4.6, 12.1). Pure.
#pragma once

#include "core/azure/problem.hpp"
#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/http/message.hpp"
#include "core/job/event.hpp"

namespace azrestored {

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

/// The service answered, and what it said could not be read.
Event unreadable(const HttpResponse& response, const Error& error, Instant now);

/// ReadFailed or ReadRefused, for a read whose verdict is not ok.
Event read_failure(const HttpResponse& response, Instant now);

}  // namespace azrestored
