// evolve() from inside: applies one event to one job. An overload of on() for every pair of state and event that means
// something; the template at the end refuses the others, if they MayBeRefused. The overloads are defined where their part
// of a job's life is: evolve.cpp (up to the POST and its doubts), evolve_tracking.cpp (from its acceptance to the end),
// evolve_commands.cpp (what people ask for). Used by these three files only.
#pragma once

#include <concepts>
#include <string>
#include <string_view>

#include "core/azure/problem.hpp"
#include "core/job/evolve.hpp"

namespace azrestored {

/// All pairs but two, which need an overload for every state, so that a new state without it does not compile: a cancel
/// of a job that has not ended, and a failed read of a job that is not at rest.
template <class EventT, class StateT>
concept MayBeRefused = (FinalState<StateT> ||
                        !std::same_as<EventT, CancelRequested>)&&(RestingState<StateT> ||
                                                                  !std::same_as<EventT, ReadFailed>);

class Evolution {
 public:
  Evolution(Job job, const Event& event, const Policy& policy, Moment moment)
      : job_(std::move(job)), event_(event), policy_(policy), moment_(moment), from_(state_name(job_.state)) {}

  Result<Step> run();

 private:
  // ── queued, resolving, validating ──
  void on(Queued, const Begun& e);
  void on(Resolving, const ItemFound& e);
  void on(Resolving, const VaultRead& e);
  void on(Resolving, const GuardRead& e);
  void on(Resolving, const PointChosen& e);
  void on(Resolving, const ResolveFailed& e) { fail_unsent(e.problem); }
  void on(Resolving, const ReadRefused& e) { fail_unsent(e.problem); }
  void on(Validating state, const PreflightAsked& e);
  void on(Validating state, const PreflightRunning& e);
  void on(Validating, const PreflightPassed&);
  void on(Validating, const PreflightFailed& e) { fail_unsent(e.problem); }
  void on(Validating, const PreflightSkipped& e);
  void on(Validating, const ReadRefused& e) { fail_unsent(e.problem); }

  // ── triggering, in doubt ──
  void on(Triggering state, const SubmitPrepared& e);
  void on(Triggering state, const NotSent& e) { post_again(state, e.problem, std::nullopt); }
  void on(Triggering state, const Throttled& e) { post_again(state, e.problem, e.retry_after); }
  void on(Triggering state, const Accepted& e);
  void on(Triggering state, const Refused& e);
  void on(Triggering state, const OutcomeUnknown& e);
  void on(Triggering state, const Interrupted&);
  void on(Triggering state, const ReadFailed& e);
  void on(Triggering state, const ReadRefused& e);
  void on(InDoubt, const SearchFound& e) { adopt(e); }
  void on(InDoubt state, const SearchEmpty& e);
  void on(InDoubt, const SearchContradicted& e) { hold(true, e.problem); }

  // ── polling ──
  void on(Polling, const OperationRunning& e);
  void on(Polling, const OperationSucceeded& e);
  void on(Polling, const OperationFailed& e);
  void on(Polling state, const OperationGone& e);
  void on(Polling, const SearchFound& e) { adopt(e); }

  // ── tracking; rehydrating and cancelling, which track as well ──
  void on(Rehydrating state, const JobListed& e);
  void on(Rehydrating state, const JobRead& e);
  void on(Rehydrating state, const JobGone& e) { gone(state.job, e); }
  void on(Rehydrating state, const Watched&);
  void on(Tracking state, const JobListed& e);
  void on(Tracking state, const JobRead& e);
  void on(Tracking state, const JobGone& e) { gone(state, e); }
  void on(Tracking state, const Watched&);
  void on(Cancelling state, const JobListed& e);
  void on(Cancelling state, const JobRead& e);
  void on(Cancelling state, const JobGone& e) { gone(state.job, e); }
  void on(Cancelling state, const Watched&);

  // ── cancelling ──
  void on(Cancelling state, const CancelAccepted& e);
  void on(Cancelling state, const CancelRunning& e);
  void on(Cancelling state, const CancelDone& e);
  void on(Cancelling state, const CancelRefused& e);

  // ── commands ──
  void on(Queued, const CancelRequested& e) { cancel_now(e); }
  void on(Resolving, const CancelRequested& e) { cancel_now(e); }
  void on(Validating, const CancelRequested& e) { cancel_now(e); }
  void on(Triggering state, const CancelRequested& e);
  void on(InDoubt, const CancelRequested& e);
  void on(Polling, const CancelRequested& e);
  void on(Rehydrating state, const CancelRequested& e) { cancel_running(state.job, e); }
  void on(Tracking state, const CancelRequested& e) { cancel_running(state, e); }
  void on(Cancelling, const CancelRequested&);
  void on(Held state, const CancelRequested& e);
  void on(Queued, const HoldRequested& e) { hold_for(e); }
  void on(Resolving, const HoldRequested& e) { hold_for(e); }
  void on(Validating, const HoldRequested& e) { hold_for(e); }
  void on(Triggering state, const HoldRequested& e);
  void on(Held state, const ReleaseRequested& e);
  void on(Held state, const RetryRequested& e);
  void on(Failed, const RetryRequested& e) { start_again(e); }
  void on(Cancelled, const RetryRequested& e) { start_again(e); }

  // ── reads that failed; the stored job file ──
  void on(Queued, const ReadFailed& e) { wait(e.problem, e.retry_after); }
  void on(Resolving, const ReadFailed& e) { wait(e.problem, e.retry_after); }
  void on(Validating, const ReadFailed& e);
  void on(InDoubt, const ReadFailed& e) { wait(e.problem, e.retry_after); }
  void on(Polling, const ReadFailed& e) { wait(e.problem, e.retry_after); }
  void on(Rehydrating, const ReadFailed& e) { wait(e.problem, e.retry_after); }
  void on(Tracking, const ReadFailed& e) { wait(e.problem, e.retry_after); }
  void on(Cancelling, const ReadFailed& e) { wait(e.problem, e.retry_after); }
  // Once a restore may run in Azure, "failed" would be a guess: being refused a look says nothing about the restore.
  void on(InDoubt, const ReadRefused& e) { hold(true, e.problem); }
  void on(Polling, const ReadRefused& e) { hold(true, e.problem); }
  void on(Rehydrating, const ReadRefused& e) { hold(true, e.problem); }
  void on(Tracking, const ReadRefused& e) { hold(true, e.problem); }
  void on(Cancelling, const ReadRefused& e) { hold(true, e.problem); }
  void on(Queued, const SpecUnreadable& e) { hold(false, e.problem); }
  void on(Resolving, const SpecUnreadable& e) { hold(false, e.problem); }
  void on(Validating, const SpecUnreadable& e) { hold(false, e.problem); }
  void on(Triggering, const SpecUnreadable& e) { hold(false, e.problem); }

  template <class StateT, MayBeRefused<StateT> EventT>
  void on(const StateT&, const EventT&) {
    refuse_pair();
  }

  // ── deeds that all parts share (evolve.cpp) ──
  enum ProblemFate { clear_problem, keep_problem };
  void enter(State state, std::string detail, ProblemFate fate = clear_problem);
  void go_on();
  void note(std::string detail);
  bool warn(const std::string& warning);
  void refuse(std::string sentence) { refusal_ = std::move(sentence); }
  void too_late();
  void wait(const Problem& problem, std::optional<Millis> hint);
  void fail(const Problem& problem);
  void hold(bool may_be_running, const Problem& problem);
  void track(const std::string& detail);
  void search(bool accepted, Millis quiet, std::string detail);

  // ── evolve.cpp ──
  void ready_to_submit(std::string detail);
  void post_again(Triggering state, const Problem& problem, std::optional<Millis> hint);
  void look_again(const Problem& problem);
  void look_again_later(const Problem& problem);
  void fail_unsent(const Problem& problem);
  void refused_for_good(const Problem& problem);
  [[nodiscard]] bool preflight_is_overdue() const;
  void doubt(const Problem& problem, const std::string& why);
  bool proves_nothing_started(InDoubt& state, const SearchEmpty& e);
  void conclude_nothing_started(const InDoubt& state);

  // ── evolve_tracking.cpp ──
  void adopt(const SearchFound& e);
  [[nodiscard]] State followed(const Tracking& job) const;
  void listed(Tracking& job, const JobListed& e);
  [[nodiscard]] bool ended(const JobRead& e);
  template <class Whole>
  void still_runs(Tracking& job, const Whole& whole, const JobRead& e);
  void finish(State end, const JobRead& e);
  void gone(const Tracking& job, const JobGone& e);
  void watched(Tracking& job);
  void answered(const std::string& answer);

  // ── evolve_commands.cpp ──
  void refuse_pair();
  void cancel_now(const CancelRequested& e);
  void cancel_later(const CancelRequested& e, const std::string& answer);
  void cancel_running(const Tracking& job, const CancelRequested& e);
  void hold_for(const HoldRequested& e);
  void start_again(const RetryRequested& e);

  Job job_;
  const Event& event_;
  const Policy& policy_;
  const Moment moment_;
  const std::string_view from_;
  std::optional<HistoryLine> line_;
  bool is_news_ = true;
  std::string refusal_;
};

}  // namespace azrestored
