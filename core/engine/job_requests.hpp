// Where the requests of a job go, in which API version, and with which priority. Pure. Used by Performer and VaultPollers.
#pragma once

#include "core/arm/arm_client.hpp"
#include "core/budget/rate_limiter.hpp"
#include "core/job/job.hpp"
#include "core/wire/requests.hpp"

namespace azrestored {

/// Where the job's backup job is: beside the vault, or in its secondary region.
inline RestoreScope place_of(const Job& job) {
  return {job.vault, job.progress.options.cross_region};
}

/// The API version in which the job's items and recovery points are requested.
inline ArmTarget target_of(const ArmClient& arm, const Job& job) {
  return job.progress.options.cross_region.empty() ? arm.target() : secondary_region(arm.target());
}

/// On the job's behalf. A job without an id is an operator's dry run.
inline RequestPriority share_of(const Job& job, Urgency urgency = Urgency::background) {
  return {job.id.empty() ? Urgency::urgent : urgency, job.priority, job.id, false};
}

}  // namespace azrestored
