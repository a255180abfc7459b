// The shared resource that a job is queued for, and its queue position. Only the running daemon knows them; the stored
// row does not contain them. core/view/waiting_text.hpp has the words. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "core/admission/admission.hpp"

namespace azrestored {

/// A limit of the settings on concurrent restores is reached.
struct LimitWait {
  ConcurrencyLimit limit = ConcurrencyLimit::subscription;
  int used = 0;
  int max = 0;
};
/// The maximum number of jobs prepare their requests (Admission::max_preparing).
struct PreparationWait {};
/// The maximum number of jobs is active (limits.activeJobs). Without numbers if no daemon runs.
struct ActiveJobsWait {
  struct Usage {
    std::size_t used = 0;
    int max = 0;
  };
  std::optional<Usage> usage;
};
/// The quota of one action is exhausted.
struct QuotaWait {
  std::optional<int> limit_per_hour;  // nullopt: no hourly quota
  bool is_read = true;
  std::string action;  // "vaults/backupJobs"
};
/// Facts of the vault are being read, once for all its jobs.
struct VaultReadWait {
  enum class What { items, settings, guard };
  What what = What::items;
};

struct WaitReason {
  std::variant<LimitWait, PreparationWait, ActiveJobsWait, QuotaWait, VaultReadWait> what;
  std::optional<std::int64_t> queue_position;  // from 1

  /// The limit whose queue the job is in; nullopt if it is in the queue of all jobs.
  [[nodiscard]] std::optional<ConcurrencyLimit> limit() const {
    const auto* wait = std::get_if<LimitWait>(&what);
    return wait == nullptr ? std::nullopt : std::optional(wait->limit);
  }
};

/// What a queued job waits for: the first limit that is reached for it, otherwise one that applies to all jobs.
WaitReason wait_reason_of_queued(const Job& job, const Admission& admission, std::size_t active_jobs,
                                 int max_active_jobs);

}  // namespace azrestored
