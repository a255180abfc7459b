#include "core/budget/hourly_quota.hpp"

#include <algorithm>
#include <cmath>

namespace azrestored {
namespace {

/// Added to the wait of a refusal, which is in whole seconds of another clock.
constexpr Millis refusal_margin = std::chrono::seconds(1);
/// Azure was observed to refuse with a wait of 0.
constexpr Millis least_refusal = std::chrono::seconds(1);
/// With this much credit an optional read delays no other read, whatever the limit is.
constexpr double plenty = 15;
/// After a refusal a new window begins, so that queued requests may go out at once.
constexpr double credit_after_refusal = plenty;
/// Azure's window begins when a request arrives, later than it was sent.
constexpr Millis window_margin = std::chrono::seconds(10);
/// Requests an hour that go out even if only the reserve is left: a new window may have begun, and only a response can
/// show that.
constexpr double probes = 6;
/// Minimum number of requests in the window before a rising counter is treated as one that refills.
constexpr double enough_spent = 10;

double in_ms(Millis span) {
  return static_cast<double>(span.count());
}

/// The time to gain `credit` at `rate` per millisecond, at most an hour.
Millis time_for(double credit, double rate) {
  const double longest = in_ms(HourlyQuota::window);
  const double ms = rate * longest <= credit ? longest : std::ceil(credit / rate);
  return std::max(Millis(1), Millis(static_cast<Millis::rep>(ms)));
}

}  // namespace

HourlyQuota::HourlyQuota(int limit, double reserve)
    : reserve_share_(reserve), limit_(limit), left_(limit), credit_(most_credit()) {
  reserved_ = most_reserve();
}

HourlyQuota::HourlyQuota(const Snapshot& kept, double reserve, Instant now)
    : reserve_share_(reserve),
      limit_(std::max(1.0, kept.limit)),
      left_(std::clamp(kept.left, 0.0, limit_)),
      credit_(0),
      limit_known_(true),
      refills_(kept.refills),
      at_(now),
      // The clock may have been set since the save; neither time may be later than a window allows.
      window_end_(std::min(kept.window_end, now + window + window_margin)),
      blocked_until_(std::min(kept.blocked_until, now + window + window_margin)) {}

double HourlyQuota::most_credit() const {
  return std::max(2.0, limit_ / 5);
}

double HourlyQuota::most_reserve() const {
  return std::max(1.0, limit_ * reserve_share_ / 4);
}

double HourlyQuota::reserve_rate() const {
  return limit_ * reserve_share_ / in_ms(window);
}

Millis HourlyQuota::time_left(Instant now) const {
  if (refills_ || window_end_ == Instant{}) return window;
  return std::clamp<Millis>(window_end_ - now, std::chrono::seconds(1), window);
}

/// Credit per millisecond, chosen so that the remaining requests last until the window ends. The reserve decreases with
/// the remaining time.
double HourlyQuota::rate(Instant now) const {
  const double time = in_ms(time_left(now));
  const double reserve = limit_ * reserve_share_ * time / in_ms(window);
  const double probing = left_ >= 1 ? probes / in_ms(window) : 0;
  return std::max(probing, (left_ - reserve - credit_) / time);
}

void HourlyQuota::advance(Instant now) {
  if (at_ == Instant{}) at_ = now;
  if (now < at_) {  // the clock was set back
    if (window_end_ != Instant{}) window_end_ -= at_ - now;
    if (blocked_until_ != Instant{}) blocked_until_ -= at_ - now;
    at_ = now;
  }
  const double passed = in_ms(now - at_);
  const double most =
      left_ > 0 ? std::min(most_credit(), left_) : credit_;  // after a refusal the credit is for the next window
  credit_ = std::clamp(credit_ + passed * rate(at_), 0.0, std::max(0.0, most));
  reserved_ = std::min(most_reserve(), reserved_ + passed * reserve_rate());
  at_ = now;
  if (blocked_until_ != Instant{} && now >= blocked_until_) blocked_until_ = Instant{};
  if (window_end_ != Instant{} && now >= window_end_) {
    // The next window begins with the next request.
    window_end_ = Instant{};
    left_ = limit_;
    gained_ = spent_ = 0;
  }
}

Instant HourlyQuota::ready_at(Urgency urgency, Instant now) {
  advance(now);
  if (now < blocked_until_) return blocked_until_;
  if (unlimited_) return now;
  if (left_ < 1) return std::max(window_end_, now + Millis(1));
  switch (urgency) {
    case Urgency::urgent:
      return now;
    case Urgency::interactive:
      return reserved_ >= 1 || has_headroom(now) ? now : now + time_for(1 - reserved_, reserve_rate());
    case Urgency::background:
      return credit_ >= 1 ? now : std::min(now + time_for(1 - credit_, rate(now)), now + time_left(now));
  }
  return now;
}

bool HourlyQuota::has_headroom(Instant now, Millis patience) {
  advance(now);
  if (now < blocked_until_) return now + patience >= blocked_until_;  // and then a new window begins
  return unlimited_ || (left_ >= 1 && credit_ >= std::clamp(most_credit() / 2, 2.0, plenty));
}

void HourlyQuota::consume(Urgency urgency, Instant now) {
  advance(now);
  if (window_end_ == Instant{}) begin_window(limit_, now);
  left_ = std::max(0.0, left_ - 1);
  ++spent_;
  if (urgency == Urgency::interactive && reserved_ >= 1) {
    reserved_ -= 1;
  } else if (urgency != Urgency::urgent || credit_ > left_) {
    credit_ = std::max(0.0, credit_ - 1);
  }
}

void HourlyQuota::begin_window(double left, Instant now) {
  window_end_ = now + window + window_margin;
  left_ = left;
  gained_ = spent_ = 0;
}

void HourlyQuota::on_remaining(int reported, int in_flight, bool in_order, Instant now) {
  unlimited_ = false;
  advance(now);
  const double seen = std::max(0, reported - in_flight);
  const double rise = seen - left_;
  // The first response shows the limit, if no other client has used the quota. Later ones can only show a higher limit.
  if (!limit_known_ || reported + 1 > limit_) limit_ = std::max(1, reported + 1);
  limit_known_ = true;
  const bool was_exact = exact_;
  exact_ = in_order;
  if (rise >= std::max(3.0, limit_ / 4)) {
    // Too much for a gradual refill: a new window has begun, at the latest now.
    begin_window(seen, now);
    refills_ = false;
    return;
  }
  if (!in_order) {
    left_ = std::min(left_, seen);
    return;
  }
  if (was_exact) gained_ += std::max(0.0, rise);
  if (spent_ >= enough_spent && gained_ > spent_ / 4) refills_ = true;
  left_ = seen;
}

void HourlyQuota::on_throttled(Millis wait, std::optional<int> limit, Instant now) {
  unlimited_ = false;
  advance(now);
  if (limit && *limit >= 1) {
    limit_ = *limit;
    limit_known_ = true;
  }
  left_ = 0;
  credit_ = credit_after_refusal;
  blocked_until_ = now + std::max(wait, least_refusal) + refusal_margin;
  window_end_ = blocked_until_;
}

int HourlyQuota::left(Instant now) {
  advance(now);
  return static_cast<int>(left_);
}

}  // namespace azrestored
