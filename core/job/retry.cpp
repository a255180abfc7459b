#include "core/job/retry.hpp"

#include <algorithm>

namespace azrestored {
namespace {

/// The longest time between two looks for a request id: short beside the default quiet period, long beside the budget
/// of reads (API.md 9.2).
constexpr Millis longest_search_interval = std::chrono::minutes(1);

/// `start` doubled `times` times, at most `most`, but never less than `start`.
Millis doubled(Millis start, int times, Millis most) {
  Millis wait = start;
  for (int i = 0; i < times && wait < most; ++i) wait *= 2;
  return std::max(start, std::min(wait, most));
}

Millis part(Millis whole, double fraction) {
  return Millis(static_cast<Millis::rep>(static_cast<double>(whole.count()) * fraction));
}

}  // namespace

Instant next_poll(std::optional<Millis> hint, const Policy& policy, Moment moment) {
  const Millis wait = std::max(hint.value_or(policy.default_retry_after), policy.minimum_interval);
  // A tenth of jitter: enough to keep jobs that were started together from being polled together for ever.
  return moment.now + wait + part(std::min<Millis>(wait, policy.default_retry_after), 0.1 * moment.jitter);
}

Instant next_attempt(int failures, std::optional<Millis> hint, const Policy& policy, Moment moment) {
  const Millis backoff = doubled(policy.minimum_interval, failures - 1, policy.longest_backoff);
  return moment.now + std::max(hint.value_or(Millis(0)), backoff) + part(backoff, 0.5 * moment.jitter);
}

Instant next_search(int searches, Instant quiet_until, const Policy& policy, Moment moment) {
  const Millis wait = doubled(policy.minimum_interval, searches, longest_search_interval);
  const Instant at = moment.now + wait + part(wait, 0.1 * moment.jitter);
  return moment.now < quiet_until ? std::min(at, quiet_until) : at;
}

}  // namespace azrestored
