// Every rule about waiting (azure-backup-api.md 4.5, 9.3). Pure: jitter is an argument.
#pragma once

#include <optional>

#include "core/base/instant.hpp"
#include "core/job/policy.hpp"

namespace azrestored {

/// The current time, and a random number in [0, 1) that spreads actions which would otherwise coincide.
struct Moment {
  Instant now{};
  double jitter = 0;
};

/// The next poll of a running operation or backup job: after the server's hint, or after default_retry_after without
/// one; never sooner than minimum_interval.
Instant next_poll(std::optional<Millis> hint, const Policy& policy, Moment moment);

/// The next try after the `failures`-th consecutive failure (from 1). The wait doubles from minimum_interval to
/// longest_backoff, and jitter adds up to half of it. Never earlier than the server's hint.
Instant next_attempt(int failures, std::optional<Millis> hint, const Policy& policy, Moment moment);

/// The next search for our request id, after `searches` empty ones. The wait doubles from minimum_interval to one
/// minute, but does not pass a future `quiet_until`: the conclusive search comes as soon as possible.
Instant next_search(int searches, Instant quiet_until, const Policy& policy, Moment moment);

}  // namespace azrestored
