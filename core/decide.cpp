#include "core/decide.hpp"

namespace azrestored {
namespace {

struct Decider {
  const Job& job;
  Instant now;

  Action operator()(const Queued&) const { return Begin{}; }

  Action operator()(const Resolving&) const {
    if (!job.progress.item) return FindItem{};
    if (!job.progress.region) return ReadVault{};
    return FindPoint{};
  }

  Action operator()(const Triggering& state) const {
    if (state.sent) return Submit{};
    return PrepareSubmit{};
  }

  Action operator()(const InDoubt&) const { return SearchJobs{}; }
  Action operator()(const Polling&) const { return PollOperation{}; }
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

  template <class AtRest>  // held and the final states
  Action operator()(const AtRest&) const {
    return Rest{};
  }
};

}  // namespace

Action decide(const Job& job, Instant now) {
  if (!is_at_rest(job.state) && now < job.not_before) return SleepUntil{job.not_before};
  return std::visit(Decider{job, now}, job.state);
}

}  // namespace azrestored
