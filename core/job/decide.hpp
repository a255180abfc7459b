// decide(): the next action of a job. A pure function of the saved job and the time, so a restart continues every job
// from its row.
#pragma once

#include <variant>

#include "core/job/job.hpp"

namespace azrestored {

struct Begin {};
struct FindItem {};
struct ReadVault {};
struct ReadGuard {};
struct FindPoint {};
struct RequestPreflight {};
struct PollPreflight {};
struct PrepareTrigger {};  // choose or keep the request id; it is saved before Submit
struct TriggerRestore {};  // the POST that may start the restore
struct SearchJobs {};
struct PollOperation {};
struct ReadJob {};
struct RequestCancel {};
struct PollCancel {};
struct SleepUntil {
  Instant at{};
};
struct Rest {};  // final or held

using Action =
    std::variant<Begin, FindItem, ReadVault, ReadGuard, FindPoint, RequestPreflight, PollPreflight, PrepareTrigger,
                 TriggerRestore, SearchJobs, PollOperation, ReadJob, RequestCancel, PollCancel, SleepUntil, Rest>;

Action decide(const Job& job, Instant now);

}  // namespace azrestored
