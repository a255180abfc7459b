#include "core/job/retry.hpp"

#include <algorithm>

namespace azrestored {
namespace {

/// The longest time between two searches for a request id: short compared with the default quiet period, and few enough
/// for the quota of reads (azure-backup-api.md 9.2).
constexpr Millis longest_search_interval = std::chrono::minutes(1);

/// `start` doubled `times` times, at most `most`, at least `start`.
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
  // A tenth of jitter is enough to spread the polls of jobs that started together.
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
