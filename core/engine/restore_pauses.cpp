#include "core/engine/restore_pauses.hpp"

#include <algorithm>

#include "core/azure/error_catalog.hpp"
#include "core/azure/problem.hpp"

namespace azrestored {
namespace {

/// While the first job sends its POST, the others ask again after this time.
constexpr Millis between_looks = std::chrono::minutes(1);
/// After this time the first job is not waited for: it may have been cancelled or held.
constexpr Millis longest_first = std::chrono::minutes(10);

}  // namespace

/// The secondary region has its own requests.
std::string RestorePauses::key_of(const Job& job) {
  return job.vault.key() + "|" + job.progress.options.cross_region;
}

void RestorePauses::limit_reached(const Job& job, const Problem& problem, Instant now, Millis wait) {
  pauses_[key_of(job)] = Pause{now + wait, "", Instant{}, job.id, problem.code};
}

void RestorePauses::resumed(const Job& job, Instant now) {
  const bool waits = std::holds_alternative<Triggering>(job.state) && job.not_before > now && job.progress.problem &&
                     is_daily_limit(job.progress.problem->code);
  if (!waits) return;
  Pause& pause = pauses_[key_of(job)];
  if (job.not_before > pause.until) pause = Pause{job.not_before, "", Instant{}, job.id, job.progress.problem->code};
}

std::optional<RestorePauses::Wait> RestorePauses::wait_of(const Job& job, Instant now) {
  const auto found = pauses_.find(key_of(job));
  if (found == pauses_.end()) return std::nullopt;
  Pause& pause = found->second;
  if (now >= pause.until) {
    const bool is_free = pause.first.empty() || pause.first == job.id || now - pause.first_since > longest_first;
    if (is_free) {
      pause.first = job.id;
      pause.first_since = now;
      return std::nullopt;
    }
    return Wait{internal_problem(pause.code, "vault " + job.vault.name + " had reached its limit of restores in 24 " +
                                                 "hours; job " + pause.first + " tries again first"),
                between_looks};
  }
  return Wait{
      internal_problem(pause.code, "vault " + job.vault.name + " has reached its limit of restores in 24 hours " +
                                       "(job " + pause.reason + "); azrestored sends it no restore before " +
                                       to_rfc3339(std::chrono::floor<std::chrono::seconds>(pause.until))),
      pause.until - now};
}

}  // namespace azrestored
