// What the parts of perform() share: where a job's things are, and in which dialect to ask for them. Used by
// perform*.cpp only.
#pragma once

#include "core/azure/problem.hpp"
#include "core/engine/perform.hpp"
#include "core/json/fault.hpp"
#include "core/restore/request_body.hpp"

namespace azrestored {

inline JobPlace place_of(const Job& job) {
  return {job.vault, job.progress.plan.cross_region};
}

/// The dialect in which the job's items and points are asked for.
inline ArmTarget target_of(const ArmSession& arm, const Job& job) {
  return job.progress.plan.cross_region.empty() ? arm.target() : secondary_region(arm.target());
}

/// On the job's behalf. A job without an id is a person's dry run.
inline Share share_of(const Job& job, Urgency urgency = Urgency::routine) {
  return {job.id.empty() ? Urgency::urgent : urgency, job.priority, job.id, false};
}

/// The restore request's members for this job (API.md 3.2).
inline nlohmann::json properties_of(const Job& job, const JobSpec& spec) {
  const Progress& known = job.progress;
  static const std::vector<std::string> none;
  const std::vector<std::string>& guard = known.guard_requests ? *known.guard_requests : none;
  return restore_request(spec, *known.item, *known.point, known.region.value_or(""), guard);
}

/// The settings have lost a profile since the job began.
inline Problem lost_profile(const ArmSessions& sessions, const std::string& profile) {
  return our_problem("NoSuchProfile", "the settings have no sign-in profile \"" + profile +
                                          "\" any more (they have: " + either_of(sessions.names()) +
                                          "); put it back into auth and restart azrestored");
}

}  // namespace azrestored
