#include "core/admission/wait_reason.hpp"

namespace azrestored {

WaitReason wait_reason_of_queued(const Job& job, const Admission& admission, std::size_t active_jobs,
                                 int max_active_jobs) {
  const Lane lane = Lane::of(job);
  if (const auto full = admission.exhausted(lane)) {
    return {LimitWait{*full, admission.taken(*full, lane), admission.places(*full)}, std::nullopt};
  }
  if (admission.may_begin() == 0) return {PreparationWait{}, std::nullopt};
  return {ActiveJobsWait{ActiveJobsWait::Usage{active_jobs, max_active_jobs}}, std::nullopt};
}

}  // namespace azrestored
