// A job as operators and scripts see it: the JSON of `azrestorectl ... --json`, a documented contract. Members are
// added, never renamed or removed. The control socket sends it; if the daemon is down, azrestorectl makes the same from
// the database.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>

#include "core/admission/wait_reason.hpp"
#include "core/azure/problem.hpp"
#include "core/job/job.hpp"

namespace azrestored {

/// One line of a list: id, name, state, atRest, since, created, priority, vault, virtualMachine, recoveryType,
/// crossRegion, attempt (1 plus the number of retries), percent, azureStatus, azureJobId, attempts (POSTs of this
/// attempt), nextAt, nextAtIs (core/view/next_step.hpp), restoreMayRun (core/view/advice.hpp), waitsFor (text or
/// null), placeInLine (the queue position, from 1), cancelRequested, requested
/// (when the POST was saved), expectedEnd and expectedBy (core/view/end_estimate.hpp), problem (one sentence or null),
/// remark (remark_of() or null). Unknown values are null, never "" or 0.
/// `waiting`: the shared resource that the job is queued for, if a daemon knows it. `usual`: the duration of recent
/// similar restores.
nlohmann::json job_summary(const Job& job, const std::optional<WaitReason>& waiting = std::nullopt,
                           std::optional<Millis> usual = std::nullopt);

/// The members of the summary and submitterUid, recoveryPoint, requestId, operationId, region, protectedItem,
/// storageAccount, targetResourceGroup (ids in lower case), failures, error {code, message, httpStatus, requestId,
/// correlationId, recommendations}, warnings, findings, unchecked, earlierAttempts, auth, outcome, cancel,
/// commands (core/view/commands.hpp), history.
nlohmann::json job_details(const Job& job, std::span<const HistoryLine> history,
                           const std::optional<WaitReason>& waiting = std::nullopt,
                           std::optional<Millis> usual = std::nullopt);

/// The result that core/queries/dry_run.hpp describes.
nlohmann::json dry_run_view(const Job& job, const std::optional<Problem>& problem, nlohmann::json request);

/// What is not done of what was requested, in a job that ended with warnings or findings: "OlrBackupFailed: ...; the
/// task "Replace the disks" was skipped". "" for other jobs.
std::string remark_of(const Job& job);

/// {"at", "from", "to", "cause", "detail", "httpStatus", "requestId", "correlationId"}
nlohmann::json history_line(const HistoryLine& line);

/// The exit code of `show` and `watch` for a job in this state: 0 succeeded, 1 failed, 3 succeeded with warnings or
/// findings, 6 not finished, 7 in doubt or held, 8 cancelled.
int exit_code_of(const State& state);
/// The same by the state's name; 1 for an unknown name, so that no script takes it for a success.
int exit_code_of(std::string_view state_name);

}  // namespace azrestored
