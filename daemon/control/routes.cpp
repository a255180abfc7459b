#include "daemon/control/routes.hpp"

#include <unistd.h>
#include <nlohmann/json.hpp>

#include "core/base/utf8.hpp"
#include "core/jobfile/job_file.hpp"
#include "core/json/fault.hpp"
#include "core/view/end_estimate.hpp"
#include "core/view/explain.hpp"
#include "core/view/job_lookup.hpp"
#include "core/view/job_view.hpp"
#include "daemon/control/commands.hpp"
#include "daemon/control/list_query.hpp"
#include "daemon/control/protocol.hpp"

namespace azrestored {
namespace {

/// The protocol's response to an error of the store or the backend.
ControlReply error_reply(const Error& error) {
  switch (error.kind()) {
    case ErrorKind::not_found:
      return control_error(404, "notFound", error.sentence());
    case ErrorKind::refused:
    case ErrorKind::conflict:
      return control_error(409, "conflict", error.sentence());
    case ErrorKind::unauthorized:
      return control_error(403, "notAuthorized", error.sentence());
    case ErrorKind::transient:
    case ErrorKind::throttled:
    case ErrorKind::cancelled:
      return control_error(503, "unavailable", error.sentence());
    case ErrorKind::corrupt:
      return control_error(500, "internal", error.sentence());
  }
  return control_error(500, "internal", error.sentence());
}

/// As error_reply, for a lookup: there `refused` means that several jobs match.
ControlReply lookup_error(const Error& error) {
  if (error.kind() == ErrorKind::refused) return control_error(409, "ambiguous", error.sentence());
  return error_reply(error);
}

/// As error_reply, for a request to Azure: the codes distinguish its failures from those of azrestored.
ControlReply azure_reply(const Result<nlohmann::json>& answer) {
  if (answer) return ControlReply{200, *answer};
  const Error& error = answer.error();
  switch (error.kind()) {
    case ErrorKind::transient:
    case ErrorKind::throttled:
      return control_error(503, "azureUnavailable", error.sentence());
    case ErrorKind::refused:
      return control_error(409, "azureRefused", error.sentence());
    case ErrorKind::conflict:
      return control_error(409, "ambiguous", error.sentence());
    case ErrorKind::not_found:
    case ErrorKind::unauthorized:
    case ErrorKind::cancelled:
    case ErrorKind::corrupt:
      return error_reply(error);
  }
  return error_reply(error);
}

ControlReply bad_request(std::string message) {
  return control_error(400, "badRequest", std::move(message));
}

ControlReply no_such_route(const ControlRequest& request) {
  return control_error(404, "notFound",
                       "there is no " + printable(request.method) + " " + printable(request.target) +
                           "; use azrestorectl of the same version");
}

ControlReply wrong_method(const std::string& expected, const ControlRequest& request) {
  return control_error(405, "badRequest", "expected " + expected + ", found " + printable(request.method));
}

/// This many of the newest jobs are searched for a similar name.
constexpr int max_names_considered = 200;

}  // namespace

ControlReply control_error(int status, std::string code, std::string message) {
  ControlReply reply;
  reply.status = status;
  reply.body["error"]["code"] = std::move(code);
  reply.body["error"]["message"] = std::move(message);
  return reply;
}

/// The protocol (daemon/control/protocol.hpp), one row for each route.
std::span<const Route<ControlRoutes::AnyHandler>> ControlRoutes::table() {
  using Routes = ControlRoutes;
  static constexpr Route<AnyHandler> routes[] = {
      {"GET", "/metrics", &Routes::metrics},
      {"GET", "/v1/status", &Routes::status},
      {"GET", "/v1/spool", &Routes::spool},
      {"GET", "/v1/vms", &Routes::vms},
      {"GET", "/v1/points", &Routes::points},
      {"POST", "/v1/dry-run", &Routes::dry_run},
      {"GET", "/v1/jobs", &Routes::list},
      {"GET", "/v1/jobs/{job}", &Routes::details},
      {"GET", "/v1/jobs/{job}/events", &Routes::events},
      {"GET", "/v1/jobs/{job}/explain", &Routes::explain},
      {"POST", "/v1/jobs/{job}/cancel", &Routes::command},
      {"POST", "/v1/jobs/{job}/hold", &Routes::command},
      {"POST", "/v1/jobs/{job}/release", &Routes::command},
      {"POST", "/v1/jobs/{job}/retry", &Routes::command},
  };
  return routes;
}

asio::awaitable<ControlReply> ControlRoutes::answer(ControlRequest request) {
  auto target = ControlTarget::parse(request.target);
  if (!target) co_return bad_request("the request's target is malformed: " + printable(request.target));
  const RouteMatch<AnyHandler> match = find_route(table(), request.method, target->path);
  if (match.route == nullptr)
    co_return match.allowed.empty() ? no_such_route(request) : wrong_method(match.allowed, request);

  Call call{std::move(request), std::move(*target)};
  if (const auto* handler = std::get_if<Handler>(&match.route->handler))
    co_return co_await (this->**handler)(std::move(call));
  Result<Job> job = co_await meant_by(match.parameter);
  if (!job) co_return lookup_error(job.error());
  const JobHandler handler = std::get<JobHandler>(match.route->handler);
  co_return co_await (this->*handler)(std::move(*job), std::move(call));
}

asio::awaitable<ControlReply> ControlRoutes::status(Call) {
  const auto counts = co_await store_.count_by_state();
  if (!counts) co_return error_reply(counts.error());
  ControlReply reply;
  reply.body = backend_.status();
  reply.body["version"] = AZRESTORED_VERSION;
  reply.body["pid"] = ::getpid();
  reply.body["jobs"] = nlohmann::json::object();
  for (const auto& [state, count] : *counts) reply.body["jobs"][state] = count;
  co_return reply;
}

asio::awaitable<ControlReply> ControlRoutes::metrics(Call call) {
  auto text = co_await backend_.metrics(std::move(call.request.accept));
  if (!text) co_return error_reply(text.error());
  ControlReply reply;
  reply.text = std::move(*text);
  co_return reply;
}

asio::awaitable<ControlReply> ControlRoutes::spool(Call call) {
  const auto most = read_spool_query(call.target.query);
  if (!most) co_return bad_request(most.error().sentence());
  auto files = co_await backend_.spool(*most);
  if (!files) co_return error_reply(files.error());
  ControlReply reply;
  reply.body = std::move(*files);
  co_return reply;
}

asio::awaitable<ControlReply> ControlRoutes::list(Call call) {
  JobQuery query;
  std::string fault = read_list_query(call.target.query, query);
  if (!fault.empty()) co_return bad_request(std::move(fault));
  JobQuery one_more = query;  // shows whether there is a next page
  ++one_more.limit;
  auto jobs = co_await store_.list(one_more);
  if (!jobs) co_return error_reply(jobs.error());
  const bool more = jobs->size() > static_cast<std::size_t>(query.limit);
  if (more) jobs->resize(static_cast<std::size_t>(query.limit));
  ControlReply reply;
  reply.body["jobs"] = nlohmann::json::array();
  for (const Job& job : *jobs) {
    nlohmann::json summary = co_await summary_of(job);
    reply.body["jobs"].push_back(std::move(summary));
  }
  if (more) {
    reply.body["next"] = jobs->back().id;
  } else {
    reply.body["next"] = nullptr;
  }
  co_return reply;
}

asio::awaitable<ControlReply> ControlRoutes::details(Job job, Call call) {
  const auto watch = call.target.query.find("watch");
  const bool is_watched = watch != call.target.query.end() && watch->second == "1";
  if (is_watched && !is_at_rest(job.state)) backend_.watched(job.id);
  const auto history = co_await store_.history(job.id);
  if (!history) co_return error_reply(history.error());
  const std::optional<WaitReason> waiting = co_await line_of(job);
  const std::optional<Millis> usual = co_await usual_for(job);
  ControlReply reply;
  reply.body = job_details(as_it_goes_on(std::move(job)), *history, waiting, usual);
  co_return reply;
}

asio::awaitable<ControlReply> ControlRoutes::events(Job job, Call) {
  const auto history = co_await store_.history(job.id);
  if (!history) co_return error_reply(history.error());
  ControlReply reply;
  reply.body["id"] = job.id;
  reply.body["events"] = nlohmann::json::array();
  for (const HistoryLine& line : *history) reply.body["events"].push_back(history_line(line));
  co_return reply;
}

asio::awaitable<ControlReply> ControlRoutes::explain(Job job, Call) {
  const auto history = co_await store_.history(job.id);
  if (!history) co_return error_reply(history.error());
  const std::optional<WaitReason> waiting = co_await line_of(job);
  ControlReply reply;
  reply.body = azrestored::explain(as_it_goes_on(std::move(job)), *history, clock_.now(), waiting);
  co_return reply;
}

asio::awaitable<ControlReply> ControlRoutes::command(Job job, Call call) {
  const EventPayload wanted = command_of(call.target.path.back(), call.target.query, call.request.uid);
  const auto changed = co_await backend_.command(job.id, wanted);
  if (!changed) co_return error_reply(changed.error());
  ControlReply reply;
  nlohmann::json summary = co_await summary_of(*changed);
  reply.body["job"] = std::move(summary);
  reply.body["answer"] = answer_to(wanted, *changed);
  co_return reply;
}

asio::awaitable<ControlReply> ControlRoutes::vms(Call call) {
  auto question = read_vault_question(call.target.query);
  if (!question) co_return bad_request(question.error().sentence());
  const auto vms = co_await backend_.vms(std::move(*question));
  co_return azure_reply(vms);
}

asio::awaitable<ControlReply> ControlRoutes::points(Call call) {
  auto question = read_points_question(call.target.query);
  if (!question) co_return bad_request(question.error().sentence());
  const auto points = co_await backend_.points(std::move(*question));
  co_return azure_reply(points);
}

asio::awaitable<ControlReply> ControlRoutes::dry_run(Call call) {
  std::vector<Fault> faults;
  auto spec = read_job_spec(call.request.body, faults);
  if (!spec) {
    std::string sentence = "the job file is wrong:";
    for (const Fault& fault : faults) sentence += " " + fault.text();
    co_return bad_request(std::move(sentence));
  }
  const auto shared = std::make_shared<const JobSpec>(std::move(*spec));
  const auto tried = co_await backend_.dry_run(shared);
  co_return azure_reply(tried);
}

asio::awaitable<nlohmann::json> ControlRoutes::summary_of(Job job) {
  const std::optional<Millis> usual = co_await usual_for(job);
  const std::optional<WaitReason> waiting = backend_.waiting(job);
  co_return job_summary(as_it_goes_on(std::move(job)), waiting, usual);
}

/// The recent duration of similar restores, if the end of the job is estimated from it.
asio::awaitable<std::optional<Millis>> ControlRoutes::usual_for(Job job) {
  const Instant now = clock_.now();
  if (!asks_past_runs(job, now)) co_return std::nullopt;
  co_return co_await past_runs_.usual(std::move(job), now);
}

/// The row with the time at which an active job continues. The stored time is only as new as its last saved event.
Job ControlRoutes::as_it_goes_on(Job job) {
  if (const auto at = backend_.goes_on_at(job.id); at && !is_at_rest(job.state)) job.not_before = *at;
  return job;
}

/// What the job waits for, with its queue position. A queued job has a position without a daemon too. If the store
/// cannot be read, the response has none.
asio::awaitable<std::optional<WaitReason>> ControlRoutes::line_of(Job job) {
  std::optional<WaitReason> waiting = backend_.waiting(job);
  if (!std::holds_alternative<Queued>(job.state) || (waiting && waiting->queue_position)) co_return waiting;
  const std::optional<ConcurrencyLimit> cap = waiting ? waiting->limit() : std::nullopt;
  const auto place = co_await store_.queue_position(job.id, cap);
  if (!place || !*place) co_return waiting;
  if (!waiting) waiting = WaitReason{ActiveJobsWait{}, std::nullopt};
  waiting->queue_position = *place;
  co_return waiting;
}

asio::awaitable<Result<Job>> ControlRoutes::meant_by(std::string text) {
  auto candidates = co_await store_.find(text);
  if (!candidates) co_return candidates.error();
  Result<Job> found = find_job(text, std::move(*candidates));
  if (found || found.error().kind() != ErrorKind::not_found) co_return found;
  JobQuery newest;
  newest.limit = max_names_considered;
  const auto known = co_await store_.list(std::move(newest));
  if (known) co_return no_such_job(text, *known);
  co_return found;
}

}  // namespace azrestored
