// A job as people and scripts see it: the JSON of `azrestorectl ... --json` (a documented contract: members are added,
// never renamed or removed). The control socket sends it; azrestorectl makes the same from the database when the daemon
// is down.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>

#include "core/admission/wait_reason.hpp"
#include "core/azure/problem.hpp"
#include "core/job/job.hpp"

namespace azrestored {

/// One line of a list: id, name, state, atRest, since, created, priority, vault, virtualMachine, recoveryType,
/// crossRegion, attempt (1, and one more for each retry), percent, azureStatus, azureJobId, attempts (POSTs of this
/// attempt), nextAt, waitsFor (words, or null), placeInLine (from 1, among those that wait for the same),
/// cancelRequested, requested (when the restore was asked of Azure), expectedEnd and expectedBy (core/view/end_estimate.hpp),
/// problem (one sentence, or null). What is not known is null, never "" or 0. `waiting`: what the daemon knows of a
/// line that the job stands in. `usual`: how long restores like it took lately.
nlohmann::json job_summary(const Job& job, const std::optional<WaitReason>& waiting = std::nullopt,
                           std::optional<Millis> usual = std::nullopt);

/// Everything: the summary's members and submitterUid, recoveryPoint, requestId, operationId, region, protectedItem,
/// storageAccount, targetResourceGroup (ids in lower case), failures, error {code, message, httpStatus, requestId,
/// correlationId, recommendations}, warnings, findings, unchecked, earlierAttempts, auth, outcome, cancel, history.
nlohmann::json job_details(const Job& job, std::span<const HistoryLine> history,
                           const std::optional<WaitReason>& waiting = std::nullopt,
                           std::optional<Millis> usual = std::nullopt);

/// What core/queries/dry_run.hpp promises.
nlohmann::json dry_run_view(const Job& job, const std::optional<Problem>& problem, nlohmann::json request);

/// {"at", "from", "to", "cause", "detail", "httpStatus", "requestId", "correlationId"}
nlohmann::json history_line(const HistoryLine& line);

/// The exit code that `show` and `watch` end with for a job in this state: 0 succeeded, 1 failed, 3 with warnings or
/// findings, 6 still running, 7 in doubt or held, 8 cancelled.
int exit_code_of(const State& state);
/// The same by the state's name; 1 for a name that is not known, so that no script takes it for a success.
int exit_code_of(std::string_view state_name);

}  // namespace azrestored
