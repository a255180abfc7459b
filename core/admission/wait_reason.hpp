// What a job waits for that other jobs wait for as well, and its position in that queue: only the running daemon knows it
// beside the row. A value; core/view/waiting_text.hpp says it in words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "core/admission/admission.hpp"

namespace azrestored {

/// A limit of the settings on restores at once is reached.
struct LimitWait {
  Cap limit = Cap::subscription;
  int used = 0;
  int max = 0;
};
/// As many jobs as may prepare their requests do so (Admission::most_preparing).
struct PreparationWait {};
/// As many jobs as may be active are (limits.activeJobs); without numbers when no daemon runs that knows them.
struct ActiveJobsWait {
  struct Usage {
    std::size_t used = 0;
    int max = 0;
  };
  std::optional<Usage> usage;
};
/// Azure allows so many requests of one action in an hour.
struct QuotaWait {
  std::optional<int> limit_per_hour;  // nullopt: not counted by the hour
  bool is_read = true;
  std::string action;  // "vaults/backupJobs"
};
/// Something of the vault is being read, once for all its jobs.
struct VaultReadWait {
  enum class What { items, settings, guard };
  What what = What::items;
};

struct WaitReason {
  std::variant<LimitWait, PreparationWait, ActiveJobsWait, QuotaWait, VaultReadWait> what;
  std::optional<std::int64_t> queue_position;  // from 1

  /// The limit whose queue the job stands in; nullopt when it stands in the queue of all.
  [[nodiscard]] std::optional<Cap> limit() const {
    const auto* wait = std::get_if<LimitWait>(&what);
    return wait == nullptr ? std::nullopt : std::optional(wait->limit);
  }
};

/// What a queued job waits for: the first limit that is reached for it, otherwise one that holds for all jobs.
WaitReason wait_reason_of_queued(const Job& job, const Admission& admission, std::size_t active_jobs,
                                 int max_active_jobs);

}  // namespace azrestored
