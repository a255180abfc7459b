// Every rule about waiting (API.md 4.5, 9.3; RFC 9110 10.2.3). Pure: jitter is an argument.
#pragma once

#include <optional>

#include "core/http/message.hpp"
#include "core/base/instant.hpp"
#include "core/job/policy.hpp"

namespace azrestored {

/// When now is, and a number in [0, 1) that spreads what would otherwise happen at once.
struct Moment {
  Instant now{};
  double jitter = 0;
};

/// A server may ask for this much at most; longer hints are cut, and the daemon logs that it did.
inline constexpr Millis longest_server_wait = std::chrono::hours(24);

/// What the server asked for: Retry-After in seconds or as an HTTP-date (counted from `now`), else retry-after-ms or
/// x-ms-retry-after-ms, else the seconds in ARM's own sentence "Please try again after 'N' seconds" (API.md 9.2).
std::optional<Millis> server_hint(const HttpResponse& response, Instant now);

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
