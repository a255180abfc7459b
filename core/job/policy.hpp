// Every number that decides how long a job waits or how often it tries. Settings fill in the first group
// (config/settings.hpp); the second is ours, with the reason beside it.
#pragma once

#include "core/base/instant.hpp"

namespace azrestored {

struct Policy {
  Millis default_retry_after = std::chrono::seconds(60);  // polling.defaultRetryAfter
  Millis minimum_interval = std::chrono::seconds(10);     // polling.minimumInterval
  Millis job_interval = std::chrono::seconds(60);         // polling.jobInterval
  Millis quiet_period = std::chrono::minutes(5);          // inDoubt.quietPeriod

  /// Longest wait after failed reads. A vault that is down for an hour should be noticed up again within minutes.
  Millis longest_backoff = std::chrono::minutes(5);
  /// A 404 on an operation or job younger than this, two polls' worth, is taken for eventual consistency (API.md 12:
  /// reads right after creation fail).
  [[nodiscard]] Millis fresh_grace() const { return 2 * default_retry_after; }
  /// POSTs that may have started something, after which a person is asked instead of trying again.
  int most_attempts = 5;
  /// Details of a running job are read every so many job intervals while there is budget to spare.
  int intervals_per_read = 10;
  /// So many of one vault's jobs in a row.
  int reads_per_list = 4;
  /// A tracked job that no list has told of for so long is read by its id: a safety net only.
  Millis unasked_read = std::chrono::hours(2);
  /// When a vault's list has failed so often in a row, its jobs are asked for by their ids.
  int most_list_failures = 5;
  /// Missing from so many job lists in a row, a job is asked for by its id.
  int most_unlisted = 3;
};

}  // namespace azrestored
