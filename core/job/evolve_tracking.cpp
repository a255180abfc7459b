// evolve() after Azure accepted the request: the operation, the vault's job list, the backup job's details, the
// cancellation.
#include <algorithm>

#include "core/azure/problem.hpp"
#include "core/azure/status_words.hpp"
#include "core/base/text.hpp"
#include "core/base/utf8.hpp"
#include "core/job/evolve_impl.hpp"

namespace azrestored {
namespace {

/// True for an unknown word as well: it may be the end, and the details are read to find out.
bool has_ended(std::string_view azure_status) {
  return !is_running(backup_job_status(azure_status));
}

}  // namespace

// ── found in the vault's list ──

void Evolution::adopt(const SearchFound& e) {
  job_.progress.azure_job_id = e.azure_job_id;
  job_.progress.azure_status = e.azure_status;
  track("backup job " + e.azure_job_id + " has our request id: adopted");
}

// ── polling ──

void Evolution::on(Polling, const OperationRunning& e) {
  const bool went_well = job_.failures == 0 && !job_.progress.problem;
  clear_failure();
  job_.not_before = next_poll(e.retry_after, policy_, moment_);
  if (!e.warning.empty() && warn(e.warning)) record_history(e.warning);
  changed_ = !went_well || history_line_;
}

void Evolution::on(Polling, const OperationSucceeded& e) {
  job_.progress.azure_job_id = e.azure_job_id;
  track("the restore runs as backup job " + e.azure_job_id);
}

void Evolution::on(Polling, const OperationFailed& e) {
  if (!e.cancelled) return fail(e.problem);
  job_.progress.problem = e.problem;
  transition_to(Cancelled{}, "Azure cancelled the operation: " + e.problem.text(), keep_problem);
}

void Evolution::on(Polling state, const OperationGone& e) {
  Problem problem = internal_problem("OperationGone", e.why);
  problem.http_status = event_.answer.http_status;
  problem.request_id = event_.answer.request_id;
  problem.correlation_id = event_.answer.correlation_id;
  if (e.maybe_too_early && moment_.now - state.accepted_at < policy_.fresh_grace())
    return back_off(problem, std::nullopt);
  job_.progress.problem = problem;
  start_search(true, policy_.quiet_period, e.why + "; searching for its backup job");
}

/// The backup job is known: cancels it if that was requested meanwhile, otherwise tracks it.
void Evolution::track(const std::string& detail) {
  const Tracking tracking{moment_.now, Instant{}, 0, false};
  if (!job_.progress.cancel_requested_at) return transition_to(followed(tracking), detail);
  if (!job_.progress.options.cross_region.empty()) {
    job_.progress.cancel_answer = "Azure cannot cancel a cross-region restore; it continues";
    return transition_to(followed(tracking), detail + "; " + job_.progress.cancel_answer);
  }
  job_.progress.cancel_answer = "sending the cancel request to Azure";
  transition_to(Cancelling{Cancelling::Phase::asking, "", tracking}, detail);
}

State Evolution::followed(const Tracking& job) const {
  if (job_.progress.rehydrates) return Rehydrating{job};
  return job;
}

// ── the vault's job list ──

void Evolution::on(Rehydrating state, const JobListed& e) {
  apply_listing(state.job, e);
  job_.state = state;
}

void Evolution::on(Tracking state, const JobListed& e) {
  apply_listing(state, e);
  job_.state = state;
}

void Evolution::on(Cancelling state, const JobListed& e) {
  // After the end of the backup job, the outcome of the cancel request does not matter, and Azure may never report it.
  if (e.azure_status && has_ended(*e.azure_status)) state.phase = Cancelling::Phase::watching;
  apply_listing(state.job, e);
  job_.state = state;
}

void Evolution::apply_listing(Tracking& job, const JobListed& e) {
  const bool look = !e.azure_status || has_ended(*e.azure_status);
  job.missed_lists = e.azure_status ? 0 : job.missed_lists + 1;
  if (e.azure_status) job_.progress.azure_status = *e.azure_status;
  const bool missed = job.missed_lists >= policy_.max_missed_lists;
  if (missed) {
    job.details_requested = true;
    job.missed_lists = 0;
  }
  const bool enough = e.azure_status.has_value() || missed;
  if (look && enough && job_.failures == 0) job_.not_before = std::min(job_.not_before, moment_.now);
}

// ── its details ──

void Evolution::on(Rehydrating state, const JobRead& e) {
  if (apply_outcome(e)) return;
  continue_tracking(state.job, state, e);
  if (e.rehydrating) return;
  job_.progress.rehydrates = false;
  const Instant next = job_.not_before;
  transition_to(state.job, "the recovery point is back from the archive; its data is being restored");
  job_.not_before = next;
}

void Evolution::on(Tracking state, const JobRead& e) {
  if (apply_outcome(e)) return;
  continue_tracking(state, state, e);
}

void Evolution::on(Cancelling state, const JobRead& e) {
  if (apply_outcome(e)) return;
  const Instant due = job_.not_before;
  continue_tracking(state.job, state, e);
  // The other phases have their own times, and a cancelled backup job finishes soon.
  job_.not_before = state.phase == Cancelling::Phase::watching ? next_poll(std::nullopt, policy_, moment_) : due;
}

/// `job` is a part of `whole`, the state that is saved. The details are read again if the list shows the end, if the
/// vault's poller has quota left for them, or if an operator watches (Watched).
template <class Whole>
void Evolution::continue_tracking(Tracking& job, const Whole& whole, const JobRead& e) {
  job.last_read = moment_.now;
  job.missed_lists = 0;
  job.details_requested = false;
  clear_failure();
  job_.not_before = moment_.now + policy_.unasked_read;
  job_.state = whole;
  if (!e.warning.empty() && warn(e.warning)) record_history(e.warning);
}

/// Stores the details; true if the backup job has finished, and our job with it.
bool Evolution::apply_outcome(const JobRead& e) {
  job_.progress.azure_status = e.azure_status;
  if (e.percent) job_.progress.percent = e.percent;
  if (e.outcome) job_.progress.outcome = e.outcome;
  switch (e.end) {
    case JobRead::End::running:
      return false;
    case JobRead::End::completed:
      finish(Succeeded{}, e);
      break;
    case JobRead::End::completed_with_warnings:
      finish(SucceededWithWarnings{}, e);
      break;
    case JobRead::End::failed:
      finish(Failed{}, e);
      break;
    case JobRead::End::cancelled:
      finish(Cancelled{}, e);
      break;
  }
  return true;
}

void Evolution::finish(State end, const JobRead& e) {
  const bool well = !std::holds_alternative<Failed>(end) && !std::holds_alternative<Cancelled>(end);
  std::string detail = "the backup job finished: " + e.azure_status;
  if (well) {
    job_.progress.percent = 100;
    job_.progress.rehydrates = false;
    job_.progress.findings = e.findings;
    job_.progress.unchecked = e.unchecked;
    if (!e.findings.empty()) {
      if (std::holds_alternative<Succeeded>(end)) end = SucceededWithFindings{};
      detail += "; but " + join_and(e.findings);
    }
  }
  job_.progress.problem = e.problem;
  const bool was_cancelling = std::holds_alternative<Cancelling>(job_.state);  // otherwise Azure's answer stays
  if (job_.progress.cancel_requested_at && was_cancelling && !std::holds_alternative<Cancelled>(end)) {
    job_.progress.cancel_answer = "the restore finished before it could be cancelled";
  }
  std::string reason = e.problem ? e.problem->text() : "";
  while (reason.ends_with('.')) reason.pop_back();
  if (e.problem && detail.find(printable(reason)) == std::string::npos) detail += "; " + e.problem->text();
  transition_to(std::move(end), std::move(detail), keep_problem);
}

void Evolution::on_job_gone(const Tracking& job, const JobGone& e) {
  if (moment_.now - job.started_at < policy_.fresh_grace()) return back_off(e.problem, std::nullopt);
  hold(true, e.problem);
}

void Evolution::on(Rehydrating state, const DetailsRequested&) {
  request_details(state.job);
  job_.state = state;
}

void Evolution::on(Tracking state, const DetailsRequested&) {
  request_details(state);
  job_.state = state;
}

void Evolution::on(Cancelling state, const DetailsRequested&) {
  if (state.phase != Cancelling::Phase::watching) return refuse_stale();
  request_details(state.job);
  job_.state = state;
}

void Evolution::request_details(Tracking& job) {
  if (job_.failures > 0) return;
  job.details_requested = true;
  job_.not_before = std::min(job_.not_before, std::max(moment_.now, job.last_read + policy_.minimum_interval));
}

// ── cancelling ──

void Evolution::on(Cancelling state, const CancelAccepted& e) {
  if (state.phase != Cancelling::Phase::asking) return refuse_stale();
  state.phase = e.result_url.empty() ? Cancelling::Phase::watching : Cancelling::Phase::following;
  state.result_url = e.result_url;
  clear_failure();
  job_.state = state;
  job_.not_before = next_poll(e.retry_after, policy_, moment_);
  answered("Azure accepted the cancel request");
}

void Evolution::on(Cancelling state, const CancelRunning& e) {
  if (state.phase != Cancelling::Phase::following) return refuse_stale();
  clear_failure();
  job_.not_before = next_poll(e.retry_after, policy_, moment_);
}

void Evolution::on(Cancelling state, const CancelDone& e) {
  if (state.phase != Cancelling::Phase::following) return refuse_stale();
  state.phase = Cancelling::Phase::watching;
  clear_failure();
  job_.state = state;
  answered(e.doubt.empty() ? "Azure carried out the cancel request; waiting for the backup job to finish"
                           : "Azure accepted the cancel request and does not report its outcome (" + e.doubt +
                                 "); waiting for the backup job to finish");
}

void Evolution::on(Cancelling state, const CancelRefused& e) {
  if (state.phase == Cancelling::Phase::watching) return refuse_stale();
  job_.progress.cancel_answer = "Azure refused to cancel: " + e.problem.text();
  transition_to(followed(state.job), job_.progress.cancel_answer);
}

void Evolution::answered(const std::string& answer) {
  job_.progress.cancel_answer = answer;
  record_history(answer);
}

}  // namespace azrestored
