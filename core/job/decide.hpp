// decide(): what a job wants next. A pure function of the saved job and the time; starting up is recovery.
#pragma once

#include <variant>

#include "core/job/job.hpp"

namespace azrestored {

struct Begin {};
struct FindItem {};
struct ReadVault {};
struct ReadGuard {};
struct FindPoint {};
struct AskPreflight {};
struct FollowPreflight {};
struct PrepareSubmit {};  // choose (or keep) the request id; saved before Submit
struct Submit {};         // the one POST
struct SearchJobs {};
struct PollOperation {};
struct ReadJob {};
struct AskCancel {};
struct FollowCancel {};
struct SleepUntil {
  Instant at{};
};
struct Rest {};  // final or held

using Action =
    std::variant<Begin, FindItem, ReadVault, ReadGuard, FindPoint, AskPreflight, FollowPreflight, PrepareSubmit, Submit,
                 SearchJobs, PollOperation, ReadJob, AskCancel, FollowCancel, SleepUntil, Rest>;

Action decide(const Job& job, Instant now);

}  // namespace azrestored
