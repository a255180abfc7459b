// evolve() of the operator's commands: cancel, hold, release, retry. A refusal is a sentence for the operator.
#include "core/azure/problem.hpp"
#include "core/job/evolve_impl.hpp"

namespace azrestored {
namespace {

std::string by(std::int64_t uid) {
  return " by uid " + std::to_string(uid);
}

std::string in_azure(const Job& job) {
  return job.progress.azure_job_id.empty() ? "" : " (backup job " + job.progress.azure_job_id + ")";
}

constexpr std::string_view nothing_started = "cancelled before anything was started in Azure";

/// The answer to a cancel of a cross-region restore whose POST may have been sent.
constexpr std::string_view only_if_not_started =
    "cancelled if nothing was started; Azure cannot cancel a cross-region restore that runs";

}  // namespace

/// A command that is not possible now, or an event that came too late.
void Evolution::refuse_illegal_pair() {
  const std::string state(from_);
  const bool is_cancelled = std::holds_alternative<Cancelled>(job_.state);
  if (std::holds_alternative<CancelRequested>(event_.what))
    return refuse("the job has already finished: it " + std::string(is_cancelled ? "was " : "") + state);
  if (std::holds_alternative<HoldRequested>(event_.what)) {
    if (std::holds_alternative<Held>(job_.state)) return refuse("the job is already held");
    return refuse(is_final(job_.state) ? "the job has already finished (" + state + "); there is nothing to hold"
                                       : "the restore request may have been sent to Azure; the job can no longer be "
                                         "held, only cancelled: `azrestorectl cancel`");
  }
  if (std::holds_alternative<ReleaseRequested>(event_.what))
    return refuse("the job is not held; it is " + state + ", and only held jobs can be released");
  if (std::holds_alternative<RetryRequested>(event_.what)) {
    return refuse(is_final(job_.state) ? "the job " + state + "; only a failed or cancelled job can be retried"
                                       : "the job has not finished yet (" + state + "); it cannot be retried now");
  }
  refuse_stale();
}

// ── cancel ──

void Evolution::on(Triggering state, const CancelRequested& e) {
  if (!state.sent) return cancel_now(e);
  cancel_later(e, "the restore request is being sent; azrestored cancels the restore when its backup job is known");
}

void Evolution::on(InDoubt, const CancelRequested& e) {
  cancel_later(e, "it is not known yet whether a restore was started; azrestored cancels it when that is clear");
}

void Evolution::on(Polling, const CancelRequested& e) {
  cancel_later(e, "azrestored cancels the restore when Azure names its backup job");
}

void Evolution::on(Cancelling, const CancelRequested&) {
  refuse("the job is already being cancelled: " + job_.progress.cancel_answer);
}

void Evolution::on(Held state, const CancelRequested& e) {
  if (!state.may_be_running) return cancel_now(e);
  refuse("the job is held because a restore may be running in Azure" + in_azure(job_) +
         ": check the vault's backup jobs in Azure and cancel it there; azrestored will not start it again. "
         "`azrestorectl release` searches for it once more");
}

void Evolution::cancel_now(const CancelRequested& e) {
  job_.progress.cancel_requested_at = moment_.now;
  job_.progress.cancel_answer = nothing_started;
  if (job_.progress.attempts > 0) {
    // A search showed that an earlier, unclear POST had started nothing, but some time has passed since.
    return start_search(false, Millis(0), "cancelled" + by(e.uid) + "; searching once more for a restore");
  }
  transition_to(Cancelled{}, "cancelled" + by(e.uid) + "; nothing was started in Azure");
}

void Evolution::cancel_later(const CancelRequested& e, const std::string& answer) {
  if (job_.progress.cancel_requested_at)
    return refuse("cancel has already been requested: " + job_.progress.cancel_answer);
  job_.progress.cancel_requested_at = moment_.now;
  job_.progress.cancel_answer = job_.progress.options.cross_region.empty() ? answer : std::string(only_if_not_started);
  record_history("cancel requested" + by(e.uid) + ": " + job_.progress.cancel_answer);
}

void Evolution::cancel_running(const Tracking& job, const CancelRequested& e) {
  if (!job_.progress.options.cross_region.empty())
    return refuse("Azure cannot cancel a cross-region restore" + in_azure(job_) + "; it continues");
  job_.progress.cancel_requested_at = moment_.now;
  job_.progress.cancel_answer = "sending the cancel request to Azure";
  transition_to(Cancelling{Cancelling::Phase::asking, "", job}, "cancel requested" + by(e.uid));
}

// ── hold, release ──

void Evolution::on(Triggering state, const HoldRequested& e) {
  if (state.sent || job_.progress.attempts > 0) return refuse_illegal_pair();
  hold_for(e);
}

void Evolution::hold_for(const HoldRequested& e) {
  if (job_.progress.attempts > 0) return refuse_illegal_pair();
  hold(false, internal_problem("HeldByPerson", "held" + by(e.uid) + "; `azrestorectl release` lets it continue"));
}

void Evolution::on(Held state, const ReleaseRequested& e) {
  const std::string released = "released" + by(e.uid);
  job_.progress.excused_attempts = job_.progress.attempts;
  job_.progress.cancel_requested_at.reset();  // the answer was "not cancelled", and the release is the newer command
  job_.progress.cancel_answer.clear();
  if (!state.may_be_running) return transition_to(Queued{}, released);
  // A release sends nothing again by itself: azrestored first asks Azure about the earlier request.
  if (!job_.progress.azure_job_id.empty())
    return transition_to(followed(Tracking{moment_.now, Instant{}, 0}), released + "; reading its backup job again");
  const bool accepted = !job_.progress.operation_url.empty();
  start_search(accepted, policy_.quiet_period, released + "; searching for a restore with our request id");
}

// ── retry ──

void Evolution::on(Held state, const RetryRequested& e) {
  // A new attempt searches only for its own request id; a release searches for the effect of an earlier, unclear POST.
  if (!state.may_be_running)
    return refuse("the job is held and no restore was started: `azrestorectl release` lets it continue");
  if (!e.nothing_runs) {
    return refuse("a restore may be running in Azure" + in_azure(job_) +
                  ", and a second one must not start: `azrestorectl release` searches for it once more; if you made "
                  "sure in Azure that none runs, use `azrestorectl retry --nothing-runs`");
  }
  start_again(e);
}

/// A new attempt of the same job. It keeps the chosen recovery point; the request and the backup job belong to the
/// earlier attempt.
void Evolution::start_again(const RetryRequested& e) {
  Progress& old = job_.progress;
  Progress fresh;
  fresh.earlier = std::move(old.earlier);
  fresh.earlier.push_back(EarlierAttempt{old.request_id, old.azure_job_id, job_.since, std::string(from_),
                                         old.problem ? old.problem->text() : ""});
  fresh.point = old.point;
  const auto number = fresh.earlier.size() + 1;
  job_.progress = std::move(fresh);
  transition_to(Queued{}, "attempt " + std::to_string(number) + ", requested" + by(e.uid));
}

}  // namespace azrestored
