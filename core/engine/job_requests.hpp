// The scope, the API version and the priority of a job's requests. Pure. Performer and VaultPollers use it.
#pragma once

#include "core/arm/arm_client.hpp"
#include "core/budget/rate_limiter.hpp"
#include "core/job/job.hpp"
#include "core/wire/requests.hpp"

namespace azrestored {

/// Where the job's backup job is listed: in the vault, or in the vault's secondary region.
inline RestoreScope scope_of(const Job& job) {
  return {job.vault, job.progress.options.cross_region};
}

/// The API version in which the job's items and recovery points are requested.
inline ArmTarget target_of(const ArmClient& arm, const Job& job) {
  return job.progress.options.cross_region.empty() ? arm.target() : secondary_region(arm.target());
}

/// The priority of a request for this job. A job without an id is an operator's dry run.
inline RequestPriority priority_of(const Job& job, Urgency urgency = Urgency::background) {
  return {job.id.empty() ? Urgency::urgent : urgency, job.priority, job.id, false};
}

}  // namespace azrestored
