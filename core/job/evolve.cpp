// Up to the POST, and its doubts; and the deeds that every part of a job's life shares.
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

/// A pre-flight that has no answer by then will not get one: the restore itself will tell.
constexpr Millis longest_preflight = std::chrono::minutes(15);

}  // namespace

Result<Step> evolve(Job job, const Event& event, const Policy& policy, Moment moment) {
  return Evolution(std::move(job), event, policy, moment).run();
}

Result<Step> Evolution::run() {
  // The state is copied out, so that an overload may replace job_.state while it reads the old one.
  const State before = job_.state;
  std::visit([this](auto state, const auto& happened) { on(state, happened); }, before, event_.what);
  if (!refusal_.empty()) return Error(ErrorKind::refused, printable(refusal_));
  return Step{std::move(job_), std::move(line_), is_news_};
}

// ── queued, resolving, validating ──

void Evolution::on(Queued, const Begun& e) {
  job_.progress.plan = e.plan;
  if (e.item) job_.progress.item = e.item;
  if (e.region) job_.progress.region = e.region;
  enter(Resolving{}, "looking for the protected item and the recovery point");
}

void Evolution::on(Resolving, const ItemFound& e) {
  job_.progress.item = e.item;
  go_on();
  note("found as " + e.item.item);
}

void Evolution::on(Resolving, const VaultRead& e) {
  job_.progress.vault = e.facts;
  job_.progress.vault_unreadable = !e.facts;
  if (!job_.progress.region && e.facts) job_.progress.region = e.facts->location;
  go_on();
  if (!e.warning.empty() && warn(e.warning)) note(e.warning);
}

void Evolution::on(Resolving, const GuardRead& e) {
  job_.progress.guard_requests = e.requests;
  go_on();
  if (!e.warning.empty() && warn(e.warning)) note(e.warning);
}

void Evolution::on(Resolving, const PointChosen& e) {
  job_.progress.point = e.point;
  job_.progress.rehydrates = e.rehydrates;
  for (const std::string& warning : e.warnings) warn(warning);
  if (job_.progress.plan.preflight) return enter(Validating{}, describe(e.point) + "; asking the service's pre-flight");
  ready_to_submit(describe(e.point));
}

void Evolution::on(Validating state, const PreflightAsked& e) {
  if (!state.url.empty()) return too_late();
  go_on();
  job_.state = Validating{e.url};
  job_.not_before = next_poll(e.retry_after, policy_, moment_);
}

void Evolution::on(Validating state, const PreflightRunning& e) {
  if (state.url.empty()) return too_late();
  if (preflight_is_overdue()) return on(state, PreflightSkipped{"the service has not come to an answer"});
  go_on();
  job_.not_before = next_poll(e.retry_after, policy_, moment_);
}

/// An outage of the network, of the sign-in or of our budget says nothing about the pre-flight, and would stop the POST
/// as well; a service that keeps answering with errors of its own does.
void Evolution::on(Validating state, const ReadFailed& e) {
  const int status = e.problem.http_status;
  if (status == 0 || status == 401 || status == 429 || !preflight_is_overdue()) return wait(e.problem, e.retry_after);
  on(state, PreflightSkipped{e.problem.text()});
}

bool Evolution::preflight_is_overdue() const {
  return moment_.now - job_.since > longest_preflight;
}

void Evolution::on(Validating, const PreflightPassed&) {
  ready_to_submit("the service's pre-flight found nothing wrong");
}

void Evolution::on(Validating, const PreflightSkipped& e) {
  const std::string warning = "no pre-flight: " + e.why;
  warn(warning);
  ready_to_submit(warning);
}

/// To the POST; by way of one more look when an earlier one may have started something.
void Evolution::ready_to_submit(std::string detail) {
  if (job_.progress.attempts == 0) return enter(Triggering{}, std::move(detail));
  search(false, Millis(0), detail + "; looking once more for a restore before the next request");
}

// ── triggering ──

void Evolution::on(Triggering state, const SubmitPrepared& e) {
  if (state.sent) return refuse("a request to restore is already on its way");
  job_.progress.request_id = e.request_id;
  // A search must reach back to the first POST with this id that may have started something, however long ago.
  if (job_.progress.attempts == 0) job_.progress.posted_at = moment_.now;
  job_.state = Triggering{true};
  job_.not_before = moment_.now;
  note("about to POST the restore, request id " + e.request_id);
}

void Evolution::on(Triggering state, const Accepted& e) {
  if (!state.sent) return too_late();
  ++job_.progress.attempts;
  job_.progress.operation_url = e.operation_url;
  job_.progress.operation_id = e.operation_id;
  enter(Polling{moment_.now}, "Azure accepted the restore");
  job_.not_before = next_poll(e.retry_after, policy_, moment_);
}

void Evolution::on(Triggering state, const Refused& e) {
  if (!state.sent) return too_late();
  ++job_.progress.attempts;
  if (job_.progress.attempts == 1) return fail(e.problem);
  refused_for_good(e.problem);
}

void Evolution::on(Triggering state, const OutcomeUnknown& e) {
  if (!state.sent) return too_late();
  doubt(e.problem, "no clear answer to the POST: " + e.problem.text());
  job_.not_before = next_search(0, moment_.now + policy_.quiet_period, policy_, moment_);
}

void Evolution::on(Triggering state, const Interrupted&) {
  if (!state.sent && job_.progress.attempts == 0) return refuse("nothing was on its way");
  if (!state.sent) return look_again(our_problem("Interrupted", "azrestored was stopped before the next POST"));
  const std::string why = "azrestored stopped while the POST may have been on its way";
  doubt(our_problem("Interrupted", why), why);
}

/// What the POST needs could not be had (the access token of a cross-region restore).
void Evolution::on(Triggering state, const ReadFailed& e) {
  if (state.sent) return too_late();
  wait(e.problem, e.retry_after);
  look_again_later(e.problem);
}

void Evolution::on(Triggering state, const ReadRefused& e) {
  if (state.sent) return too_late();
  fail_unsent(e.problem);
}

/// The POST certainly started nothing: send it again later.
void Evolution::post_again(Triggering state, const Problem& problem, std::optional<Millis> hint) {
  if (!state.sent) return too_late();
  job_.state = Triggering{false};
  if (job_.progress.cancel_requested_at && job_.progress.attempts == 0) {
    job_.progress.cancel_answer = "stopped before anything was started in Azure";
    return enter(Cancelled{}, job_.progress.cancel_answer);
  }
  wait(problem, hint);
  look_again_later(problem);
}

/// That an unclear POST had started nothing was concluded before this wait: it is to be seen again right before the
/// next.
void Evolution::look_again_later(const Problem& problem) {
  if (job_.progress.attempts == 0) return;
  const Instant next = job_.not_before;
  look_again(problem);
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
    note("no backup job carries our request id yet; looking until " + to_rfc3339(state.quiet_until));
}

/// The quiet period is over, by our clock and by the service's: ours may have been set since the daemon last started,
/// and a Date may be another machine's. Neither can make it longer than it is.
bool Evolution::proves_nothing_started(InDoubt& state, const SearchEmpty& e) {
  if (e.served_at) job_.progress.posted_at = std::min(job_.progress.posted_at, *e.served_at);
  if (state.quiet == Millis(0)) return true;
  state.quiet_until = std::min(state.quiet_until, moment_.now + state.quiet);
  const bool over = e.began_at >= state.quiet_until;
  if (!e.served_at) return over;
  const Instant longest = *e.served_at + state.quiet + std::chrono::seconds(1);  // a Date has whole seconds
  state.served_until = std::min(state.served_until.value_or(longest), longest);
  if (over && *e.served_at >= *state.served_until) return true;
  state.quiet_until = std::max(state.quiet_until, moment_.now + (*state.served_until - *e.served_at));
  return false;
}

/// Into doubt, looking for a backup job with our request id.
void Evolution::search(bool accepted, Millis quiet, std::string detail) {
  InDoubt looking;
  looking.quiet = quiet;
  looking.quiet_until = moment_.now + quiet;
  looking.accepted = accepted;
  enter(looking, std::move(detail), keep_problem);
}

/// One more search, which concludes by itself.
void Evolution::look_again(const Problem& problem) {
  job_.progress.problem = problem;
  search(false, Millis(0), problem.text() + "; looking once more for a restore before the next request");
}

/// Refused before the POST: final, unless an earlier and unclear one may be the reason ("name taken").
void Evolution::fail_unsent(const Problem& problem) {
  if (job_.progress.attempts == 0) return fail(problem);
  refused_for_good(problem);
}

/// What is refused may be refused because an earlier, unclear request of ours took effect after all ("name taken").
void Evolution::refused_for_good(const Problem& problem) {
  job_.progress.refusal = problem;
  job_.progress.problem = problem;
  search(false, Millis(0), problem.text() + "; looking once more whether an earlier request started a restore");
}

void Evolution::doubt(const Problem& problem, const std::string& why) {
  ++job_.progress.attempts;
  job_.progress.problem = problem;
  search(false, policy_.quiet_period, why);
}

void Evolution::conclude_nothing_started(const InDoubt& state) {
  if (state.accepted) {
    return hold(true,
                our_problem("OperationLost",
                            "Azure accepted the restore, then lost its operation, and shows no backup job for it"));
  }
  if (job_.progress.refusal) return fail(*job_.progress.refusal);
  if (job_.progress.cancel_requested_at) {
    job_.progress.cancel_answer = "nothing had been started in Azure";
    return enter(Cancelled{}, job_.progress.cancel_answer);
  }
  const int unclear = job_.progress.attempts - job_.progress.forgiven;
  if (unclear >= policy_.most_attempts) {
    return hold(false, our_problem("NoClearAnswer", std::to_string(unclear) +
                                                        " requests to restore got no clear answer and started "
                                                        "nothing; is the service disturbed?"));
  }
  enter(Triggering{}, "no backup job carries our request id: nothing was started; trying again with the same id");
}

// ── deeds that all parts share ──

void Evolution::enter(State state, std::string detail, ProblemFate fate) {
  job_.state = std::move(state);
  job_.since = moment_.now;
  job_.not_before = moment_.now;
  job_.failures = 0;
  if (fate == clear_problem) job_.progress.problem.reset();
  note(std::move(detail));
}

/// Within the state: whatever failed before has been overcome.
void Evolution::go_on() {
  job_.failures = 0;
  job_.not_before = moment_.now;
  job_.progress.problem.reset();
}

void Evolution::note(std::string detail) {
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
bool Evolution::warn(const std::string& warning) {
  auto& warnings = job_.progress.warnings;
  if (std::ranges::find(warnings, warning) != warnings.end()) return false;
  warnings.push_back(warning);
  return true;
}

void Evolution::too_late() {
  refuse("'" + std::string(event_name(event_.what)) + "' means nothing to a job that is " + std::string(from_));
}

/// A failed try: told in the history when it is the first of its kind in a row, so that an outage of hours stays a
/// line.
void Evolution::wait(const Problem& problem, std::optional<Millis> hint) {
  const bool first = job_.failures == 0 || !job_.progress.problem || job_.progress.problem->code != problem.code;
  ++job_.failures;
  job_.progress.problem = problem;
  job_.not_before = next_attempt(job_.failures, hint, policy_, moment_);
  if (first) note(problem.text() + "; trying again at " + to_rfc3339(job_.not_before));
}

void Evolution::fail(const Problem& problem) {
  job_.progress.problem = problem;
  if (job_.progress.cancel_requested_at) job_.progress.cancel_answer = "nothing was running that could be cancelled";
  enter(Failed{}, problem.text(), keep_problem);
}

void Evolution::hold(bool may_be_running, const Problem& problem) {
  job_.progress.problem = problem;
  if (job_.progress.cancel_requested_at) job_.progress.cancel_answer = "not done: the job is held";
  enter(Held{may_be_running}, problem.text(), keep_problem);
}

}  // namespace azrestored
