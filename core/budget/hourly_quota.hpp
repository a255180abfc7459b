// The hourly quota of one action, as arithmetic (azure-backup-api.md 9.2). Pure: the time is an argument, and the queue
// of requests is in rate_limiter.hpp.
//
// Azure counts the requests of an action in windows of an hour. Each response reports how many are left; further
// requests are refused until the window ends. No response reports when a window began, and some counters were observed
// to refill gradually. The remaining requests are therefore spread evenly over the time until the window must have
// ended. With both kinds of counters, requests do not run out early and few stay unused. Unused requests become credit,
// up to a fifth of the limit, for the bursts of a few restores. A reserve (budget.reservePercent) is for requests that
// follow a POST, cancels and operators. It decreases towards the end of the window, when all requests may use it.
#pragma once

#include <optional>

#include "core/base/instant.hpp"

namespace azrestored {

/// The urgency of a request. The quota serves the first value first.
enum class Urgency {
  urgent,       // a restore may run unseen, or an operator waits: cancels, in-doubt searches, commands
  interactive,  // an operator watches the job
  background,   // everything else
};

class HourlyQuota {
 public:
  static constexpr Millis window = std::chrono::hours(1);

  /// The state that must survive a restart.
  struct Snapshot {
    double limit = 0;
    double left = 0;
    Instant window_end{};     // zero: no window has begun
    Instant blocked_until{};  // zero: no refusal
    bool refills = false;
  };

  /// `limit`: reads an hour, at least 1, until Azure reports its own. `reserve`: the reserved fraction, 0 to 0.5.
  HourlyQuota(int limit, double reserve);
  /// Continues from the state of an earlier run of the daemon, without a burst.
  HourlyQuota(const Snapshot& kept, double reserve, Instant now);

  /// The time when a request of that urgency may go out. A time up to `now` means at once.
  Instant ready_at(Urgency urgency, Instant now);
  /// True if an optional read may go out now, or if a refusal ends within `patience`.
  [[nodiscard]] bool has_headroom(Instant now, Millis patience = Millis(0));
  /// Counts a request that goes out.
  void consume(Urgency urgency, Instant now);
  /// Applies the count in a response, which may not include the `in_flight` requests. `in_order`: this request did not
  /// overlap with another one. A higher count then means that Azure's counter rose, not that responses changed their
  /// order.
  void on_remaining(int left, int in_flight, bool in_order, Instant now);
  /// Applies a response with only ARM's general counters: this action has no limit of its own (azure-backup-api.md
  /// 9.2). A later on_remaining() or refused() ends that.
  void on_unmetered() { unlimited_ = true; }
  /// Applies a refusal (429) for `wait`. `limit` is set if the response names it.
  void on_throttled(Millis wait, std::optional<int> limit, Instant now);

  [[nodiscard]] Snapshot kept() const { return {limit_, left_, window_end_, blocked_until_, refills_}; }
  [[nodiscard]] bool is_unlimited() const { return unlimited_; }
  [[nodiscard]] int limit() const { return static_cast<int>(limit_); }
  [[nodiscard]] int left(Instant now);
  [[nodiscard]] Instant blocked_until() const { return blocked_until_; }

 private:
  void advance(Instant now);
  void begin_window(double left, Instant now);
  [[nodiscard]] Millis time_left(Instant now) const;
  [[nodiscard]] double rate(Instant now) const;
  [[nodiscard]] double reserve_rate() const;
  [[nodiscard]] double most_credit() const;
  [[nodiscard]] double most_reserve() const;

  double reserve_share_;
  double limit_;
  double left_;
  double credit_;
  double reserved_ = 1;  // credit for Urgency::interactive
  bool limit_known_ = false;
  double gained_ = 0;  // requests that Azure gave back gradually in this window
  double spent_ = 0;
  bool exact_ = true;  // left_ is Azure's last count; false after overlapping requests
  bool refills_ = false;
  bool unlimited_ = false;
  Instant at_{};  // until when credit is counted
  Instant window_end_{};
  Instant blocked_until_{};
};

}  // namespace azrestored
