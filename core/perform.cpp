#include "core/perform.hpp"

#include "core/find_item.hpp"
#include "core/text.hpp"
#include "core/trusted_url.hpp"

namespace azrestored {
namespace {

/// How far our clock and the service's may differ when jobs are searched by their start time.
constexpr Millis clock_difference = std::chrono::minutes(15);

Problem our_problem(std::string code, std::string sentence) {
  return {std::move(code), std::move(sentence), 0, "", "", {}};
}

/// A choice that the user may not have meant, and that the service makes silently (API.md 3.3).
std::vector<std::string> point_warnings(const JobSpec& spec, const RecoveryPoint& point) {
  const bool to_group =
      spec.restore.contains("targetResourceGroupId") && !spec.restore.at("targetResourceGroupId").is_null();
  if (spec.type != RecoveryType::RestoreDisks || to_group || !point.managed) return {};
  return {
      "no targetResourceGroupId: the managed disks of this VM come back as unmanaged VHDs in the storage account, "
      "and without instant restore"};
}

/// Equal, or the service has added something behind our id (API.md 11: compare by prefix, letter case apart).
bool is_ours(const JobRow& row, const std::string& request_id) {
  return !request_id.empty() && istarts_with(row.activity_id, request_id);
}

Event searched(const std::vector<JobRow>& rows, const Job& job, Instant began_at) {
  std::vector<const JobRow*> ours;
  for (const JobRow& row : rows) {
    if (is_ours(row, job.progress.request_id)) ours.push_back(&row);
  }
  if (ours.empty()) return {SearchEmpty{began_at}};
  if (ours.size() > 1) {
    std::vector<std::string> ids;
    for (const JobRow* row : ours) ids.push_back(row->azure_job_id);
    return {SearchContradicted{our_problem(
        "SeveralJobs", "backup jobs " + join_and(ids) + " all carry our request id " + job.progress.request_id)}};
  }
  const JobRow& found = *ours.front();
  const std::string vm = last_segment(job.progress.item->source_resource_id);
  if (!vm.empty() && !found.entity_friendly_name.empty() && !iequals(found.entity_friendly_name, vm)) {
    return {SearchContradicted{our_problem("ForeignJob", "backup job " + found.azure_job_id +
                                                             " carries our request id, but restores " +
                                                             found.entity_friendly_name + " instead of " + vm)}};
  }
  return {SearchFound{found.azure_job_id, found.status}};
}

}  // namespace

asio::awaitable<Event> Performer::perform(Action action, Job job) {
  return std::visit([&](auto wanted) { return run(wanted, std::move(job)); }, action);
}

asio::awaitable<std::variant<JobSpec, Event>> Performer::spec_of(JobId id) {
  auto text = co_await store_.spec(id);
  if (!text) {
    co_return Event(ReadFailed{our_problem("Store", text.error().sentence()), std::nullopt});
  }
  std::vector<Fault> faults;
  auto spec = read_job_spec(*text, faults);
  if (!spec) {
    co_return Event(SpecUnreadable{
        our_problem("JobFile", "this version does not understand the stored job file: " + faults.front().text())});
  }
  co_return std::move(*spec);
}

asio::awaitable<Event> Performer::run(Begin, Job job) {
  auto read = co_await spec_of(job.id);
  if (auto* event = std::get_if<Event>(&read)) co_return std::move(*event);
  const auto& spec = std::get<JobSpec>(read);
  Begun begun;
  if (const auto* named = std::get_if<ItemByName>(&spec.vm)) {
    begun.item = ProtectedItem{named->container, named->item, named->source_resource_id};
  }
  begun.region = spec.region;
  co_return Event(begun);
}

asio::awaitable<Event> Performer::run(FindItem, Job job) {
  auto read = co_await spec_of(job.id);
  if (auto* event = std::get_if<Event>(&read)) co_return std::move(*event);
  HttpRequest request = list_items(arm_.target(), job.vault);
  auto rows = co_await arm_.read_all(std::move(request), &read_items, clock_.now());
  if (auto* event = std::get_if<Event>(&rows)) co_return std::move(*event);
  const auto item = find_item(std::get<JobSpec>(read).vm, job.vault, std::get<std::vector<ItemRow>>(rows));
  if (!item) co_return Event(ResolveFailed{our_problem("NoSuchItem", item.error().sentence())});
  co_return Event(ItemFound{*item});
}

asio::awaitable<Event> Performer::run(ReadVault, Job job) {
  HttpRequest request = get_vault(arm_.target(), job.vault);
  auto answer = co_await arm_.call(std::move(request));
  if (const auto* none = std::get_if<NoAnswer>(&answer)) co_return read_failed(*none);
  const auto& response = std::get<HttpResponse>(answer);
  if (verdict_of(response.status) != Verdict::ok) co_return read_failure(response, clock_.now());
  const auto location = read_vault_location(response);
  if (!location) {
    co_return Event(ReadFailed{our_problem("UnreadableAnswer", location.error().sentence()), std::nullopt},
                    trace_of(response));
  }
  co_return Event(VaultRead{*location}, trace_of(response));
}

asio::awaitable<Event> Performer::read_chosen_point(Job job, std::string point_id) {
  HttpRequest request = get_point(arm_.target(), job.vault, *job.progress.item, point_id);
  auto answer = co_await arm_.call(std::move(request));
  if (const auto* none = std::get_if<NoAnswer>(&answer)) co_return read_failed(*none);
  const auto& response = std::get<HttpResponse>(answer);
  if (verdict_of(response.status) != Verdict::ok) co_return read_failure(response, clock_.now());
  auto point = read_point(response);
  if (!point) {
    co_return Event(ReadFailed{our_problem("UnreadableAnswer", point.error().sentence()), std::nullopt},
                    trace_of(response));
  }
  PointChosen chosen;
  chosen.point = *point;
  co_return Event(chosen, trace_of(response));
}

asio::awaitable<Event> Performer::run(FindPoint, Job job) {
  auto read = co_await spec_of(job.id);
  if (auto* event = std::get_if<Event>(&read)) co_return std::move(*event);
  const auto& spec = std::get<JobSpec>(read);
  Event event;
  if (const auto* named = std::get_if<PointById>(&spec.point)) {
    event = co_await read_chosen_point(std::move(job), named->id);
  } else {
    HttpRequest request = list_points(arm_.target(), job.vault, *job.progress.item);
    auto rows = co_await arm_.read_all(std::move(request), &read_points, clock_.now());
    if (auto* failed = std::get_if<Event>(&rows)) co_return std::move(*failed);
    auto point = choose_point(spec.point, std::get<std::vector<RecoveryPoint>>(rows), clock_.now());
    if (!point) co_return Event(ResolveFailed{our_problem("NoSuchRecoveryPoint", point.error().sentence())});
    PointChosen chosen;
    chosen.point = *point;
    event = Event(chosen);
  }
  if (auto* chosen = std::get_if<PointChosen>(&event.what)) chosen->warnings = point_warnings(spec, chosen->point);
  co_return event;
}

asio::awaitable<Event> Performer::run(PrepareSubmit, Job job) {
  // A repeated try of the same restore keeps its id, so that whichever POST took effect can be found (API.md 11).
  SubmitPrepared prepared{job.progress.request_id};
  if (prepared.request_id.empty()) prepared.request_id = ids_.uuid();
  co_return Event(prepared);
}

asio::awaitable<Event> Performer::run(Submit, Job job) {
  auto read = co_await spec_of(job.id);
  if (auto* event = std::get_if<Event>(&read)) {
    if (const auto* failed = std::get_if<ReadFailed>(&event->what)) co_return Event(NotSent{failed->problem});
    co_return std::move(*event);
  }
  const Progress& known = job.progress;
  const nlohmann::json properties =
      restore_request(std::get<JobSpec>(read), *known.item, *known.point, known.region.value_or(""), {});
  HttpRequest request = post_restore(arm_.target(), job.vault, *known.item, known.point->id, properties);
  auto answer = co_await arm_.call(std::move(request), known.request_id);
  if (const auto* none = std::get_if<NoAnswer>(&answer)) {
    if (!none->request_may_have_arrived) co_return Event(NotSent{none->problem});
    co_return Event(OutcomeUnknown{none->problem});
  }
  co_return read_restore_answer(std::get<HttpResponse>(answer), clock_.now());
}

asio::awaitable<Event> Performer::run(SearchJobs, Job job) {
  const Instant began_at = clock_.now();
  HttpRequest request = list_restore_jobs(arm_.target(), job.vault, job.progress.posted_at - clock_difference,
                                          began_at + clock_difference);
  auto rows = co_await arm_.read_all(std::move(request), &read_jobs, began_at);
  if (auto* event = std::get_if<Event>(&rows)) co_return std::move(*event);
  co_return searched(std::get<std::vector<JobRow>>(rows), job, began_at);
}

asio::awaitable<Event> Performer::run(PollOperation, Job job) {
  if (!is_trusted_url(arm_.target().endpoint, job.progress.operation_url)) {
    co_return Event(
        OperationGone{"the operation's URL is not one of " + arm_.target().endpoint + " and is not followed", false});
  }
  HttpRequest request;
  request.url = job.progress.operation_url;
  auto answer = co_await arm_.call(std::move(request));
  if (const auto* none = std::get_if<NoAnswer>(&answer)) co_return read_failed(*none);
  co_return read_operation(std::get<HttpResponse>(answer), clock_.now());
}

asio::awaitable<Event> Performer::run(ReadJob, Job job) {
  HttpRequest request = get_job(arm_.target(), job.vault, job.progress.azure_job_id);
  auto answer = co_await arm_.call(std::move(request));
  if (const auto* none = std::get_if<NoAnswer>(&answer)) co_return read_failed(*none);
  co_return read_job(std::get<HttpResponse>(answer), clock_.now());
}

asio::awaitable<Event> Performer::run(AskCancel, Job job) {
  HttpRequest request = post_cancel(arm_.target(), job.vault, job.progress.azure_job_id);
  auto answer = co_await arm_.call(std::move(request));
  if (const auto* none = std::get_if<NoAnswer>(&answer)) co_return read_failed(*none);
  co_return read_cancel_answer(std::get<HttpResponse>(answer), clock_.now());
}

asio::awaitable<Event> Performer::run(FollowCancel, Job job) {
  const auto& state = std::get<Cancelling>(job.state);
  if (!is_trusted_url(arm_.target().endpoint, state.result_url))
    co_return Event(CancelDone{});  // the job itself will tell
  HttpRequest request;
  request.url = state.result_url;
  auto answer = co_await arm_.call(std::move(request));
  if (const auto* none = std::get_if<NoAnswer>(&answer)) co_return read_failed(*none);
  co_return read_cancel_result(std::get<HttpResponse>(answer), clock_.now());
}

// The runner sleeps and rests by itself; decide() never hands these two to perform().
asio::awaitable<Event> Performer::run(SleepUntil, Job) {
  throw std::logic_error("perform: SleepUntil is the runner's");
  co_return Event();
}
asio::awaitable<Event> Performer::run(Rest, Job) {
  throw std::logic_error("perform: Rest is the runner's");
  co_return Event();
}

}  // namespace azrestored
