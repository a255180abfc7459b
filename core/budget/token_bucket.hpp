// A rate of requests per second with credit for short bursts: ARM's own limit for a subscription (azure-backup-api.md
// 9.1). Pure: the time is an argument.
#pragma once

#include "core/base/instant.hpp"

namespace azrestored {

class TokenBucket {
 public:
  TokenBucket() = default;  // must be assigned before use
  explicit TokenBucket(int per_second);

  /// The time when the next request may go out. A time up to `now` means at once.
  Instant ready_at(Instant now);
  void consume() { credit_ -= 1; }
  /// Applies a refusal: no request before `until`, and no burst after it.
  void block(Instant until);
  /// How far the clock has been set back since the last use of the bucket; zero if it has not.
  [[nodiscard]] Millis set_back_by(Instant now) const { return now < at_ ? at_ - now : Millis(0); }
  [[nodiscard]] Instant blocked_until() const { return blocked_until_; }

 private:
  double per_ms_ = 0;
  double most_ = 0;
  double credit_ = 0;
  Instant at_{};
  Instant blocked_until_{};
};

}  // namespace azrestored
