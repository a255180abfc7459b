// The service's language, both ways: what we want to an HTTP request, an HTTP answer to what it means. Pure; the one
// place that knows paths, members and enums of the Azure Backup REST API. Sources: API.md 1 to 5, 13.
//
// Answers are read leniently: unknown members are ignored, missing and null ones are alike, names and enum words
// compare without case, numbers stand for enum words where older api-versions send them. What cannot be read at all is
// an Error of kind `transient`: a torn or foreign answer says nothing about the thing asked for.
#pragma once

#include <string_view>

#include "core/base/instant.hpp"
#include "core/http/message.hpp"
#include "core/job/event.hpp"

namespace azrestored {

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

}  // namespace azrestored
