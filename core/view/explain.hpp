// What a person at three in the morning needs to know of a job: what is true, why, what comes next and what can be
// done, in plain words. Made of the saved row and its history, so that it can be told without a daemon, and of the line
// that the job stands in, when a daemon tells of it. Pure.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "core/admission/wait_reason.hpp"
#include "core/job/job.hpp"

namespace azrestored {

/// The answer of `explain`. A contract, as core/view/job_view.hpp; what is not known is null.
///
///   {"id", "name", "state", "since", "sinceSeconds",
///    "why": a sentence or two,
///    "lastAnswer": null or the newest response of Azure that changed something:
///                  {"at", "httpStatus", "requestId", "correlationId", "cause", "detail"},
///    "next": {"what": a sentence or null, "at": a time or null},
///    "waitsFor": null or the shared resource that the job waits for,
///    "placeInLine": null or its position among the jobs that wait for the same,
///    "youCan": [sentences with the exact command],
///    "problem": null or {"code", "message", "httpStatus", "recommendations", "class", "advice"},
///    "warnings", "findings", "unchecked": [sentences],
///    "support": {"requestId" (our x-ms-client-request-id), "azureRequestId", "correlationId", "operationId",
///                "azureJobId", "vault", "subscription"}}
///
/// `now`: by the clock that the row's times were written with. `waiting`: as for job_summary().
nlohmann::json explain(const Job& job, std::span<const HistoryLine> history, Instant now,
                       const std::optional<WaitReason>& waiting = std::nullopt);

// ── the words, by state (explain_words.cpp, explain_choices.cpp) ──

/// What is true and what led here; never empty.
std::string why_of(const Job& job);
/// What the daemon does next by itself; "" for a job at rest.
std::string next_step_of(const Job& job);
/// What a person can do about it, each a sentence with its command.
std::vector<std::string> choices_of(const Job& job);

}  // namespace azrestored
