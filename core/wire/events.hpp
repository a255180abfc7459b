// Turns responses of the Azure Backup REST API into events. Pure. Sources: azure-backup-api.md 1 to 5, 13.
//
// Responses are read leniently. Unknown members are ignored, and missing members equal null. Names and enum words
// compare without regard to letter case. A number may stand for an enum word, as in older api-versions. A body that
// cannot be read is a transient failure: an incomplete or foreign response says nothing about the resource.
#pragma once

#include <string_view>

#include "core/base/instant.hpp"
#include "core/http/message.hpp"
#include "core/job/event.hpp"

namespace azrestored {

/// For the response to the restore POST: Accepted, Refused, Throttled, NotSent (401: nothing was started) or
/// OutcomeUnknown.
Event read_restore_answer(const HttpResponse& response, Instant now);
/// OperationRunning, OperationSucceeded, OperationFailed, OperationGone, ReadFailed or ReadRefused. For the status URL
/// and the result URL of an operation.
Event read_operation(const HttpResponse& response, Instant now);
/// The meaning of a backup job's status word (azure-backup-api.md 5.3); `running` for an unknown word.
JobRead::End outcome_of_status(std::string_view azure_status);
/// JobRead, JobGone, ReadFailed or ReadRefused.
Event read_job(const HttpResponse& response, Instant now);
/// CancelAccepted, CancelRefused or ReadFailed.
Event read_cancel_answer(const HttpResponse& response, Instant now);
/// CancelRunning, CancelDone, CancelRefused or ReadFailed.
Event read_cancel_result(const HttpResponse& response, Instant now);

}  // namespace azrestored
