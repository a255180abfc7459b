// Decides which queued jobs may start. Limits bound the concurrent restores of one subscription, vault, storage account
// and target resource group. Jobs start by priority, then by arrival. A job that waits for one limit does not block
// jobs that the limit does not apply to.
//
// Jobs that count against the same limits are in one lane, so the search for the next job looks at the first job of
// each lane and not at all jobs. A started job counts, and is never stopped because of a limit. Pure; a value; any
// thread.
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/admission/lane.hpp"
#include "core/admission/limits.hpp"
#include "core/job/job.hpp"

namespace azrestored {

/// The position of a job in the order of all queued jobs.
struct QueuePosition {
  int priority = 0;
  Instant created_at{};
  JobId id;

  static QueuePosition of(const Job& job) { return {job.priority, job.created_at, job.id}; }
};
bool comes_before(const QueuePosition& a, const QueuePosition& b);

/// The limits, and the number of restores that count against each.
class Admission {
 public:
  Admission() = default;  // the default limits; nothing has started
  explicit Admission(const ConcurrencyLimits& caps) : caps_(caps) {}

  /// Changes the limits. Jobs that have started continue.
  void set_limits(const ConcurrencyLimits& caps) { caps_ = caps; }

  /// The first limit that is reached for jobs of this lane; nullopt if the next of them may start.
  [[nodiscard]] std::optional<ConcurrencyLimit> exhausted(const Lane& lane) const;
  /// Counts a job of this lane as started, or as no longer active.
  void began(const Lane& lane);
  void ended(const Lane& lane);

  /// Sets the number of active jobs that have not sent their request yet. At `max_preparing` no further job starts. It
  /// would only wait for Azure's quota; in the database it needs no memory, and a job with a higher priority can still
  /// overtake it.
  void set_preparing(std::size_t count) { preparing_ = static_cast<int>(count); }
  [[nodiscard]] int may_begin() const { return std::max(0, max_preparing - preparing_); }
  static constexpr int max_preparing = 256;

  /// The number of restores that count against this limit together with jobs of the lane.
  [[nodiscard]] int taken(ConcurrencyLimit cap, const Lane& lane) const;
  [[nodiscard]] int places(ConcurrencyLimit cap) const { return caps_.of(cap); }

 private:
  ConcurrencyLimits caps_;
  int preparing_ = 0;
  std::array<std::map<std::string, int, std::less<>>, all_concurrency_limits.size()> taken_;  // by the lanes' keys
};

struct LaneFront {
  Lane lane;
  QueuePosition first;
};

/// Starts and counts up to `limit` jobs in the order of the queue. `heads`: the first job of each lane. `take` is
/// called for each job that starts, and returns the position of the next job in the lane, if there is one.
void dequeue(Admission& admission, std::vector<LaneFront> heads, int limit,
             const std::function<std::optional<QueuePosition>(const LaneFront&)>& take);

}  // namespace azrestored
