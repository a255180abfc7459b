#include "tests/support/served_jobs.hpp"

#include <boost/asio/post.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "core/job/evolve.hpp"
#include "core/jobfile/point_rule.hpp"
#include "core/jobfile/spec.hpp"

namespace azrestored::test {

JobId job_id(int number) {
  std::string digits = std::to_string(number);
  return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

Job sample_job(int number, State state) {
  Job job;
  job.id = job_id(number);
  job.vm = "web0" + std::to_string(number);
  job.name = job.vm + "-drill";
  job.vault = VaultId{"5aa00000-0000-4000-8000-000000000001", "vaults", "main"};
  job.recovery_type = "RestoreDisks";
  job.submitter_uid = 1000;
  job.created_at = *parse_rfc3339("2026-11-20T10:00:00Z") + std::chrono::minutes(number);
  job.since = job.created_at;
  job.state = std::move(state);
  return job;
}

asio::awaitable<Result<Job>> FakeBackend::command(JobId id, EventPayload wanted) {
  commands.push_back(wanted);
  if (refusal) co_return *refusal;
  Job& job = rows_.at(id).job;
  const Event event(std::move(wanted));
  const Moment moment{job.since, 0};
  auto next = evolve(job, event, Policy{}, moment);
  if (!next) co_return next.error();
  job = std::move(next->job);
  co_return job;
}

asio::awaitable<Result<nlohmann::json>> FakeBackend::vms(VaultQuestion question) {
  questions.push_back(PointsQuestion{std::move(question), VmByName{}, LatestPoint{}});
  co_return azure;
}

asio::awaitable<Result<nlohmann::json>> FakeBackend::points(PointsQuestion question) {
  questions.push_back(std::move(question));
  co_return azure;
}

asio::awaitable<Result<nlohmann::json>> FakeBackend::dry_run(SharedSpec spec) {
  tried.push_back(std::move(spec));
  co_return azure;
}

asio::awaitable<Result<MetricsText>> FakeBackend::metrics(std::string accept) {
  accepted.push_back(std::move(accept));
  co_return metrics_text;
}

nlohmann::json FakeBackend::status() {
  const nlohmann::json profile = {
      {"name", "default"}, {"method", "managedIdentity"}, {"ok", true}, {"problem", nullptr}};
  return {{"startedAt", "2026-11-20T09:00:00Z"},
          {"settings",
           {{"file", "/etc/azrestored/azrestored.json"},
            {"modifiedAt", "2026-11-20T09:00:00Z"},
            {"needsRestart", {"limits.connections", "arm.caFile"}}}},
          {"active", 2},
          {"store", "/var/lib/azrestored/azrestored.db"},
          {"spool", {{"directory", "/var/spool/azrestored"}, {"accepted", 5}, {"rejected", 1}, {"leftAlone", 0}}},
          {"budgets", nlohmann::json::array({{{"profile", "default"},
                                              {"subscription", "sub"},
                                              {"action", "Microsoft.RecoveryServices/vaults/backupJobs/read"},
                                              {"limitPerHour", 150},
                                              {"left", 12},
                                              {"waiting", 1},
                                              {"refusedUntil", nullptr}}})},
          {"signIn", {{"ok", true}, {"problem", nullptr}, {"profiles", nlohmann::json::array({profile})}}},
          {"arm", "https://management.azure.com"}};
}

ServedJobs::ServedJobs() : thread_([this] { loop_.run(); }) {}

ServedJobs::~ServedJobs() {
  stop();
  work_.reset();
  thread_.join();
}

Result<void> ServedJobs::serve(ControlServer::Options options) {
  if (options.path.empty()) options.path = socket();
  Result<void> started;
  on_loop([&] {
    server_ = std::make_unique<ControlServer>(loop_, ControlServer::Sources{store, backend, clock}, options);
    started = server_->start();
  });
  return started;
}

void ServedJobs::stop() {
  on_loop([this] { server_.reset(); });
}

void ServedJobs::on_loop(std::function<void()> deed) {
  std::promise<void> done;
  asio::post(loop_, [&] {
    deed();
    done.set_value();
  });
  done.get_future().wait();
}

void ServedJobs::put(Job job, std::vector<HistoryLine> history) {
  on_loop([&] {
    auto& row = (*rows)[job.id];
    row.job = std::move(job);
    row.history = std::move(history);
  });
}

}  // namespace azrestored::test
