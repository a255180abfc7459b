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
    const bool vault_wanted = known.options.checked && !known.vault && !known.vault_unreadable;
    if (!known.region || vault_wanted) return ReadVault{};
    // A vault that does not report whether it is guarded may be guarded.
    const bool may_be_guarded = !known.vault || known.vault->guarded.value_or(true);
    if (known.options.seeks_guard && may_be_guarded && !known.guard_requests) return ReadGuard{};
    return FindPoint{};
  }

  Action operator()(const Validating& state) const {
    if (state.url.empty()) return RequestPreflight{};
    return PollPreflight{};
  }

  Action operator()(const Triggering& state) const {
    if (state.sent) return TriggerRestore{};
    return PrepareTrigger{};
  }

  Action operator()(const InDoubt&) const { return SearchJobs{}; }
  Action operator()(const Polling&) const { return PollOperation{}; }
  Action operator()(const Rehydrating&) const { return ReadJob{}; }
  Action operator()(const Tracking&) const { return ReadJob{}; }

  Action operator()(const Cancelling& state) const {
    switch (state.phase) {
      case Cancelling::Phase::asking:
        return RequestCancel{};
      case Cancelling::Phase::following:
        return PollCancel{};
      case Cancelling::Phase::watching:
        return ReadJob{};
    }
    return Rest{};
  }

  template <RestingState S>  // only these: an active state without an overload does not compile
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
