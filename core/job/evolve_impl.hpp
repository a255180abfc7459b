// The implementation of evolve(): applies one event to one job. Every pair of state and event that is allowed has an
// overload of on(); the template at the end refuses the other pairs, if they MayBeRefused. The overloads are defined in
// evolve.cpp (up to the POST, and in doubt), evolve_tracking.cpp (after Azure accepted) and evolve_commands.cpp (the
// operator's commands). Only these three files use it.
#pragma once

#include <concepts>
#include <string>
#include <string_view>

#include "core/azure/problem.hpp"
#include "core/job/evolve.hpp"

namespace azrestored {

/// All pairs except two kinds: a cancel of an unfinished job, and a failed read of a job that is not at rest. These
/// need an overload for each state, so a new state without one does not compile.
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
  void on(Queued, const Started& e);
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
  void on(Triggering state, const TriggerPrepared& e);
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
  void on(Rehydrating state, const JobGone& e) { on_job_gone(state.job, e); }
  void on(Rehydrating state, const DetailsRequested&);
  void on(Tracking state, const JobListed& e);
  void on(Tracking state, const JobRead& e);
  void on(Tracking state, const JobGone& e) { on_job_gone(state, e); }
  void on(Tracking state, const DetailsRequested&);
  void on(Cancelling state, const JobListed& e);
  void on(Cancelling state, const JobRead& e);
  void on(Cancelling state, const JobGone& e) { on_job_gone(state.job, e); }
  void on(Cancelling state, const DetailsRequested&);

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

  // ── failed reads; the stored job file ──
  void on(Queued, const ReadFailed& e) { back_off(e.problem, e.retry_after); }
  void on(Resolving, const ReadFailed& e) { back_off(e.problem, e.retry_after); }
  void on(Validating, const ReadFailed& e);
  void on(InDoubt, const ReadFailed& e) { back_off(e.problem, e.retry_after); }
  void on(Polling, const ReadFailed& e) { back_off(e.problem, e.retry_after); }
  void on(Rehydrating, const ReadFailed& e) { back_off(e.problem, e.retry_after); }
  void on(Tracking, const ReadFailed& e) { back_off(e.problem, e.retry_after); }
  void on(Cancelling, const ReadFailed& e) { back_off(e.problem, e.retry_after); }
  // If a restore may run in Azure, "failed" would be a guess: a refused read proves nothing about the restore.
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
    refuse_illegal_pair();
  }

  // ── used by all parts (evolve.cpp) ──
  enum ProblemFate { clear_problem, keep_problem };
  void transition_to(State state, std::string detail, ProblemFate fate = clear_problem);
  void clear_failure();
  void record_history(std::string detail);
  bool warn(const std::string& warning);
  void refuse(std::string sentence) { refusal_ = std::move(sentence); }
  void refuse_stale();
  void back_off(const Problem& problem, std::optional<Millis> hint);
  void fail(const Problem& problem);
  void hold(bool may_be_running, const Problem& problem);
  void track(const std::string& detail);
  void start_search(bool accepted, Millis quiet, std::string detail);

  // ── evolve.cpp ──
  void ready_to_submit(std::string detail);
  void post_again(Triggering state, const Problem& problem, std::optional<Millis> hint);
  void search_again(const Problem& problem);
  void search_again_after_wait(const Problem& problem);
  void fail_unsent(const Problem& problem);
  void refused_for_good(const Problem& problem);
  [[nodiscard]] bool preflight_is_overdue() const;
  void become_in_doubt(const Problem& problem, const std::string& why);
  bool proves_nothing_started(InDoubt& state, const SearchEmpty& e);
  void conclude_nothing_started(const InDoubt& state);

  // ── evolve_tracking.cpp ──
  void adopt(const SearchFound& e);
  [[nodiscard]] State followed(const Tracking& job) const;
  void apply_listing(Tracking& job, const JobListed& e);
  [[nodiscard]] bool apply_outcome(const JobRead& e);
  template <class Whole>
  void continue_tracking(Tracking& job, const Whole& whole, const JobRead& e);
  void finish(State end, const JobRead& e);
  void on_job_gone(const Tracking& job, const JobGone& e);
  void request_details(Tracking& job);
  void answered(const std::string& answer);

  // ── evolve_commands.cpp ──
  void refuse_illegal_pair();
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
  std::optional<HistoryLine> history_line_;
  bool changed_ = true;
  std::string refusal_;
};

}  // namespace azrestored
