// How the reads of one action are spent over an hour (API.md 9.2): the arithmetic of a budget, without anybody who
// waits for it. Pure: the time is an argument.
//
// Azure counts the requests of an action in windows of an hour and says in each answer how many are left; past that it
// refuses them until the window ends. Nothing says when a window began, and some counters were seen to refill bit by
// bit instead. So what is left, as the service last told it, is spread evenly over the time until the window surely
// ends: whichever kind it is, the requests never run out early, and hardly any are left over. What was not used is
// credit, up to a fifth of the budget, for the bursts in which a few restores live. A tenth (the setting) is kept back
// for POSTs' follow-ups, cancels and people; towards the end of the window it is released to everybody.
#pragma once

#include <optional>

#include "core/base/instant.hpp"

namespace azrestored {

/// How much a request matters, in the order in which a budget serves them.
enum class Urgency {
  urgent,   // a restore may be running unseen, or a person waits: cancels, the search for a lost restore, commands
  watched,  // a person looks on
  routine,  // everything else
};

class HourBudget {
 public:
  static constexpr Millis window = std::chrono::hours(1);

  /// What a restart must not forget.
  struct Kept {
    double limit = 0;
    double left = 0;
    Instant window_end{};     // zero: no window has begun
    Instant blocked_until{};  // zero: not refused
    bool refills = false;
  };

  /// `limit`: reads an hour, until the service tells otherwise, from 1. `reserve`: the share kept back, 0 to 0.5.
  HourBudget(int limit, double reserve);
  /// Goes on where another life of the daemon left off, without a burst.
  HourBudget(const Kept& kept, double reserve, Instant now);

  /// When a request of that urgency may go out; not later than `now` means at once.
  Instant ready_at(Urgency urgency, Instant now);
  /// There is plenty: a read that is only nice to have may go out now, or within `patience` when a refusal is over
  /// then.
  [[nodiscard]] bool has_spare(Instant now, Millis patience = Millis(0));
  /// A request goes out.
  void spend(Urgency urgency, Instant now);
  /// The service's count after an answer; `in_flight` requests may not be in it yet. `in_order`: no other request was
  /// on its way together with this one, so that a count that rose has risen at the service, and not by an answer that
  /// another has overtaken.
  void told_left(int left, int in_flight, bool in_order, Instant now);
  /// The service answered with ARM's general counters alone: this action has no limit of its own (API.md 9.2), until
  /// one of the others says otherwise.
  void told_unlimited() { unlimited_ = true; }
  /// The service refused a request (429) for `wait`, naming its limit or not.
  void refused(Millis wait, std::optional<int> limit, Instant now);

  [[nodiscard]] Kept kept() const { return {limit_, left_, window_end_, blocked_until_, refills_}; }
  [[nodiscard]] bool is_unlimited() const { return unlimited_; }
  [[nodiscard]] int limit() const { return static_cast<int>(limit_); }
  [[nodiscard]] int left(Instant now);
  [[nodiscard]] Instant blocked_until() const { return blocked_until_; }

 private:
  void settle(Instant now);
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
  double reserved_ = 1;  // credit for those who look on
  bool limit_known_ = false;
  double gained_ = 0;  // of the requests spent in this window, so many have come back bit by bit
  double spent_ = 0;
  bool exact_ = true;  // left_ is what the service counted last; not after answers that overtook each other
  bool refills_ = false;
  bool unlimited_ = false;
  Instant at_{};  // up to when credit has been counted
  Instant window_end_{};
  Instant blocked_until_{};
};

}  // namespace azrestored
