#include "core/view/next_step.hpp"

#include <algorithm>

#include "core/azure/problem.hpp"
#include "core/job/policy.hpp"

namespace azrestored {
namespace {

/// The first search whose result is conclusive: after the quiet period, and after the wait that the job is in.
Instant conclusive_search(const Job& job, const InDoubt& state) {
  return std::chrono::ceil<std::chrono::seconds>(std::max(state.quiet_until, job.not_before));
}

/// As evolve() concludes from an empty search (core/job/evolve.cpp).
bool is_sent_again(const Job& job, const InDoubt& state) {
  const Progress& progress = job.progress;
  const bool has_attempts_left = progress.attempts - progress.excused_attempts < Policy{}.max_attempts;
  return !state.accepted && !progress.refusal && !progress.cancel_requested_at && has_attempts_left;
}

NextStep step(std::string what, std::string then = "") {
  return {std::move(what), NextStep::AtIs::step, std::move(then), std::nullopt};
}

struct NextStepOf {
  const Job& job;

  NextStep operator()(const Queued&) const {
    return step(
        "it starts in queue order, when a slot is free (limits.activeJobs) and no limit that applies to it is reached");
  }
  NextStep operator()(const Resolving&) const { return step("it continues to read from Azure, and saves each result"); }
  NextStep operator()(const Validating& state) const {
    return step(state.url.empty() ? "it requests Azure's pre-flight" : "it reads the result of Azure's pre-flight");
  }
  NextStep operator()(const Triggering& state) const {
    if (!state.sent) return step("it sends the restore request");
    return step("it reads Azure's response",
                "if there is none, it searches for the restore before it sends anything again");
  }
  NextStep operator()(const InDoubt& state) const {
    NextStep next{"it searches the vault's backup jobs for our request id", NextStep::AtIs::look,
                  after_empty_search(job, state), std::nullopt};
    if (is_sent_again(job, state)) next.request_not_before = conclusive_search(job, state);
    return next;
  }
  NextStep operator()(const Polling&) const { return step("it polls Azure's operation again"); }
  NextStep operator()(const Rehydrating&) const { return reads_job(); }
  NextStep operator()(const Tracking&) const { return reads_job(); }
  NextStep operator()(const Cancelling& state) const {
    switch (state.phase) {
      case Cancelling::Phase::asking:
        return step("it sends the cancel request to Azure");
      case Cancelling::Phase::following:
        return step("it polls the result of the cancel request");
      case Cancelling::Phase::watching:
        return reads_job();
    }
    return {};
  }
  template <RestingState S>
  NextStep operator()(const S&) const {
    return {};
  }

  [[nodiscard]] static NextStep reads_job() {
    return {"it waits until the vault's job list shows that the backup job has finished, then reads the details",
            NextStep::AtIs::latest, "", std::nullopt};
  }
};

}  // namespace

NextStep next_step_of(const Job& job) {
  return std::visit(NextStepOf{job}, job.state);
}

std::string_view to_text(NextStep::AtIs at_is) {
  switch (at_is) {
    case NextStep::AtIs::step:
      return "step";
    case NextStep::AtIs::look:
      return "look";
    case NextStep::AtIs::latest:
      return "latest";
  }
  return "";
}

std::string after_empty_search(const Job& job, const InDoubt& state) {
  std::string words = "if none has appeared by " + to_rfc3339(conclusive_search(job, state)) + ", ";
  if (is_sent_again(job, state)) return words + "azrestored sends the request again, with the same id, but not earlier";
  if (state.accepted) return words + "the job is held for an operator; the request is not sent again";
  if (job.progress.refusal) return words + "the job fails with Azure's refusal; the request is not sent again";
  if (job.progress.cancel_requested_at) return words + "the job is cancelled; the request is not sent again";
  return words + "the job is held for an operator, because several requests got no clear response";
}

}  // namespace azrestored
