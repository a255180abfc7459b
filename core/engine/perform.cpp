// The actions before the POST: finds the VM and the recovery point, reads the vault, checks the rules.
#include "core/engine/perform.hpp"

#include <algorithm>
#include <array>

#include "core/azure/problem.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/engine/job_requests.hpp"
#include "core/http/http_date.hpp"
#include "core/http/trusted_url.hpp"
#include "core/jobfile/point_rule.hpp"
#include "core/json/fault.hpp"
#include "core/restore/choose_point.hpp"
#include "core/restore/request_body.hpp"
#include "core/restore/rules.hpp"
#include "core/wire/errors.hpp"
#include "core/wire/preflight.hpp"

namespace azrestored {
namespace {

/// All broken rules as one problem.
Problem merged(const std::vector<Problem>& refusals) {
  Problem problem = refusals.front();
  for (std::size_t i = 1; i < refusals.size(); ++i) problem.message += "; also " + refusals[i].message;
  return problem;
}

/// With "validate": "none" nothing is refused here; broken rules become warnings. `remark` is a further warning, or "".
Event chosen(const RecoveryPoint& point, const Job& job, const JobSpec& spec, Instant now, std::string remark = "") {
  const bool checked = job.progress.options.checked;
  RuleVerdict verdict = checked ? check_restore_rules(spec, job.progress.vault, point) : check_point_rules(spec, point);
  std::vector<Problem> obstacles = point_obstacles(point, now);
  verdict.refusals.insert(verdict.refusals.begin(), std::move_iterator(obstacles.begin()),
                          std::move_iterator(obstacles.end()));
  if (checked && !verdict.refusals.empty()) return {ResolveFailed{merged(verdict.refusals)}};
  PointChosen event;
  event.point = point;
  event.warnings = std::move(verdict.warnings);
  if (!remark.empty()) event.warnings.push_back(std::move(remark));
  for (const Problem& broken : verdict.refusals) event.warnings.push_back(broken.message);
  event.rehydrates = spec.rehydration && effective_tier(point) == "VaultArchive";
  return {event};
}

/// The vault's settings give the region and the facts for the rules. If the job names the region, the job continues
/// without them, with a warning, and Azure checks the request itself. A cross-region restore must be able to continue
/// while the vault's own region is down.
Event without_vault(Event failed, const Job& job) {
  if (!job.progress.region) return failed;
  const auto* refused = std::get_if<ReadRefused>(&failed.what);
  const auto* lost = std::get_if<ReadFailed>(&failed.what);
  const bool may_be_burning = !job.progress.options.cross_region.empty() && lost != nullptr && job.failures >= 2 &&
                              lost->problem.code != "SignIn" && lost->problem.http_status != 429;
  if (refused == nullptr && !may_be_burning) return failed;
  const Problem& problem = refused != nullptr ? refused->problem : lost->problem;
  return {VaultRead{std::nullopt, "the vault's settings could not be read: " + problem.text()}, failed.answer};
}

/// A first attempt accepts reads since the job was accepted. A later attempt accepts reads since the job entered its
/// present state, because an operator may have fixed the cause of the failure shortly before.
VaultCache::ReadContext read_context_of(const Job& job) {
  return {priority_of(job), job.progress.earlier.empty() ? job.created_at : job.since};
}

}  // namespace

Performer::SpecUse Performer::spec_use(const Action& action) {
  if (std::holds_alternative<ReadJob>(action)) return SpecUse::optional;
  const bool is_required = std::holds_alternative<Begin>(action) || std::holds_alternative<FindItem>(action) ||
                           std::holds_alternative<FindPoint>(action) ||
                           std::holds_alternative<RequestPreflight>(action) ||
                           std::holds_alternative<TriggerRestore>(action);
  return is_required ? SpecUse::required : SpecUse::none;
}

bool Performer::can_drop_spec_after(const Action& action) {
  return std::holds_alternative<TriggerRestore>(action) || std::holds_alternative<ReadJob>(action);
}

Event Performer::not_started(const Action& action, Problem problem) {
  if (std::holds_alternative<TriggerRestore>(action)) return Event(NotSent{std::move(problem)});
  return Event(ReadFailed{std::move(problem), std::nullopt});
}

bool Performer::withdraws_request(const Event& event, const Job& job) {
  // A list that repeats the known status must not cost the job its position in the queue for a read.
  const auto* listed = std::get_if<JobListed>(&event.what);
  return listed == nullptr || listed->azure_status != job.progress.azure_status;
}

/// A profile was removed from the settings after the job began.
Problem Performer::lost_profile(const std::string& profile) const {
  return internal_problem("NoSuchProfile", "the settings no longer have the sign-in profile \"" + profile +
                                               "\" (they have: " + quoted_alternatives(sessions_.names()) +
                                               "); add it to auth again and restart azrestored");
}

asio::awaitable<Event> Performer::perform(Action action, Job job, SharedSpec spec) {
  ArmClient* arm = sessions_.find(job.progress.options.auth);
  if (arm == nullptr) co_return not_started(action, lost_profile(job.progress.options.auth));
  // The lambda has a name: g++ 12 destroys the captures of a lambda in a co_await expression twice.
  const auto perform_it = [&](auto wanted) { return run(wanted, *arm, std::move(job), std::move(spec)); };
  auto performed = std::visit(perform_it, action);
  co_return co_await std::move(performed);
}

asio::awaitable<Event> Performer::run(Begin, ArmClient&, Job, SharedSpec spec) {
  const std::array<std::string, 2> profiles = {spec->auth, spec->guard_auth};
  for (const std::string& profile : profiles) {
    if (sessions_.find(profile) != nullptr) continue;
    co_return Event(SpecUnreadable{internal_problem(
        "NoSuchProfile", "the settings have no sign-in profile \"" + profile +
                             "\", which the job names (they have: " + quoted_alternatives(sessions_.names()) +
                             "); add it to auth, restart azrestored, then `azrestorectl release` the job")});
  }
  Started started;
  started.options.auth = spec->auth;
  started.options.cross_region = spec->cross_region.value_or("");
  started.options.checked = spec->validation != Validation::none;
  started.options.preflight = spec->validation == Validation::service;
  started.options.seeks_guard =
      started.options.checked && !spec->cross_region && !spec->restore.contains("resourceGuardOperationRequests");
  if (const auto* named = std::get_if<ItemByName>(&spec->vm)) {
    started.item = ProtectedItem{named->container, named->item, named->source_resource_id};
  }
  started.region = spec->region;
  co_return Event(started);
}

asio::awaitable<Event> Performer::run(FindItem, ArmClient& arm, Job job, SharedSpec spec) {
  const RestoreScope scope = scope_of(job);
  auto item = co_await vaults_.item(arm, scope, spec->vm, read_context_of(job));
  if (auto* event = std::get_if<Event>(&item)) co_return std::move(*event);
  auto& known = std::get<KnownItem>(item);
  std::optional<Problem> obstacle = item_obstacle(known, scope.vault);
  std::string doubt = item_doubt(known);
  ItemFound found{std::move(known.item)};
  if (!doubt.empty()) found.warnings.push_back(std::move(doubt));
  if (obstacle && job.progress.options.checked) co_return Event(ResolveFailed{std::move(*obstacle)});
  if (obstacle) found.warnings.push_back(std::move(obstacle->message));
  co_return Event(std::move(found));
}

asio::awaitable<Event> Performer::run(ReadVault, ArmClient& arm, Job job, SharedSpec) {
  auto facts = co_await vaults_.facts(arm, job.vault, read_context_of(job));
  if (auto* failed = std::get_if<Event>(&facts)) co_return without_vault(std::move(*failed), job);
  co_return Event(VaultRead{std::get<VaultFacts>(std::move(facts)), ""});
}

asio::awaitable<Event> Performer::run(ReadGuard, ArmClient& arm, Job job, SharedSpec) {
  auto requests = co_await vaults_.guard_requests(arm, job.vault, read_context_of(job));
  GuardRead read;
  if (auto* event = std::get_if<Event>(&requests)) {
    const auto* refused = std::get_if<ReadRefused>(&event->what);
    if (refused == nullptr) co_return std::move(*event);
    read.warning = "cannot check whether a Resource Guard protects this vault: " + refused->problem.text();
    co_return Event(read, event->answer);
  }
  read.requests = std::get<std::vector<std::string>>(std::move(requests));
  co_return Event(read);
}

asio::awaitable<std::variant<Performer::NamedPoint, Event>> Performer::read_named_point(ArmClient& arm, Job job,
                                                                                        std::string point_id) {
  NamedPoint named;
  // In the secondary region only the list of points is known to work; Microsoft's own client uses the list as well.
  if (!job.progress.options.cross_region.empty()) {
    auto rows = co_await read_points_of(arm, job);
    if (auto* event = std::get_if<Event>(&rows)) co_return std::move(*event);
    const auto& list = std::get<PagedList<RecoveryPoint>>(rows);
    const std::vector<RecoveryPoint>& points = list.rows;
    named.read_at = list.azure_time.value_or(clock_.now());
    const auto found = std::ranges::find(points, point_id, &RecoveryPoint::id);
    if (found != points.end()) {
      named.point = *found;
      co_return named;
    }
    const std::string sentence = "recovery point " + point_id + " is not among the " + std::to_string(points.size()) +
                                 " in " + job.progress.options.cross_region +
                                 "; ids there differ from those in the vault's own region";
    co_return Event(ResolveFailed{internal_problem("NoSuchRecoveryPoint", sentence)});
  }
  HttpRequest request = get_point(arm.target(), job.vault, *job.progress.item, point_id);
  auto answer = co_await arm.send(std::move(request), priority_of(job));
  if (const auto* none = std::get_if<NoResponse>(&answer)) co_return read_failed(*none);
  const auto& response = std::get<HttpResponse>(answer);
  if (classify_status(response.status) != StatusClass::ok) co_return read_failure(response, clock_.now());
  auto point = read_point(response);
  if (!point) co_return unreadable(response, point.error(), clock_.now());
  const auto date = response.header("Date");
  named.read_at = (date ? parse_http_date(*date) : std::nullopt).value_or(clock_.now());
  named.point = std::move(*point);
  co_return named;
}

asio::awaitable<std::variant<PagedList<RecoveryPoint>, Event>> Performer::read_points_of(ArmClient& arm, Job job) {
  HttpRequest request = list_points(target_of(arm, job), job.vault, *job.progress.item);
  co_return co_await arm.list_all(std::move(request), &read_points, clock_.now(), priority_of(job));
}

asio::awaitable<Event> Performer::run(FindPoint, ArmClient& arm, Job job, SharedSpec spec) {
  const auto* named = std::get_if<PointById>(&spec->point);
  // A release or a retry does not change the chosen point.
  if (named != nullptr || job.progress.point) {
    const std::string id = job.progress.point ? job.progress.point->id : named->id;
    auto read = co_await read_named_point(arm, job, id);
    if (auto* event = std::get_if<Event>(&read)) co_return std::move(*event);
    const auto& known = std::get<NamedPoint>(read);
    co_return chosen(known.point, job, *spec, known.read_at);
  }
  auto rows = co_await read_points_of(arm, job);
  if (auto* event = std::get_if<Event>(&rows)) co_return std::move(*event);
  const auto& list = std::get<PagedList<RecoveryPoint>>(rows);
  // The age of a point is measured with Azure's clock, which set the time of the point.
  const Instant now = list.azure_time.value_or(clock_.now());
  const auto point = choose_point(spec->point, list.rows, now);
  if (!point) co_return Event(ResolveFailed{internal_problem("NoSuchRecoveryPoint", point.error().sentence())});
  co_return chosen(*point, job, *spec, now, points_passed_over(spec->point, list.rows, *point, now));
}

asio::awaitable<Event> Performer::run(RequestPreflight, ArmClient& arm, Job job, SharedSpec spec) {
  HttpRequest request = post_preflight(arm.target(), job.vault, *job.progress.item, job.progress.point->id,
                                       restore_request(*spec, job.progress));
  auto answer = co_await arm.send(std::move(request), priority_of(job));
  if (const auto* none = std::get_if<NoResponse>(&answer)) co_return read_failed(*none);
  co_return read_preflight_answer(std::get<HttpResponse>(answer), clock_.now());
}

asio::awaitable<Event> Performer::run(PollPreflight, ArmClient& arm, Job job, SharedSpec) {
  HttpRequest request;
  request.url = absolute_url(arm.target().endpoint, std::get<Validating>(job.state).url);
  if (!is_trusted_url(arm.target().endpoint, request.url)) {
    co_return Event(PreflightSkipped{"the URL of its result is not on " + arm.target().endpoint});
  }
  auto answer = co_await arm.send(std::move(request), priority_of(job));
  if (const auto* none = std::get_if<NoResponse>(&answer)) co_return read_failed(*none);
  co_return read_preflight_result(std::get<HttpResponse>(answer), clock_.now());
}

// The runner sleeps and rests by itself; perform() never receives these two actions.
asio::awaitable<Event> Performer::run(SleepUntil, ArmClient&, Job, SharedSpec) {
  throw std::logic_error("perform: the runner carries out SleepUntil");
  co_return Event();
}
asio::awaitable<Event> Performer::run(Rest, ArmClient&, Job, SharedSpec) {
  throw std::logic_error("perform: the runner carries out Rest");
  co_return Event();
}

}  // namespace azrestored
