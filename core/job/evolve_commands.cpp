// What people ask of a job: cancel, hold, release, retry. What makes no sense is refused in words for that person.
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

constexpr std::string_view nothing_started = "stopped before anything was started in Azure";

/// What a cancel can still do for a cross-region restore whose POST may be out.
constexpr std::string_view only_if_not_started =
    "stopped if it turns out that nothing was started; a cross-region restore that runs cannot be cancelled by Azure";

}  // namespace

/// A command that makes no sense now, or a fact that came too late.
void Evolution::refuse_pair() {
  const std::string state(from_);
  const bool is_cancelled = std::holds_alternative<Cancelled>(job_.state);
  if (std::holds_alternative<CancelRequested>(event_.what))
    return refuse("the job has already ended: it " + std::string(is_cancelled ? "was " : "") + state);
  if (std::holds_alternative<HoldRequested>(event_.what)) {
    if (std::holds_alternative<Held>(job_.state)) return refuse("the job is held already");
    return refuse(is_final(job_.state) ? "the job has already ended (" + state + "); there is nothing to hold"
                                       : "the restore has been requested of Azure; it can no longer be held, only "
                                         "cancelled (azrestorectl cancel)");
  }
  if (std::holds_alternative<ReleaseRequested>(event_.what))
    return refuse("the job is not held; it is " + state + ", and only held jobs can be released");
  if (std::holds_alternative<RetryRequested>(event_.what)) {
    return refuse(is_final(job_.state) ? "the job " + state + "; only what failed or was cancelled can be tried again"
                                       : "the job is still under way (" + state + "); it cannot be tried again now");
  }
  too_late();
}

// ── cancel ──

void Evolution::on(Triggering state, const CancelRequested& e) {
  if (!state.sent) return cancel_now(e);
  cancel_later(e, "the request to restore is on its way; cancelled as soon as its backup job is known");
}

void Evolution::on(InDoubt, const CancelRequested& e) {
  cancel_later(e, "not known yet whether a restore was started; cancelled as soon as that is clear");
}

void Evolution::on(Polling, const CancelRequested& e) {
  cancel_later(e, "cancelled as soon as Azure names its backup job");
}

void Evolution::on(Cancelling, const CancelRequested&) {
  refuse("the job is already being cancelled: " + job_.progress.cancel_answer);
}

void Evolution::on(Held state, const CancelRequested& e) {
  if (!state.may_be_running) return cancel_now(e);
  refuse("the job is held because a restore may be running in Azure" + in_azure(job_) +
         ": look at the vault's jobs in Azure and cancel it there; azrestored will not start it again. `azrestorectl "
         "release` looks for it once more");
}

void Evolution::cancel_now(const CancelRequested& e) {
  job_.progress.cancel_requested_at = moment_.now;
  job_.progress.cancel_answer = nothing_started;
  if (job_.progress.attempts > 0) {
    // An earlier, unclear POST of ours: seen to have started nothing, but not just now.
    return search(false, Millis(0), "cancelled" + by(e.uid) + "; looking once more whether a restore was started");
  }
  enter(Cancelled{}, "cancelled" + by(e.uid) + "; nothing was started in Azure");
}

void Evolution::cancel_later(const CancelRequested& e, const std::string& answer) {
  if (job_.progress.cancel_requested_at) return refuse("already asked to cancel: " + job_.progress.cancel_answer);
  job_.progress.cancel_requested_at = moment_.now;
  job_.progress.cancel_answer = job_.progress.plan.cross_region.empty() ? answer : std::string(only_if_not_started);
  note("asked to cancel" + by(e.uid) + ": " + job_.progress.cancel_answer);
}

void Evolution::cancel_running(const Tracking& job, const CancelRequested& e) {
  if (!job_.progress.plan.cross_region.empty())
    return refuse("Azure cannot cancel a cross-region restore" + in_azure(job_) + "; it goes on");
  job_.progress.cancel_requested_at = moment_.now;
  job_.progress.cancel_answer = "asking Azure";
  enter(Cancelling{Cancelling::Phase::asking, "", job}, "asked to cancel" + by(e.uid));
}

// ── hold, release ──

void Evolution::on(Triggering state, const HoldRequested& e) {
  if (state.sent || job_.progress.attempts > 0) return refuse_pair();
  hold_for(e);
}

void Evolution::hold_for(const HoldRequested& e) {
  if (job_.progress.attempts > 0) return refuse_pair();
  hold(false, our_problem("HeldByPerson", "held" + by(e.uid) + "; `azrestorectl release` lets it go on"));
}

void Evolution::on(Held state, const ReleaseRequested& e) {
  const std::string released = "released" + by(e.uid);
  job_.progress.forgiven = job_.progress.attempts;
  job_.progress.cancel_requested_at.reset();  // it was told to be "not done", and to go on is the newer wish
  job_.progress.cancel_answer.clear();
  if (!state.may_be_running) return enter(Queued{}, released);
  // Nothing is sent again on a person's word: Azure is asked once more what has become of the request.
  if (!job_.progress.azure_job_id.empty())
    return enter(followed(Tracking{moment_.now, Instant{}, 0}), released + "; reading its backup job again");
  const bool accepted = !job_.progress.operation_url.empty();
  search(accepted, policy_.quiet_period, released + "; looking for a restore with our request id");
}

// ── retry ──

void Evolution::on(Held state, const RetryRequested& e) {
  // A new attempt would search for its own request id only: what an unclear POST may yet do is looked for by release.
  if (!state.may_be_running)
    return refuse("the job is held and no restore was started: `azrestorectl release` lets it go on");
  if (!e.nothing_runs) {
    return refuse("a restore may be running in Azure" + in_azure(job_) +
                  ", and a second one must not be started beside it: `azrestorectl release` looks for it once more; if "
                  "you have made sure in Azure that none runs, say so: azrestorectl retry --nothing-runs");
  }
  start_again(e);
}

/// A new attempt of the same job: what was chosen stays chosen, what was done in Azure belongs to the attempt before.
void Evolution::start_again(const RetryRequested& e) {
  Progress& old = job_.progress;
  Progress fresh;
  fresh.earlier = std::move(old.earlier);
  fresh.earlier.push_back(EarlierAttempt{old.request_id, old.azure_job_id, job_.since, std::string(from_),
                                         old.problem ? old.problem->text() : ""});
  fresh.point = old.point;
  const auto number = fresh.earlier.size() + 1;
  job_.progress = std::move(fresh);
  enter(Queued{}, "attempt " + std::to_string(number) + ", asked for" + by(e.uid));
}

}  // namespace azrestored
