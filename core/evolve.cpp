#include "core/evolve.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace azrestored {
namespace {

std::string in_azure(const Job& job) {
  return job.progress.azure_job_id.empty() ? "" : " (backup job " + job.progress.azure_job_id + ")";
}

std::string describe(const RecoveryPoint& point) {
  return "recovery point " + point.id + " of " + to_rfc3339(point.time) +
         (point.consistency.empty() ? "" : ", " + point.consistency);
}

/// Applies one event to one job. An overload for every pair that means something; the template refuses the others.
class Evolution {
 public:
  Evolution(Job job, const Event& event, const Policy& policy, Moment moment)
      : job_(std::move(job)), event_(event), policy_(policy), moment_(moment), from_(state_name(job_.state)) {}

  Result<Step> run() {
    // The state is copied out, so that an overload may replace job_.state while it reads the old one.
    const State before = job_.state;
    std::visit([this](auto state, const auto& happened) { on(state, happened); }, before, event_.what);
    if (!refusal_.empty()) return Error(ErrorKind::refused, refusal_);
    return Step{std::move(job_), std::move(line_)};
  }

 private:
  // ── queued ──
  void on(Queued, const Begun& e) {
    job_.progress.item = e.item;
    job_.progress.region = e.region;
    enter(Resolving{}, "looking for the protected item and the recovery point");
  }

  // ── resolving ──
  void on(Resolving, const ItemFound& e) {
    job_.progress.item = e.item;
    go_on();
    note("found as " + e.item.item);
  }
  void on(Resolving, const VaultRead& e) {
    job_.progress.region = e.region;
    go_on();
  }
  void on(Resolving, const PointChosen& e) {
    job_.progress.point = e.point;
    for (const std::string& warning : e.warnings) warn(warning);
    enter(Triggering{}, describe(e.point));
  }
  void on(Resolving, const ResolveFailed& e) { fail(e.problem); }
  void on(Resolving, const ReadRefused& e) { fail(e.problem); }

  // ── triggering ──
  void on(Triggering state, const SubmitPrepared& e) {
    if (state.sent) return refuse("a request to restore is already on its way");
    job_.progress.request_id = e.request_id;
    // A search must reach back to the first POST with this id that may have started something, however long ago.
    if (job_.progress.attempts == 0) job_.progress.posted_at = moment_.now;
    job_.state = Triggering{true};
    job_.not_before = moment_.now;
    note("about to POST the restore, request id " + e.request_id);
  }
  void on(Triggering state, const NotSent& e) { post_again(state, e.problem, std::nullopt); }
  void on(Triggering state, const Throttled& e) { post_again(state, e.problem, e.retry_after); }
  void on(Triggering state, const Accepted& e) {
    if (!state.sent) return too_late();
    ++job_.progress.attempts;
    job_.progress.operation_url = e.operation_url;
    job_.progress.operation_id = e.operation_id;
    enter(Polling{moment_.now}, "Azure accepted the restore");
    job_.not_before = next_poll(e.retry_after, policy_, moment_);
  }
  void on(Triggering state, const Refused& e) {
    if (!state.sent) return too_late();
    ++job_.progress.attempts;
    if (job_.progress.attempts == 1) return fail(e.problem);
    // What is refused may be refused because an earlier, unclear request of ours took effect after all ("name taken").
    job_.progress.refusal = e.problem;
    job_.progress.problem = e.problem;
    InDoubt looking{job_.progress.posted_at, moment_.now, false, 0, true};
    enter(looking, e.problem.text() + "; looking once more whether an earlier request started a restore", keep_problem);
  }
  void on(Triggering state, const OutcomeUnknown& e) {
    if (!state.sent) return too_late();
    doubt(e.problem, "no clear answer to the POST: " + e.problem.text());
    job_.not_before = next_search(0, moment_.now + policy_.quiet_period, policy_, moment_);
  }
  void on(Triggering state, const Interrupted&) {
    if (!state.sent && job_.progress.attempts == 0) return refuse("nothing was on its way");
    if (!state.sent)
      return look_again(Problem{"Interrupted", "azrestored was stopped before the next POST", 0, "", "", {}});
    const std::string why = "azrestored stopped while the POST may have been on its way";
    doubt(Problem{"Interrupted", why, 0, "", "", {}}, why);
  }
  void on(Triggering state, const CancelRequested& e) {
    if (state.sent)
      return cancel_later(e, "the request to restore is on its way; cancelled as soon as its backup job is known");
    cancel_now(e);
  }

  // ── in doubt ──
  void on(InDoubt, const SearchFound& e) {
    job_.progress.azure_job_id = e.azure_job_id;
    job_.progress.azure_status = e.azure_status;
    track("the backup job " + e.azure_job_id + " carries our request id: adopted");
  }
  void on(InDoubt state, const SearchEmpty& e) {
    if (e.began_at < state.quiet_until) {
      ++state.searches;
      job_.failures = 0;
      job_.not_before = next_search(state.searches, state.quiet_until, policy_, moment_);
      job_.state = state;
      if (state.searches == 1)
        note("no backup job carries our request id yet; looking until " + to_rfc3339(state.quiet_until));
      return;
    }
    conclude_nothing_started(state);
  }
  void on(InDoubt, const SearchContradicted& e) { hold(true, e.problem); }

  // ── polling ──
  void on(Polling, const OperationRunning& e) {
    go_on();
    job_.not_before = next_poll(e.retry_after, policy_, moment_);
    if (!e.warning.empty() && warn(e.warning)) note(e.warning);
  }
  void on(Polling, const OperationSucceeded& e) {
    job_.progress.azure_job_id = e.azure_job_id;
    track("the restore runs as backup job " + e.azure_job_id);
  }
  void on(Polling, const OperationFailed& e) {
    if (!e.cancelled) return fail(e.problem);
    job_.progress.problem = e.problem;
    enter(Cancelled{}, "Azure cancelled the operation: " + e.problem.text(), keep_problem);
  }
  void on(Polling state, const OperationGone& e) {
    const Problem problem{
        "OperationGone", e.why, event_.answer.http_status, event_.answer.request_id, event_.answer.correlation_id, {}};
    if (e.maybe_too_early && moment_.now - state.accepted_at < policy_.fresh_grace())
      return wait(problem, std::nullopt);
    job_.progress.problem = problem;
    enter(InDoubt{job_.progress.posted_at, moment_.now + policy_.quiet_period, true, 0, false},
          e.why + "; looking for its backup job", keep_problem);
  }

  // ── tracking, and cancelling, which tracks as well ──
  void on(Tracking state, const JobListed& e) { listed(state, e, state); }
  void on(Cancelling state, const JobListed& e) {
    // Once the backup job has ended, what becomes of the request to cancel no longer matters, and may never be told.
    if (e.azure_status && ended(*e.azure_status)) state.phase = Cancelling::Phase::watching;
    listed(state.job, e, state);
  }
  void on(Tracking state, const JobRead& e) { read(state, e, state); }
  void on(Cancelling state, const JobRead& e) { read(state.job, e, state); }
  void on(Tracking state, const JobGone& e) { gone(state, e); }
  void on(Cancelling state, const JobGone& e) { gone(state.job, e); }
  void on(Tracking state, const Watched&) { watched(state); }
  void on(Cancelling state, const Watched&) {
    if (state.phase != Cancelling::Phase::watching) return too_late();
    watched(state.job);
  }

  // ── cancelling ──
  void on(Tracking state, const CancelRequested& e) {
    job_.progress.cancel_requested_at = moment_.now;
    job_.progress.cancel_answer = "asking Azure";
    enter(Cancelling{Cancelling::Phase::asking, "", state}, "asked to cancel by uid " + std::to_string(e.uid));
  }
  void on(Cancelling, const CancelRequested&) {
    refuse("the job is already being cancelled: " + job_.progress.cancel_answer);
  }
  void on(Cancelling state, const CancelAccepted& e) {
    if (state.phase != Cancelling::Phase::asking) return too_late();
    state.phase = e.result_url.empty() ? Cancelling::Phase::watching : Cancelling::Phase::following;
    state.result_url = e.result_url;
    go_on();
    job_.state = state;
    job_.not_before = next_poll(e.retry_after, policy_, moment_);
    answered("Azure accepted the request to cancel");
  }
  void on(Cancelling state, const CancelRunning& e) {
    if (state.phase != Cancelling::Phase::following) return too_late();
    go_on();
    job_.not_before = next_poll(e.retry_after, policy_, moment_);
  }
  void on(Cancelling state, const CancelDone&) {
    if (state.phase != Cancelling::Phase::following) return too_late();
    state.phase = Cancelling::Phase::watching;
    go_on();
    job_.state = state;
    answered("Azure carried out the request to cancel; watching what becomes of the job");
  }
  void on(Cancelling state, const CancelRefused& e) {
    if (state.phase == Cancelling::Phase::watching) return too_late();
    job_.progress.cancel_answer = "Azure refused to cancel: " + e.problem.text();
    enter(state.job, job_.progress.cancel_answer);
  }

  // ── what several states have in common ──
  void on(Queued, const CancelRequested& e) { cancel_now(e); }
  void on(Resolving, const CancelRequested& e) { cancel_now(e); }
  void on(InDoubt, const CancelRequested& e) {
    cancel_later(e, "not known yet whether a restore was started; cancelled as soon as that is clear");
  }
  void on(Polling, const CancelRequested& e) { cancel_later(e, "cancelled as soon as Azure names its backup job"); }
  void on(Held state, const CancelRequested& e) {
    if (!state.may_be_running) return cancel_now(e);
    refuse("the job is held because a restore may be running in Azure" + in_azure(job_) +
           ": look at the vault's jobs in Azure and cancel it there; azrestored will not start it again");
  }

  void on(Queued, const ReadFailed& e) { wait(e.problem, e.retry_after); }
  void on(Resolving, const ReadFailed& e) { wait(e.problem, e.retry_after); }
  void on(InDoubt, const ReadFailed& e) { wait(e.problem, e.retry_after); }
  void on(Polling, const ReadFailed& e) { wait(e.problem, e.retry_after); }
  void on(Tracking, const ReadFailed& e) { wait(e.problem, e.retry_after); }
  void on(Cancelling, const ReadFailed& e) { wait(e.problem, e.retry_after); }

  // Once a restore may run in Azure, "failed" would be a guess: being refused a look says nothing about the restore.
  void on(InDoubt, const ReadRefused& e) { hold(true, e.problem); }
  void on(Polling, const ReadRefused& e) { hold(true, e.problem); }
  void on(Tracking, const ReadRefused& e) { hold(true, e.problem); }
  void on(Cancelling, const ReadRefused& e) { hold(true, e.problem); }

  void on(Queued, const SpecUnreadable& e) { hold(false, e.problem); }
  void on(Resolving, const SpecUnreadable& e) { hold(false, e.problem); }
  void on(Triggering, const SpecUnreadable& e) { hold(false, e.problem); }

  template <class StateT, class EventT>
  void on(const StateT&, const EventT&) {
    if constexpr (std::is_same_v<EventT, CancelRequested>) {
      refuse("the job has already ended: it " + std::string(from_ == "cancelled" ? "was " : "") + std::string(from_));
    } else {
      too_late();
    }
  }

  // ── the deeds ──
  enum ProblemFate { clear_problem, keep_problem };

  void enter(State state, std::string detail, ProblemFate fate = clear_problem) {
    job_.state = std::move(state);
    job_.since = moment_.now;
    job_.not_before = moment_.now;
    job_.failures = 0;
    if (fate == clear_problem) job_.progress.problem.reset();
    note(std::move(detail));
  }

  /// Within the state: whatever failed before has been overcome.
  void go_on() {
    job_.failures = 0;
    job_.not_before = moment_.now;
    job_.progress.problem.reset();
  }

  void note(std::string detail) {
    line_ = HistoryLine{moment_.now,
                        std::string(from_),
                        std::string(state_name(job_.state)),
                        std::string(event_name(event_.what)),
                        std::move(detail),
                        event_.answer.http_status,
                        event_.answer.request_id,
                        event_.answer.correlation_id};
  }

  /// True when the warning is new.
  bool warn(const std::string& warning) {
    auto& warnings = job_.progress.warnings;
    if (std::ranges::find(warnings, warning) != warnings.end()) return false;
    warnings.push_back(warning);
    return true;
  }

  void refuse(std::string sentence) { refusal_ = std::move(sentence); }
  void too_late() {
    refuse("'" + std::string(event_name(event_.what)) + "' means nothing to a job that is " + std::string(from_));
  }

  /// A failed try: told in the history when it is the first of its kind in a row, so that an outage of hours stays a
  /// line.
  void wait(const Problem& problem, std::optional<Millis> hint) {
    const bool first = job_.failures == 0 || !job_.progress.problem || job_.progress.problem->code != problem.code;
    ++job_.failures;
    job_.progress.problem = problem;
    job_.not_before = next_attempt(job_.failures, hint, policy_, moment_);
    if (first) note(problem.text() + "; trying again at " + to_rfc3339(job_.not_before));
  }

  /// The POST certainly started nothing: send it again later.
  void post_again(Triggering state, const Problem& problem, std::optional<Millis> hint) {
    if (!state.sent) return too_late();
    job_.state = Triggering{false};
    if (job_.progress.cancel_requested_at && job_.progress.attempts == 0) {
      job_.progress.cancel_answer = "stopped before anything was started in Azure";
      return enter(Cancelled{}, job_.progress.cancel_answer);
    }
    wait(problem, hint);
    if (job_.progress.attempts == 0) return;
    // That nothing was started was concluded before this wait: it is to be seen again right before the next POST.
    const Instant next = job_.not_before;
    look_again(problem);
    job_.not_before = next;
  }

  /// One more search, which concludes by itself.
  void look_again(const Problem& problem) {
    job_.progress.problem = problem;
    InDoubt looking{job_.progress.posted_at, moment_.now, false, 0, false};
    enter(looking, problem.text() + "; looking once more for a restore before the next request", keep_problem);
  }

  void doubt(const Problem& problem, const std::string& why) {
    ++job_.progress.attempts;
    job_.progress.problem = problem;
    enter(InDoubt{job_.progress.posted_at, moment_.now + policy_.quiet_period, false, 0, false}, why, keep_problem);
  }

  void conclude_nothing_started(const InDoubt& state) {
    if (state.accepted) {
      return hold(true, Problem{"OperationLost",
                                "Azure accepted the restore, then lost its operation, and shows no backup job for it",
                                0,
                                "",
                                "",
                                {}});
    }
    if (state.refused)
      return fail(job_.progress.refusal.value_or(Problem{"Refused", "the service refused the restore", 0, "", "", {}}));
    if (job_.progress.cancel_requested_at) {
      job_.progress.cancel_answer = "nothing had been started in Azure";
      return enter(Cancelled{}, job_.progress.cancel_answer);
    }
    if (job_.progress.attempts >= policy_.most_attempts) {
      return hold(false,
                  Problem{"NoClearAnswer",
                          std::to_string(job_.progress.attempts) +
                              " requests to restore got no clear answer and started nothing; is the service disturbed?",
                          0,
                          "",
                          "",
                          {}});
    }
    enter(Triggering{}, "no backup job carries our request id: nothing was started; trying again with the same id");
  }

  void track(const std::string& detail) {
    const Tracking tracking{moment_.now, Instant{}, 0};
    if (job_.progress.cancel_requested_at) {
      job_.progress.cancel_answer = "asking Azure";
      return enter(Cancelling{Cancelling::Phase::asking, "", tracking}, detail);
    }
    enter(tracking, detail);
  }

  /// `job` is a part of `whole`, the state as it goes back into the row.
  template <class Whole>
  void listed(Tracking& job, const JobListed& e, Whole& whole) {
    const bool look = !e.azure_status || ended(*e.azure_status);
    job.unlisted = e.azure_status ? 0 : job.unlisted + 1;
    if (e.azure_status) job_.progress.azure_status = *e.azure_status;
    const bool enough = e.azure_status.has_value() || job.unlisted >= policy_.most_unlisted;
    if (look && enough && job_.failures == 0) job_.not_before = std::min(job_.not_before, moment_.now);
    if (enough) job.unlisted = 0;
    job_.state = whole;
  }

  static bool ended(std::string_view azure_status) {
    return !iequals(azure_status, "InProgress") && !iequals(azure_status, "Cancelling");
  }

  template <class Whole>
  void read(Tracking& job, const JobRead& e, Whole& whole) {
    job_.progress.azure_status = e.azure_status;
    if (e.percent) job_.progress.percent = e.percent;
    if (!e.outcome.is_null()) job_.progress.outcome = e.outcome;
    switch (e.end) {
      case JobRead::End::running:
        break;
      case JobRead::End::completed:
        return finish(Succeeded{}, e);
      case JobRead::End::completed_with_warnings:
        return finish(SucceededWithWarnings{}, e);
      case JobRead::End::failed:
        return finish(Failed{}, e);
      case JobRead::End::cancelled:
        return finish(Cancelled{}, e);
    }
    job.last_read = moment_.now;
    job.unlisted = 0;
    const Instant due = job_.not_before;
    go_on();
    job_.not_before = moment_.now + policy_.job_interval * policy_.intervals_per_read;
    if constexpr (std::is_same_v<Whole, Cancelling>) {
      // Asking and following have times of their own, and a cancelled job ends soon.
      job_.not_before = whole.phase == Cancelling::Phase::watching ? next_poll(std::nullopt, policy_, moment_) : due;
    }
    job_.state = whole;
    if (!e.warning.empty() && warn(e.warning)) note(e.warning);
  }

  void finish(State end, const JobRead& e) {
    const bool well = !std::holds_alternative<Failed>(end) && !std::holds_alternative<Cancelled>(end);
    if (well) job_.progress.percent = 100;
    job_.progress.problem = e.problem;
    if (job_.progress.cancel_requested_at && !std::holds_alternative<Cancelled>(end)) {
      const bool refused = std::holds_alternative<Tracking>(job_.state);  // back from cancelling: Azure's words stand
      if (!refused) job_.progress.cancel_answer = "the restore had ended before that took effect";
    }
    std::string detail = "the backup job ended: " + e.azure_status;
    if (e.problem) detail += "; " + e.problem->text();
    enter(std::move(end), std::move(detail), keep_problem);
  }

  void gone(const Tracking& job, const JobGone& e) {
    if (moment_.now - job.started_at < policy_.fresh_grace()) return wait(e.problem, std::nullopt);
    hold(true, e.problem);
  }

  void watched(const Tracking& job) {
    if (job_.failures > 0) return;
    job_.not_before = std::min(job_.not_before, std::max(moment_.now, job.last_read + policy_.minimum_interval));
  }

  void answered(const std::string& answer) {
    job_.progress.cancel_answer = answer;
    note(answer);
  }

  void cancel_now(const CancelRequested& e) {
    job_.progress.cancel_requested_at = moment_.now;
    job_.progress.cancel_answer = "stopped before anything was started in Azure";
    enter(Cancelled{}, "cancelled by uid " + std::to_string(e.uid) + "; nothing was started in Azure");
  }

  void cancel_later(const CancelRequested& e, const std::string& answer) {
    if (job_.progress.cancel_requested_at) return refuse("already asked to cancel: " + job_.progress.cancel_answer);
    job_.progress.cancel_requested_at = moment_.now;
    job_.progress.cancel_answer = answer;
    note("asked to cancel by uid " + std::to_string(e.uid) + ": " + answer);
  }

  void fail(const Problem& problem) {
    job_.progress.problem = problem;
    if (job_.progress.cancel_requested_at) job_.progress.cancel_answer = "nothing was running that could be cancelled";
    enter(Failed{}, problem.text(), keep_problem);
  }

  void hold(bool may_be_running, const Problem& problem) {
    job_.progress.problem = problem;
    if (job_.progress.cancel_requested_at) job_.progress.cancel_answer = "not done: the job is held";
    enter(Held{may_be_running}, problem.text(), keep_problem);
  }

  Job job_;
  const Event& event_;
  const Policy& policy_;
  const Moment moment_;
  const std::string_view from_;
  std::optional<HistoryLine> line_;
  std::string refusal_;
};

}  // namespace

Result<Step> evolve(Job job, const Event& event, const Policy& policy, Moment moment) {
  return Evolution(std::move(job), event, policy, moment).run();
}

}  // namespace azrestored
