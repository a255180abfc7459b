#include "daemon/control_routes.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "core/job_lookup.hpp"
#include "core/job_view.hpp"
#include "core/text.hpp"
#include "daemon/control_protocol.hpp"

namespace azrestored {
namespace {

/// An error of the store or the backend, as the protocol words it.
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

/// As error_reply, for a lookup, whose refusal means that several jobs fit.
ControlReply lookup_error(const Error& error) {
  if (error.kind() == ErrorKind::refused) return control_error(409, "ambiguous", error.sentence());
  return error_reply(error);
}

ControlReply bad_request(std::string message) {
  return control_error(400, "badRequest", std::move(message));
}

ControlReply no_such_route(const ControlRequest& request) {
  return control_error(404, "notFound",
                       "there is no " + printable(request.method) + " " + printable(request.target) +
                           "; the requests are listed in daemon/control_protocol.hpp");
}

/// What is wrong with the query of a list, or "".
std::string read_list_query(const std::map<std::string, std::string>& members, JobQuery& query) {
  query.limit = default_jobs_per_page;
  for (const auto& [name, value] : members) {
    if (name == "state") {
      const auto known = state_names();
      if (std::ranges::find(known, value) == known.end()) {
        const std::string nearest = nearest_name(value, known);
        return "there is no state \"" + printable(value) + "\"" +
               (nearest.empty() ? std::string() : "; did you mean \"" + nearest + "\"?");
      }
      query.state = value;
    } else if (name == "limit") {
      const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), query.limit);
      if (problem != std::errc() || end != value.data() + value.size() || query.limit < 1 ||
          query.limit > most_jobs_per_page) {
        return "limit is \"" + printable(value) + "\"; expected a number from 1 to " +
               std::to_string(most_jobs_per_page);
      }
    } else if (name == "after") {
      query.after = value;
    } else {
      return "a list has no parameter \"" + printable(name) + "\"; it has state, limit and after";
    }
  }
  return "";
}

}  // namespace

ControlReply control_error(int status, std::string code, std::string message) {
  ControlReply reply;
  reply.status = status;
  reply.body["error"]["code"] = std::move(code);
  reply.body["error"]["message"] = std::move(message);
  return reply;
}

asio::awaitable<ControlReply> ControlRoutes::answer(ControlRequest request) {
  const auto target = ControlTarget::parse(request.target);
  if (!target) co_return bad_request("the request's target is malformed: " + printable(request.target));
  const auto& path = target->path;
  if (path.size() < 2 || path.size() > 4 || path[0] != control_api_prefix) co_return no_such_route(request);
  const bool is_command = path.size() == 4 && path[3] == "cancel";
  if (request.method != (is_command ? "POST" : "GET")) {
    co_return control_error(
        405, "badRequest",
        "expected " + std::string(is_command ? "POST" : "GET") + ", found " + printable(request.method));
  }

  if (path.size() == 2 && path[1] == "status") co_return co_await status();
  if (path[1] != "jobs") co_return no_such_route(request);
  if (path.size() == 2) {
    JobQuery query;
    std::string fault = read_list_query(target->query, query);
    if (!fault.empty()) co_return bad_request(std::move(fault));
    co_return co_await list(query);
  }
  if (path.size() == 4 && !is_command && path[3] != "events") co_return no_such_route(request);

  const Result<Job> job = co_await meant_by(path[2]);
  if (!job) co_return lookup_error(job.error());
  if (is_command) co_return co_await cancel(*job, request.uid);
  if (path.size() == 4) co_return co_await events(*job);
  const auto watch = target->query.find("watch");
  co_return co_await details(*job, watch != target->query.end() && watch->second == "1");
}

asio::awaitable<ControlReply> ControlRoutes::status() {
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

asio::awaitable<ControlReply> ControlRoutes::list(JobQuery query) {
  JobQuery one_more = query;  // tells whether there is a next page
  ++one_more.limit;
  auto jobs = co_await store_.list(one_more);
  if (!jobs) co_return error_reply(jobs.error());
  const bool more = jobs->size() > static_cast<std::size_t>(query.limit);
  if (more) jobs->resize(static_cast<std::size_t>(query.limit));
  ControlReply reply;
  reply.body["jobs"] = nlohmann::json::array();
  for (const Job& job : *jobs) reply.body["jobs"].push_back(job_summary(job));
  if (more) {
    reply.body["next"] = jobs->back().id;
  } else {
    reply.body["next"] = nullptr;
  }
  co_return reply;
}

asio::awaitable<ControlReply> ControlRoutes::details(Job job, bool watch) {
  if (watch && !is_at_rest(job.state)) backend_.watched(job.id);
  const auto history = co_await store_.history(job.id);
  if (!history) co_return error_reply(history.error());
  ControlReply reply;
  reply.body = job_details(job, *history);
  co_return reply;
}

asio::awaitable<ControlReply> ControlRoutes::events(Job job) {
  const auto history = co_await store_.history(job.id);
  if (!history) co_return error_reply(history.error());
  ControlReply reply;
  reply.body["id"] = job.id;
  reply.body["events"] = nlohmann::json::array();
  for (const HistoryLine& line : *history) reply.body["events"].push_back(history_line(line));
  co_return reply;
}

asio::awaitable<ControlReply> ControlRoutes::cancel(Job job, uid_t uid) {
  const auto answer = co_await backend_.cancel(job.id, uid);
  if (!answer) co_return error_reply(answer.error());
  ControlReply reply;
  reply.body["job"] = job_summary(answer->job);
  reply.body["answer"] = answer->sentence;
  co_return reply;
}

asio::awaitable<Result<Job>> ControlRoutes::meant_by(std::string text) {
  auto candidates = co_await store_.find(text);
  if (!candidates) co_return candidates.error();
  co_return find_job(text, std::move(*candidates));
}

}  // namespace azrestored
