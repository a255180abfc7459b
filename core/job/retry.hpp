// Every rule about waiting (API.md 4.5, 9.3). Pure: jitter is an argument.
#pragma once

#include <optional>

#include "core/base/instant.hpp"
#include "core/job/policy.hpp"

namespace azrestored {

/// When now is, and a number in [0, 1) that spreads what would otherwise happen at once.
struct Moment {
  Instant now{};
  double jitter = 0;
};

/// The next poll of something that runs: never earlier than the server said, never sooner than minimum_interval,
/// default_retry_after when it said nothing.
Instant next_poll(std::optional<Millis> hint, const Policy& policy, Moment moment);

/// The next try after the `failures`-th failure in a row (from 1): doubles from minimum_interval to longest_backoff,
/// plus up to half of it again by jitter; never earlier than the server said.
Instant next_attempt(int failures, std::optional<Millis> hint, const Policy& policy, Moment moment);

/// The next look for our request id, after `searches` in vain: doubles from minimum_interval to one minute, but never
/// past `quiet_until` while that is still ahead, so that the concluding look comes as soon as it may.
Instant next_search(int searches, Instant quiet_until, const Policy& policy, Moment moment);

}  // namespace azrestored
