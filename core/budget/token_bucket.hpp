// Requests a second, with a little credit for bursts: ARM's own limit of a subscription (API.md 9.1). Pure: the time is
// an argument.
#pragma once

#include "core/base/instant.hpp"

namespace azrestored {

class TokenBucket {
 public:
  TokenBucket() = default;  // to be replaced before use
  explicit TokenBucket(int per_second);

  /// When the next request may go out; not later than `now` means at once.
  Instant ready_at(Instant now);
  void spend() { credit_ -= 1; }
  /// The service refused a request: nothing goes out before `until`, and no burst after it.
  void block(Instant until);
  /// By how much the clock has been set back since the bucket was last looked at; zero when it was not.
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
