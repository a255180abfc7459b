// `explain`: the state of a job, the reason, the next step and the possible commands, in plain words for the operator.
// The sources are the saved row and its history, so it works without a daemon. Only a running daemon adds what the job
// waits for. Pure.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "core/admission/wait_reason.hpp"
#include "core/job/job.hpp"

namespace azrestored {

/// The answer of `explain`. A contract, like core/view/job_view.hpp. Unknown values are null.
///
///   {"id", "name", "state", "since", "sinceSeconds",
///    "why": a sentence or two,
///    "lastAnswer": null or the newest response of Azure that changed something:
///                  {"at", "httpStatus", "requestId", "correlationId", "cause", "detail"},
///    "restoreMayRun": true while a restore of the job may be running in Azure; then nobody may start another one,
///    "next": {"what": a sentence or null, "at": a time or null, "atIs": what `at` is, or null: "step", "look" or
///             "latest", "then": a sentence or null, "requestNotBefore": null or, in doubt, the earliest time at which
///             the request could be sent again},
///    "waitsFor": null or the shared resource that the job is queued for,
///    "placeInLine": null or its queue position,
///    "youCan": [sentences with the exact command],
///    "problem": null or {"code", "message", "httpStatus", "recommendations", "class" (of the code, in any state),
///               "advice" (for this state: core/view/advice.hpp)},
///    "warnings", "findings", "unchecked": [sentences],
///    "leftBehind": [sentences about what an unsuccessful restore may have left in Azure, and what a retry does],
///    "commands": [{"purpose", "lines"}], see core/view/commands.hpp,
///    "support": {"requestId" (our x-ms-client-request-id), "azureRequestId", "correlationId", "operationId",
///                "azureJobId", "vault", "subscription"}}
///
/// `now`: from the clock that wrote the times of the row. `waiting`: as for job_summary().
nlohmann::json explain(const Job& job, std::span<const HistoryLine> history, Instant now,
                       const std::optional<WaitReason>& waiting = std::nullopt);

// ── the sentences, by state (explain_words.cpp, explain_choices.cpp) ──

/// The state and its reason; never empty.
std::string why_of(const Job& job);
/// The choices of the operator, each a sentence with its command.
std::vector<std::string> choices_of(const Job& job);

}  // namespace azrestored
