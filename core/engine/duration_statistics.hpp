// Recent restore durations of one vault. The poller skips a list that cannot contain a finished job yet. Pure.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/instant.hpp"

namespace azrestored {

class DurationStatistics {
 public:
  /// Adds the duration of a completed backup job. A second call for the same job has no effect. Keeps the newest 200.
  void add(const std::string& azure_job_id, Millis took) {
    if (!known_.insert(azure_job_id).second) return;
    if (ids_.size() == most) {
      known_.erase(ids_[oldest_]);
      ids_[oldest_] = azure_job_id;
      durations_[oldest_] = took;
      oldest_ = (oldest_ + 1) % most;
      return;
    }
    ids_.push_back(azure_job_id);
    durations_.push_back(took);
  }

  /// Lower bound of the duration: the 5th percentile minus 20 %. nullopt until 20 durations are known.
  [[nodiscard]] std::optional<Millis> lower_bound() const {
    if (durations_.size() < 20) return std::nullopt;
    return quantile(20) * 4 / 5;
  }

  /// The median duration; one hour until a duration is known.
  [[nodiscard]] Millis median() const { return durations_.empty() ? Millis(std::chrono::hours(1)) : quantile(2); }

 private:
  /// One in `parts` durations is shorter.
  [[nodiscard]] Millis quantile(std::size_t parts) const {
    std::vector<Millis> sorted = durations_;
    const auto at = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / parts);
    std::nth_element(sorted.begin(), at, sorted.end());
    return *at;
  }

  static constexpr std::size_t most = 200;
  std::vector<std::string> ids_;
  std::vector<Millis> durations_;
  std::set<std::string> known_;
  std::size_t oldest_ = 0;
};

}  // namespace azrestored
