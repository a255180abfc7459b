// Every number that decides how long a job waits or how often it retries. The settings provide the first group
// (config/settings.hpp); the second group is fixed.
#pragma once

#include "core/base/instant.hpp"

namespace azrestored {

struct Policy {
  Millis default_retry_after = std::chrono::seconds(60);  // polling.defaultRetryAfter
  Millis minimum_interval = std::chrono::seconds(10);     // polling.minimumInterval
  Millis job_interval = std::chrono::seconds(60);         // polling.jobInterval
  Millis quiet_period = std::chrono::minutes(5);          // inDoubt.quietPeriod

  /// Longest wait after failed reads. After an outage of an hour, jobs continue within minutes.
  Millis longest_backoff = std::chrono::minutes(5);
  /// A 404 for an operation or backup job younger than two polls counts as eventual consistency
  /// (azure-backup-api.md 12: reads right after creation fail).
  [[nodiscard]] Millis fresh_grace() const { return 2 * default_retry_after; }
  /// After this number of unclear POSTs, azrestored holds the job instead of sending another.
  int max_attempts = 5;
  /// While the quota has reserves, the details of a running job are read once in this number of job intervals.
  int intervals_per_read = 10;
  /// Maximum detail reads per list.
  int reads_per_list = 4;
  /// A tracked job that no list has contained for this time is read by its id: only a safety net.
  Millis unasked_read = std::chrono::hours(2);
  /// After this number of consecutive failures of a vault's list, its jobs are read by their ids.
  int max_list_failures = 5;
  /// A job missing from this number of consecutive lists is read by its id.
  int max_missed_lists = 3;
};

}  // namespace azrestored
