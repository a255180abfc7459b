// Requests to the control socket, after the HTTP parser: the first line is "METHOD TARGET [UID]", the rest the body.
// The real routes over jobs in memory, and a backend that acts like the daemon without Azure. Every request gets a
// response of the protocol: a known status, and for a refusal a code and a sentence.
#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <nlohmann/json.hpp>

#include "core/admission/wait_reason.hpp"
#include "core/job/evolve.hpp"
#include "core/jobfile/point_rule.hpp"
#include "core/jobfile/spec.hpp"
#include "daemon/control/routes.hpp"
#include "persistence/memory/memory_store.hpp"
#include "tests/fuzz/message.hpp"
#include "tests/fuzz/properties.hpp"
#include "tests/fuzz/targets.hpp"

namespace azrestored::fuzz {
namespace {

using nlohmann::json;

const Instant now = *parse_rfc3339("2026-11-20T10:00:00Z");

/// Three jobs: queued, failed and held; the first two share a name.
std::shared_ptr<MemoryStore::Rows> some_jobs() {
  auto rows = std::make_shared<MemoryStore::Rows>();
  const std::array<State, 3> states = {Queued{}, Failed{}, Held{true}};
  for (std::size_t i = 0; i < states.size(); ++i) {
    Job job;
    job.id = "0000000" + std::to_string(i + 1) + "-0000-4000-8000-000000000001";
    job.name = i < 2 ? "drill" : "web03";
    job.vm = "web0" + std::to_string(i + 1);
    job.vault = {"sub", "vault-rg", "safe"};
    job.recovery_type = "RestoreDisks";
    job.created_at = job.since = now;
    job.state = states[i];
    HistoryLine line;
    line.at = now;
    line.to = state_name(job.state);
    line.cause = "submitted";
    (*rows)[job.id] = MemoryStore::Row{job, "{}", "", {line}};
  }
  return rows;
}

class Backend final : public ControlBackend {
 public:
  explicit Backend(MemoryStore::Rows& rows) : rows_(rows) {}

  asio::awaitable<Result<Job>> command(JobId id, EventPayload wanted) override {
    Job& job = rows_.at(id).job;
    const Event event(std::move(wanted));
    const Moment moment{now, 0};
    auto next = evolve(job, event, Policy{}, moment);
    if (!next) co_return next.error();
    job = std::move(next->job);
    require_storable(job);
    co_return job;
  }
  asio::awaitable<Result<json>> vms(VaultQuestion question) override {
    require(VaultId::parse(question.vault.arm_id()).has_value(), "a question about a vault names one");
    co_return json::object();
  }
  asio::awaitable<Result<json>> points(PointsQuestion question) override {
    require(VaultId::parse(question.where.vault.arm_id()).has_value(), "a question about points names a vault");
    require(!std::holds_alternative<PointById>(question.rule), "a request for points has no id of a point");
    co_return json::object();
  }
  asio::awaitable<Result<MetricsText>> metrics(std::string) override { co_return MetricsText{"text/plain", "up 1\n"}; }
  asio::awaitable<Result<json>> dry_run(SharedSpec spec) override {
    require(spec != nullptr, "a dry run gets only valid job files");
    co_return json::object();
  }
  std::optional<WaitReason> waiting(const Job& job) override {
    require(rows_.contains(job.id), "a waiting job exists");
    return std::nullopt;
  }
  std::optional<Instant> goes_on_at(const JobId& id) override {
    require(rows_.contains(id), "a shown job exists");
    return std::nullopt;
  }
  void watched(JobId id) override { require(rows_.contains(id), "a watched job exists"); }
  asio::awaitable<Result<json>> spool(std::size_t most) override {
    require(most >= 1 && most <= 1000, "a list of the spool has a limit");
    co_return json::object();
  }
  json status() override { return json::object(); }

 private:
  MemoryStore::Rows& rows_;
};

/// Never passes.
class StoppedClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return fuzz::now; }
  std::unique_ptr<Timer> make_timer() override { return nullptr; }
};

ControlRequest request_of(std::string_view input) {
  std::string_view line = take_line(input);
  ControlRequest request;
  request.method = line.substr(0, line.find(' '));
  request.target = line.substr(std::min(request.method.size() + 1, line.size()));
  request.uid = 1000;
  request.body = input;
  return request;
}

ControlReply reply_to(const ControlRequest& request) {
  const auto rows = some_jobs();
  MemoryStore store("fuzz", rows);
  Backend backend(*rows);
  const StoppedClock clock;
  ControlRoutes routes(store, backend, clock);
  asio::io_context loop(1);
  ControlReply reply;
  asio::co_spawn(loop, routes.answer(request), [&](const std::exception_ptr& problem, ControlReply answer) {
    if (problem) std::rethrow_exception(problem);
    reply = std::move(answer);
  });
  loop.run();
  return reply;
}

void check_reply(const ControlReply& reply) {
  constexpr std::array statuses = {200, 400, 404, 405, 409};
  require(std::ranges::find(statuses, reply.status) != statuses.end(), "the status is one of the protocol");
  require(reply.body.is_object(), "every response is an object");
  require(json::accept(reply.body.dump(-1, ' ', false, json::error_handler_t::replace)), "every response is JSON");
  if (reply.status == 200) return;
  require(!reply.body["error"]["code"].get<std::string>().empty(), "an error has a code");
  require_sentence(reply.body["error"]["message"].get<std::string>());
}

void check_target(const std::string& text) {
  const auto target = ControlTarget::parse(text);
  // An empty segment at the end has no written form.
  if (!target || target->path.empty() || target->path.back().empty()) return;
  const auto again = ControlTarget::parse(target->text());
  require(again && again->path == target->path && again->query == target->query,
          "a parsed target is written in the same form");
}

}  // namespace

void control_requests(std::string_view input) {
  const ControlRequest request = request_of(input);
  check_target(request.target);
  check_reply(reply_to(request));
}

}  // namespace azrestored::fuzz
