// evolve() up to the POST and in doubt, and the functions that all parts of evolve() use.
#include "core/job/evolve.hpp"

#include <algorithm>

#include "core/azure/problem.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/base/utf8.hpp"
#include "core/job/evolve_impl.hpp"
#include "core/json/fault.hpp"

namespace azrestored {
namespace {

std::string describe(const RecoveryPoint& point) {
  return "recovery point " + point.id + " of " + to_rfc3339(point.time) +
         (point.consistency.empty() ? "" : ", " + point.consistency);
}

/// A pre-flight without a result after this time is skipped; the restore request itself will show what is wrong.
constexpr Millis longest_preflight = std::chrono::minutes(15);

}  // namespace

Result<Step> evolve(Job job, const Event& event, const Policy& policy, Moment moment) {
  return Evolution(std::move(job), event, policy, moment).run();
}

Result<Step> Evolution::run() {
  // A copy: an overload may replace job_.state while it reads the old state.
  const State before = job_.state;
  std::visit([this](auto state, const auto& happened) { on(state, happened); }, before, event_.what);
  if (!refusal_.empty()) return Error(ErrorKind::refused, printable(refusal_));
  return Step{std::move(job_), std::move(history_line_), changed_};
}

// ── queued, resolving, validating ──

void Evolution::on(Queued, const Started& e) {
  job_.progress.options = e.options;
  if (e.item) job_.progress.item = e.item;
  if (e.region) job_.progress.region = e.region;
  transition_to(Resolving{}, "looking for the protected item and the recovery point");
}

void Evolution::on(Resolving, const ItemFound& e) {
  job_.progress.item = e.item;
  clear_failure();
  std::string line = "found as " + e.item.item;
  for (const std::string& warning : e.warnings) {
    warn(warning);
    line += "; " + warning;
  }
  record_history(std::move(line));
}

void Evolution::on(Resolving, const VaultRead& e) {
  job_.progress.vault = e.facts;
  job_.progress.vault_unreadable = !e.facts;
  if (!job_.progress.region && e.facts) job_.progress.region = e.facts->location;
  clear_failure();
  if (!e.warning.empty() && warn(e.warning)) record_history(e.warning);
}

void Evolution::on(Resolving, const GuardRead& e) {
  job_.progress.guard_requests = e.requests;
  clear_failure();
  if (!e.warning.empty() && warn(e.warning)) record_history(e.warning);
}

void Evolution::on(Resolving, const PointChosen& e) {
  job_.progress.point = e.point;
  job_.progress.rehydrates = e.rehydrates;
  for (const std::string& warning : e.warnings) warn(warning);
  if (job_.progress.options.preflight)
    return transition_to(Validating{}, describe(e.point) + "; requesting Azure's pre-flight");
  ready_to_submit(describe(e.point));
}

void Evolution::on(Validating state, const PreflightAsked& e) {
  if (!state.url.empty()) return refuse_stale();
  clear_failure();
  job_.state = Validating{e.url};
  job_.not_before = next_poll(e.retry_after, policy_, moment_);
}

void Evolution::on(Validating state, const PreflightRunning& e) {
  if (state.url.empty()) return refuse_stale();
  if (preflight_is_overdue()) return on(state, PreflightSkipped{"Azure has not returned a result in time"});
  clear_failure();
  job_.not_before = next_poll(e.retry_after, policy_, moment_);
}

/// A failure of the network, of the sign-in or of our quota would stop the POST as well, so the job waits. Repeated
/// server errors of Azure end the pre-flight.
void Evolution::on(Validating state, const ReadFailed& e) {
  const int status = e.problem.http_status;
  if (status == 0 || status == 401 || status == 429 || !preflight_is_overdue())
    return back_off(e.problem, e.retry_after);
  on(state, PreflightSkipped{e.problem.text()});
}

bool Evolution::preflight_is_overdue() const {
  return moment_.now - job_.since > longest_preflight;
}

void Evolution::on(Validating, const PreflightPassed&) {
  ready_to_submit("Azure's pre-flight found no problem");
}

void Evolution::on(Validating, const PreflightSkipped& e) {
  const std::string warning = "no pre-flight: " + e.why;
  warn(warning);
  ready_to_submit(warning);
}

/// To the POST. If an earlier POST may have started a restore, one more search comes first.
void Evolution::ready_to_submit(std::string detail) {
  if (job_.progress.attempts == 0) return transition_to(Triggering{}, std::move(detail));
  start_search(false, Millis(0), detail + "; searching once more for a restore before the next request");
}

// ── triggering ──

void Evolution::on(Triggering state, const TriggerPrepared& e) {
  if (state.sent) return refuse("a restore request is already being sent");
  job_.progress.request_id = e.request_id;
  // A search must reach back to the first POST with this id that may have started a restore.
  if (job_.progress.attempts == 0) job_.progress.posted_at = moment_.now;
  job_.state = Triggering{true};
  job_.not_before = moment_.now;
  record_history("sending the restore request, request id " + e.request_id);
}

void Evolution::on(Triggering state, const Accepted& e) {
  if (!state.sent) return refuse_stale();
  ++job_.progress.attempts;
  job_.progress.operation_url = e.operation_url;
  job_.progress.operation_id = e.operation_id;
  transition_to(Polling{moment_.now}, "Azure accepted the restore");
  job_.not_before = next_poll(e.retry_after, policy_, moment_);
}

void Evolution::on(Triggering state, const Refused& e) {
  if (!state.sent) return refuse_stale();
  ++job_.progress.attempts;
  if (job_.progress.attempts == 1) return fail(e.problem);
  refused_for_good(e.problem);
}

void Evolution::on(Triggering state, const OutcomeUnknown& e) {
  if (!state.sent) return refuse_stale();
  become_in_doubt(e.problem, "no clear response to the restore request: " + e.problem.text());
  job_.not_before = next_search(0, moment_.now + policy_.quiet_period, policy_, moment_);
}

void Evolution::on(Triggering state, const Interrupted&) {
  if (!state.sent && job_.progress.attempts == 0) return refuse("no restore request was being sent");
  if (!state.sent)
    return search_again(internal_problem("Interrupted", "azrestored stopped before it sent the next restore request"));
  const std::string why = "azrestored stopped while sending the restore request; Azure may have received it";
  become_in_doubt(internal_problem("Interrupted", why), why);
}

/// A read that the POST depends on failed (the access token of a cross-region restore).
void Evolution::on(Triggering state, const ReadFailed& e) {
  if (state.sent) return refuse_stale();
  back_off(e.problem, e.retry_after);
  search_again_after_wait(e.problem);
}

void Evolution::on(Triggering state, const ReadRefused& e) {
  if (state.sent) return refuse_stale();
  fail_unsent(e.problem);
}

/// The POST certainly started nothing: retry it later.
void Evolution::post_again(Triggering state, const Problem& problem, std::optional<Millis> hint) {
  if (!state.sent) return refuse_stale();
  job_.state = Triggering{false};
  if (job_.progress.cancel_requested_at && job_.progress.attempts == 0) {
    job_.progress.cancel_answer = "cancelled before anything was started in Azure";
    return transition_to(Cancelled{}, job_.progress.cancel_answer);
  }
  back_off(problem, hint);
  search_again_after_wait(problem);
}

/// An earlier search showed that an unclear POST had started nothing. That was before this wait, so another search
/// comes right before the next POST.
void Evolution::search_again_after_wait(const Problem& problem) {
  if (job_.progress.attempts == 0) return;
  const Instant next = job_.not_before;
  search_again(problem);
  job_.not_before = next;
}

// ── in doubt ──

void Evolution::on(InDoubt state, const SearchEmpty& e) {
  if (proves_nothing_started(state, e)) return conclude_nothing_started(state);
  ++state.searches;
  job_.failures = 0;
  job_.not_before = next_search(state.searches, state.quiet_until, policy_, moment_);
  job_.state = state;
  if (state.searches == 1)
    record_history("no backup job has our request id yet; searching until " + to_rfc3339(state.quiet_until));
}

/// True if the quiet period is over by our clock and by Azure's: our clock may have been set since the daemon started,
/// and a Date may come from another machine. Neither clock can extend the period.
bool Evolution::proves_nothing_started(InDoubt& state, const SearchEmpty& e) {
  if (e.azure_time) job_.progress.posted_at = std::min(job_.progress.posted_at, *e.azure_time);
  if (state.quiet == Millis(0)) return true;
  state.quiet_until = std::min(state.quiet_until, moment_.now + state.quiet);
  const bool over = e.began_at >= state.quiet_until;
  if (!e.azure_time) return over;
  const Instant longest = *e.azure_time + state.quiet + std::chrono::seconds(1);  // a Date has whole seconds
  state.quiet_until_azure_clock = std::min(state.quiet_until_azure_clock.value_or(longest), longest);
  if (over && *e.azure_time >= *state.quiet_until_azure_clock) return true;
  state.quiet_until = std::max(state.quiet_until, moment_.now + (*state.quiet_until_azure_clock - *e.azure_time));
  return false;
}

/// To in-doubt: searches for a backup job with our request id.
void Evolution::start_search(bool accepted, Millis quiet, std::string detail) {
  InDoubt looking;
  looking.quiet = quiet;
  looking.quiet_until = moment_.now + quiet;
  looking.accepted = accepted;
  transition_to(looking, std::move(detail), keep_problem);
}

/// One more search; its result is conclusive.
void Evolution::search_again(const Problem& problem) {
  job_.progress.problem = problem;
  start_search(false, Millis(0), problem.text() + "; searching once more for a restore before the next request");
}

/// Refused before the POST. Final, unless an earlier, unclear POST may be the reason ("name taken").
void Evolution::fail_unsent(const Problem& problem) {
  if (job_.progress.attempts == 0) return fail(problem);
  refused_for_good(problem);
}

/// The reason of the refusal may be an earlier, unclear request of ours that did start a restore ("name taken").
void Evolution::refused_for_good(const Problem& problem) {
  job_.progress.refusal = problem;
  job_.progress.problem = problem;
  start_search(false, Millis(0),
               problem.text() + "; searching once more for a restore that an earlier request started");
}

void Evolution::become_in_doubt(const Problem& problem, const std::string& why) {
  ++job_.progress.attempts;
  job_.progress.problem = problem;
  start_search(false, policy_.quiet_period, why);
}

void Evolution::conclude_nothing_started(const InDoubt& state) {
  if (state.accepted) {
    return hold(
        true,
        internal_problem(
            "OperationLost",
            "Azure accepted the restore, but its operation disappeared and the vault lists no backup job for it"));
  }
  if (job_.progress.refusal) return fail(*job_.progress.refusal);
  if (job_.progress.cancel_requested_at) {
    job_.progress.cancel_answer = "nothing was started in Azure";
    return transition_to(Cancelled{}, job_.progress.cancel_answer);
  }
  const int unclear = job_.progress.attempts - job_.progress.excused_attempts;
  if (unclear >= policy_.max_attempts) {
    return hold(false,
                internal_problem("NoClearAnswer", std::to_string(unclear) +
                                                      " restore requests got no clear response and started nothing; "
                                                      "check whether Azure reports an outage"));
  }
  transition_to(Triggering{}, "no backup job has our request id: nothing was started; retrying with the same id");
}

// ── used by all parts ──

void Evolution::transition_to(State state, std::string detail, ProblemFate fate) {
  job_.state = std::move(state);
  job_.since = moment_.now;
  job_.not_before = moment_.now;
  job_.failures = 0;
  if (fate == clear_problem) job_.progress.problem.reset();
  record_history(std::move(detail));
}

/// Stays in the state and clears the failure: the last try succeeded.
void Evolution::clear_failure() {
  job_.failures = 0;
  job_.not_before = moment_.now;
  job_.progress.problem.reset();
}

void Evolution::record_history(std::string detail) {
  history_line_ = HistoryLine{moment_.now,
                              std::string(from_),
                              std::string(state_name(job_.state)),
                              std::string(event_name(event_.what)),
                              std::move(detail),
                              event_.answer.http_status,
                              event_.answer.request_id,
                              event_.answer.correlation_id};
}

/// True if the warning is new.
bool Evolution::warn(const std::string& warning) {
  auto& warnings = job_.progress.warnings;
  if (std::ranges::find(warnings, warning) != warnings.end()) return false;
  warnings.push_back(warning);
  return true;
}

void Evolution::refuse_stale() {
  refuse("'" + std::string(event_name(event_.what)) + "' does not apply to a job that is " + std::string(from_));
}

/// Backs off after a failed try. Only the first failure of a kind in a row writes a history line: an outage of hours is
/// one line.
void Evolution::back_off(const Problem& problem, std::optional<Millis> hint) {
  const bool first = job_.failures == 0 || !job_.progress.problem || job_.progress.problem->code != problem.code;
  ++job_.failures;
  job_.progress.problem = problem;
  job_.not_before = next_attempt(job_.failures, hint, policy_, moment_);
  if (first) record_history(problem.text() + "; next try at " + to_rfc3339(job_.not_before));
}

void Evolution::fail(const Problem& problem) {
  job_.progress.problem = problem;
  if (job_.progress.cancel_requested_at) job_.progress.cancel_answer = "there was no running restore to cancel";
  transition_to(Failed{}, problem.text(), keep_problem);
}

void Evolution::hold(bool may_be_running, const Problem& problem) {
  job_.progress.problem = problem;
  if (job_.progress.cancel_requested_at) job_.progress.cancel_answer = "not cancelled: the job is held";
  transition_to(Held{may_be_running}, problem.text(), keep_problem);
}

}  // namespace azrestored
