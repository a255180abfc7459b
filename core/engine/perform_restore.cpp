// The actions from the POST on: the access token of a cross-region restore, the POST itself (the only request that
// starts a restore), the search after an unclear response, the operation, the backup job, and the cancel.
#include <nlohmann/json.hpp>

#include "core/azure/error_catalog.hpp"
#include "core/azure/problem.hpp"
#include "core/engine/job_requests.hpp"
#include "core/engine/perform.hpp"
#include "core/http/trusted_url.hpp"
#include "core/jobfile/spec.hpp"
#include "core/restore/in_doubt_search.hpp"
#include "core/restore/outcome_comparison.hpp"
#include "core/restore/reported_trouble.hpp"
#include "core/restore/request_body.hpp"
#include "core/wire/cross_region.hpp"
#include "core/wire/errors.hpp"
#include "core/wire/events.hpp"

namespace azrestored {
namespace {

/// If quota is available again within this time, a finished job waits for its details.
constexpr Millis worth_waiting = std::chrono::minutes(1);

/// The result of the backup job from the vault's list alone, for use when the quota is scarce. nullopt if the details
/// are worth the wait: the restore failed or has warnings, or an operator looks at the running job. Reading the details
/// of a thousand finished jobs takes a thousand reads, and would delay the lists that show other ends
/// (azure-backup-api.md 9.2).
std::optional<Event> without_details(const Job& job) {
  const Tracking* tracking = backup_job_of(job.state);
  JobRead known;
  known.end = outcome_of_status(job.progress.azure_status);
  known.azure_status = job.progress.azure_status;
  known.rehydrating = std::holds_alternative<Rehydrating>(job.state);
  const bool has_trouble = known.end == JobRead::End::failed || known.end == JobRead::End::completed_with_warnings;
  if (has_trouble || (known.end == JobRead::End::running && tracking->details_requested)) return std::nullopt;
  if (known.end != JobRead::End::running) {
    known.unchecked.emplace_back(
        "everything (the vault's job list shows that the restore finished; azrestored did not read the details "
        "because running restores needed Azure's read quota)");
  }
  return Event(std::move(known));
}

/// The restore's POST without its body: enough for the quota to count it.
HttpRequest request_to_count(const ArmClient& arm, const Job& job) {
  const Progress& known = job.progress;
  if (!known.options.cross_region.empty())
    return post_cross_region_restore(secondary_region(arm.target()), scope_of(job), "{}", {});
  return post_restore(arm.target(), job.vault, *known.item, known.point->id, {});
}

}  // namespace

asio::awaitable<std::variant<std::string, Event>> Performer::fetch_access(ArmClient& arm, Job job) {
  const ArmTarget target = target_of(arm, job);
  HttpRequest request = get_aad_properties(target, scope_of(job));
  auto answer = co_await arm.send(std::move(request), priority_of(job));
  if (const auto* none = std::get_if<NoResponse>(&answer)) co_return read_failed(*none);
  const auto& properties = std::get<HttpResponse>(answer);
  if (classify_status(properties.status) != StatusClass::ok) co_return read_failure(properties, clock_.now());
  // The body is forwarded unchanged. If it is garbled, Azure would refuse the request and the job would fail.
  if (!nlohmann::json::accept(properties.body)) {
    const Error garbled(ErrorKind::transient, "the properties for the request of the access token are not JSON");
    co_return unreadable(properties, garbled, clock_.now());
  }
  request = post_access_token(target, job.vault, *job.progress.item, job.progress.point->id, properties.body);
  answer = co_await arm.send(std::move(request), priority_of(job));
  if (const auto* none = std::get_if<NoResponse>(&answer)) co_return read_failed(*none);
  const auto& response = std::get<HttpResponse>(answer);
  if (classify_status(response.status) != StatusClass::ok) co_return read_failure(response, clock_.now());
  auto details = read_access_details(response);
  if (!details) co_return unreadable(response, details.error(), clock_.now());
  co_return std::move(*details);
}

asio::awaitable<Event> Performer::run(PrepareTrigger, ArmClient& arm, Job job, SharedSpec) {
  if (auto held_back = pauses_.wait_of(job, clock_.now()))
    co_return Event(ReadFailed{std::move(held_back->problem), held_back->time});
  // Waits for quota before the intent is saved. A job that waits with a saved intent is in doubt after a restart.
  HttpRequest to_come = request_to_count(arm, job);
  const bool is_due = co_await arm.acquire_quota(std::move(to_come), priority_of(job));
  if (!is_due) co_return Event(RequestWithdrawn{});
  if (!job.progress.options.cross_region.empty()) {
    auto access = co_await fetch_access(arm, job);
    if (auto* event = std::get_if<Event>(&access)) co_return std::move(*event);
    access_details_[job.id] = std::move(std::get<std::string>(access));
  }
  // A repeated POST of the same attempt keeps its request id, so the search finds the one that started a restore
  // (azure-backup-api.md 11).
  TriggerPrepared prepared{job.progress.request_id};
  if (prepared.request_id.empty()) prepared.request_id = ids_.uuid();
  co_return Event(prepared);
}

HttpRequest Performer::restore_request_of(const Job& job, const JobSpec& spec,
                                          const std::string& access_details) const {
  const Progress& known = job.progress;
  const ArmTarget& target = sessions_.find(known.options.auth)->target();
  const nlohmann::json properties = restore_request(spec, known);
  if (!known.options.cross_region.empty())
    return post_cross_region_restore(secondary_region(target), scope_of(job), access_details, properties);
  return post_restore(target, job.vault, *known.item, known.point->id, properties);
}

asio::awaitable<std::variant<Performer::RestorePost, Problem>> Performer::gather_post(Job job, SharedSpec spec) {
  std::string access_details;
  if (!job.progress.options.cross_region.empty()) {
    auto held = access_details_.extract(job.id);
    if (held.empty()) co_return internal_problem("AccessTokenGone", "the access token is no longer in memory");
    access_details = std::move(held.mapped());
  }
  RestorePost post;
  post.request = restore_request_of(job, *spec, access_details);
  post.priority = priority_of(job);
  post.priority.charged = true;  // PrepareTrigger has taken the quota
  post.request_id = job.progress.request_id;
  if (!spec->guard_auth.empty()) {
    ArmClient* guard = sessions_.find(spec->guard_auth);
    if (guard == nullptr) co_return lost_profile(spec->guard_auth);
    auto token = co_await guard->token();
    if (!token) co_return internal_problem("SignIn", token.error().sentence());
    post.request.headers.emplace_back("x-ms-authorization-auxiliary", "Bearer " + *token);
  }
  co_return post;
}

asio::awaitable<Event> Performer::run(TriggerRestore, ArmClient& arm, Job job, SharedSpec spec) {
  auto gathered = co_await gather_post(job, std::move(spec));
  if (const auto* missing = std::get_if<Problem>(&gathered)) co_return Event(NotSent{*missing});
  auto& post = std::get<RestorePost>(gathered);
  auto answer = co_await arm.send(std::move(post.request), std::move(post.priority), std::move(post.request_id));
  if (const auto* none = std::get_if<NoResponse>(&answer)) {
    if (none->address_is_unusable) co_return Event(Refused{none->problem});
    if (!none->request_may_have_arrived) co_return Event(NotSent{none->problem});
    co_return Event(OutcomeUnknown{none->problem});
  }
  Event event = read_restore_answer(std::get<HttpResponse>(answer), clock_.now());
  const auto* throttled = std::get_if<Throttled>(&event.what);
  if (throttled != nullptr && is_daily_limit(throttled->problem.code)) {
    pauses_.limit_reached(job, throttled->problem, clock_.now(), throttled->retry_after.value_or(Millis(0)));
  } else {
    pauses_.passed(job);
  }
  co_return event;
}

asio::awaitable<Event> Performer::run(SearchJobs, ArmClient& arm, Job job, SharedSpec) {
  const Instant began_at = clock_.now();
  SearchWindow window = SearchWindow::around(began_at, job.progress.posted_at);
  // Searches a second time if Azure's clock differs so much that the backup job may be outside the window.
  for (int tries = 0; tries < 2; ++tries) {
    HttpRequest request = list_restore_jobs(arm.target(), scope_of(job), window.from, window.to);
    auto rows = co_await arm.list_all(std::move(request), &read_jobs, began_at, priority_of(job, Urgency::urgent));
    if (auto* event = std::get_if<Event>(&rows)) co_return std::move(*event);
    const auto& list = std::get<PagedList<JobRow>>(rows);
    const ListTimes times{began_at, list.azure_time};
    if (window.covers(list.azure_time)) co_return searched(list.rows, job, times);
    window.widen_to(*list.azure_time);
  }
  const Problem problem = internal_problem("UnreadableAnswer", "Azure's clock moved by days between two responses");
  co_return Event(ReadFailed{problem, std::nullopt});
}

asio::awaitable<Event> Performer::run(PollOperation, ArmClient& arm, Job job, SharedSpec) {
  HttpRequest request;
  request.url = absolute_url(arm.target().endpoint, job.progress.operation_url);
  if (!is_trusted_url(arm.target().endpoint, request.url)) {
    co_return Event(
        OperationGone{"the operation's URL is not on " + arm.target().endpoint + " and is not followed", false});
  }
  auto answer = co_await arm.send(std::move(request), priority_of(job));
  if (const auto* none = std::get_if<NoResponse>(&answer)) co_return read_failed(*none);
  co_return read_operation(std::get<HttpResponse>(answer), clock_.now());
}

asio::awaitable<Event> Performer::run(ReadJob, ArmClient& arm, Job job, SharedSpec spec) {
  HttpRequest request = get_job(arm.target(), scope_of(job), job.progress.azure_job_id);
  RequestPriority priority = priority_of(job);
  if (!arm.has_headroom(request, worth_waiting)) {
    if (auto enough = without_details(job)) co_return std::move(*enough);
    if (outcome_of_status(job.progress.azure_status) == JobRead::End::running) priority.urgency = Urgency::interactive;
  }
  auto answer = co_await arm.send(std::move(request), std::move(priority));
  if (const auto* none = std::get_if<NoResponse>(&answer)) co_return read_failed(*none);
  Event event = read_job(std::get<HttpResponse>(answer), clock_.now());
  auto* read = std::get_if<JobRead>(&event.what);
  const bool ended_well =
      read != nullptr && (read->end == JobRead::End::completed || read->end == JobRead::End::completed_with_warnings);
  if (ended_well) read->findings = reported_trouble(*read->outcome);
  if (ended_well && !spec) read->unchecked.emplace_back("everything (the stored job file can no longer be read)");
  if (ended_well && spec && job.progress.point) {
    OutcomeComparison comparison = compare_outcome(*spec, *job.progress.point, *read->outcome);
    for (std::string& finding : comparison.findings) read->findings.push_back(std::move(finding));
    read->unchecked = std::move(comparison.unchecked);
  }
  co_return event;
}

asio::awaitable<Event> Performer::run(RequestCancel, ArmClient& arm, Job job, SharedSpec) {
  HttpRequest request = post_cancel(arm.target(), job.vault, job.progress.azure_job_id);
  auto answer = co_await arm.send(std::move(request), priority_of(job, Urgency::urgent));
  if (const auto* none = std::get_if<NoResponse>(&answer)) co_return read_failed(*none);
  co_return read_cancel_answer(std::get<HttpResponse>(answer), clock_.now());
}

asio::awaitable<Event> Performer::run(PollCancel, ArmClient& arm, Job job, SharedSpec) {
  const auto& state = std::get<Cancelling>(job.state);
  HttpRequest request;
  request.url = absolute_url(arm.target().endpoint, state.result_url);
  if (!is_trusted_url(arm.target().endpoint, request.url))
    co_return Event(CancelDone{"the URL of the result is not on " + arm.target().endpoint});
  auto answer = co_await arm.send(std::move(request), priority_of(job, Urgency::urgent));
  if (const auto* none = std::get_if<NoResponse>(&answer)) co_return read_failed(*none);
  co_return read_cancel_result(std::get<HttpResponse>(answer), clock_.now());
}

}  // namespace azrestored
