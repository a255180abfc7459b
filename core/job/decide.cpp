#include "core/job/decide.hpp"

namespace azrestored {
namespace {

struct Decider {
  const Job& job;
  Instant now;

  Action operator()(const Queued&) const { return Begin{}; }

  Action operator()(const Resolving&) const {
    const Progress& known = job.progress;
    if (!known.item) return FindItem{};
    const bool vault_wanted = known.plan.checked && !known.vault && !known.vault_unreadable;
    if (!known.region || vault_wanted) return ReadVault{};
    // A vault that does not say whether it is guarded may be.
    const bool may_be_guarded = !known.vault || known.vault->guarded.value_or(true);
    if (known.plan.seeks_guard && may_be_guarded && !known.guard_requests) return ReadGuard{};
    return FindPoint{};
  }

  Action operator()(const Validating& state) const {
    if (state.url.empty()) return AskPreflight{};
    return FollowPreflight{};
  }

  Action operator()(const Triggering& state) const {
    if (state.sent) return Submit{};
    return PrepareSubmit{};
  }

  Action operator()(const InDoubt&) const { return SearchJobs{}; }
  Action operator()(const Polling&) const { return PollOperation{}; }
  Action operator()(const Rehydrating&) const { return ReadJob{}; }
  Action operator()(const Tracking&) const { return ReadJob{}; }

  Action operator()(const Cancelling& state) const {
    switch (state.phase) {
      case Cancelling::Phase::asking:
        return AskCancel{};
      case Cancelling::Phase::following:
        return FollowCancel{};
      case Cancelling::Phase::watching:
        return ReadJob{};
    }
    return Rest{};
  }

  template <RestingState S>  // no other: an active state without an action of its own does not compile
  Action operator()(const S&) const {
    return Rest{};
  }
};

}  // namespace

Action decide(const Job& job, Instant now) {
  if (!is_at_rest(job.state) && now < job.not_before) return SleepUntil{job.not_before};
  return std::visit(Decider{job, now}, job.state);
}

}  // namespace azrestored
