#include "core/admission/wait_reason.hpp"

namespace azrestored {
namespace {

std::string where(Cap cap, const Job& job) {
  switch (cap) {
    case Cap::subscription:
      return "in subscription " + job.vault.subscription;
    case Cap::vault:
      return "in vault " + job.vault.name;
    case Cap::storage_account:
      return "at storage account " + last_segment(job.storage_account);
    case Cap::target_group:
      return "in resource group " + last_segment(job.target_group);
  }
  return "";
}

std::string fullness(std::size_t taken, int places, std::string_view setting) {
  std::string words = ", where " + std::to_string(taken) + " of " + std::to_string(places) + " are taken (";
  words += setting;
  return words + ")";
}

}  // namespace

std::string Waiting::text() const {
  if (!place) return what;
  return what + "; place " + std::to_string(*place) + " in line";
}

Waiting waiting_of_queued(const Job& job, const Admission& admission, std::size_t active_jobs, int most_active_jobs) {
  Waiting waiting;
  const Lane lane = Lane::of(job);
  waiting.cap = admission.full_cap(lane);
  if (waiting.cap) {
    const auto taken = static_cast<std::size_t>(admission.taken(*waiting.cap, lane));
    waiting.what = "a place " + where(*waiting.cap, job);
    waiting.what += fullness(taken, admission.places(*waiting.cap), setting_of(*waiting.cap));
  } else if (admission.may_begin() == 0) {
    waiting.what = "a place among the jobs that prepare their restores, where all of " +
                   std::to_string(Admission::most_preparing) + " are taken";
  } else {
    waiting.what = "a place among the active jobs" + fullness(active_jobs, most_active_jobs, "limits.activeJobs");
  }
  return waiting;
}

}  // namespace azrestored
