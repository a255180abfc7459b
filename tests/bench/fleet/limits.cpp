#include "tests/bench/fleet/limits.hpp"

#include <algorithm>
#include <cmath>

namespace azrestored::bench {
namespace {

constexpr Millis hour = std::chrono::hours(1);

/// ARM's Retry-After if a subscription's bucket is empty: the time until the bucket is full again. (0 to 36 were
/// recorded. With less, a client that polls thousands of restores is refused much more often.)
constexpr int subscription_wait_s = 10;

int seconds_until(Instant at, Instant now) {
  return static_cast<int>(std::chrono::ceil<std::chrono::seconds>(at - now).count());
}

HttpResponse throttled(const std::string& code, const std::string& message, int seconds) {
  std::string body = R"({"error":{"code":")";
  body.append(code).append(R"(","message":")").append(message).append("\"}}");
  return {429, {{"Retry-After", std::to_string(seconds)}}, std::move(body)};
}

}  // namespace

std::optional<int> Bucket::take(Instant now) {
  if (at_ != Instant{}) {
    const double passed = std::chrono::duration<double>(now - at_).count();
    left_ = std::min(size_, left_ + passed * per_second_);
  }
  at_ = now;
  // The sum of many small refills may be less than 1 by a rounding error.
  if (left_ < 1 - 1e-6) return std::max(1, static_cast<int>(std::ceil((1 - left_) / per_second_)));
  left_ -= 1;
  return std::nullopt;
}

std::optional<int> Window::take(Instant now) {
  if (now >= ends_at_) {
    ends_at_ = now + hour;
    used_ = 0;
  }
  if (used_ >= size_) return seconds_until(ends_at_, now);
  ++used_;
  return std::nullopt;
}

std::optional<int> Gate::take_of_hour(const std::string& action, int size, Instant now, std::optional<int>& left) {
  if (limits_.form == BudgetForm::window) {
    Window& window = windows_.try_emplace(action, size).first->second;
    const auto wait = window.take(now);
    left = wait ? -1 : window.left();
    return wait;
  }
  Bucket& bucket = refilling_.try_emplace(action, size, size / 3600.0).first->second;
  const auto wait = bucket.take(now);
  left = wait ? -1 : bucket.left();
  return wait;
}

std::optional<HttpResponse> Gate::refusal(const std::string& action, Instant now, std::optional<int>& left) {
  Tally& tally = tallies_[action];
  ++tally.asked;
  const bool is_read = action.ends_with("/read");
  if ((is_read ? reads_ : writes_).take(now)) {
    ++tally.refused;
    const std::string seconds = std::to_string(subscription_wait_s);
    return throttled("SubscriptionRequestsThrottled",
                     "Number of requests for subscription 'contoso' exceeded the limit. Please try again after '" +
                         seconds + "' seconds after additional tokens are available.",
                     subscription_wait_s);
  }
  const int size = action.ends_with("/backupJobs/read") ? limits_.job_reads : limits_.other_reads;
  if (!is_read || size == 0) return std::nullopt;
  const auto wait = take_of_hour(action, size, now, left);
  if (!wait) return std::nullopt;
  ++tally.refused;
  return throttled("ResourceRequestsThrottled",
                   "Number of requests for action '" + action + "' exceeded the limit of '" + std::to_string(size) +
                       "' for time interval '01:00:00'. Please try again after '" + std::to_string(*wait) +
                       "' seconds.",
                   *wait);
}

}  // namespace azrestored::bench
