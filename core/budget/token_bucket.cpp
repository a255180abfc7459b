#include "core/budget/token_bucket.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace azrestored {
namespace {

/// The maximum burst, in seconds of the rate.
constexpr double burst_seconds = 2;

}  // namespace

TokenBucket::TokenBucket(int per_second)
    : per_ms_(per_second / 1000.0), most_(per_second * burst_seconds), credit_(per_second * burst_seconds) {
  assert(per_second > 0);
}

Instant TokenBucket::ready_at(Instant now) {
  if (const Millis back = set_back_by(now); back > Millis(0)) {
    blocked_until_ -= back;
    at_ = now;
  }
  if (at_ != Instant{}) credit_ = std::min(most_, credit_ + static_cast<double>((now - at_).count()) * per_ms_);
  at_ = now;
  if (now < blocked_until_) return blocked_until_;
  return credit_ >= 1 ? now : now + Millis(static_cast<Millis::rep>(std::ceil((1 - credit_) / per_ms_)));
}

void TokenBucket::block(Instant until) {
  blocked_until_ = until;
  credit_ = 0;
}

}  // namespace azrestored
