// A control server over a real Unix socket. Its io_context runs on its own thread, its jobs are in memory, and its
// backend records what it is asked. Everything that the server uses is touched only on the loop's thread: see
// on_loop().
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/admission/wait_reason.hpp"
#include "core/jobfile/spec.hpp"
#include "daemon/control/server.hpp"
#include "persistence/memory/memory_store.hpp"
#include "tests/support/settable_clock.hpp"
#include "tests/support/temp_dir.hpp"

namespace azrestored::test {

/// "00000000-0000-4000-8000-00000000NNNN"
JobId job_id(int number);

/// A job called "web0N-drill" of the VM "web0N", created N minutes after 2026-11-20T10:00:00Z and in its state since
/// then.
Job sample_job(int number, State state);

class FakeBackend final : public ControlBackend {
 public:
  explicit FakeBackend(MemoryStore::Rows& rows) : rows_(rows) {}

  /// The result of evolve() for the command, at the time of the job's last change.
  asio::awaitable<Result<Job>> command(JobId id, EventPayload wanted) override;
  asio::awaitable<Result<nlohmann::json>> vms(VaultQuestion question) override;
  asio::awaitable<Result<nlohmann::json>> points(PointsQuestion question) override;
  asio::awaitable<Result<nlohmann::json>> dry_run(SharedSpec spec) override;
  std::optional<WaitReason> waiting(const Job& job) override {
    const auto found = lines.find(job.id);
    return found == lines.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<Instant> goes_on_at(const JobId& id) override {
    const auto found = due.find(id);
    return found == due.end() ? std::nullopt : std::optional(found->second);
  }
  void watched(JobId id) override { watched_jobs.push_back(std::move(id)); }
  asio::awaitable<Result<MetricsText>> metrics(std::string accept) override;
  asio::awaitable<Result<nlohmann::json>> spool(std::size_t most) override {
    files_wanted.push_back(most);
    co_return spooled;
  }
  nlohmann::json status() override;

  std::optional<Error> refusal;                             // what command() answers instead
  Result<nlohmann::json> azure = nlohmann::json::object();  // the answer to the three questions
  std::map<JobId, WaitReason> lines;                        // what jobs wait for
  std::map<JobId, Instant> due;                             // when active jobs continue
  std::vector<JobId> watched_jobs;
  std::vector<EventPayload> commands;
  std::vector<PointsQuestion> questions;  // of vms(): without a VM
  std::vector<SharedSpec> tried;
  Result<MetricsText> metrics_text = MetricsText{"text/plain", "up 1\n"};
  std::vector<std::size_t> files_wanted;  // the limits that spool() was given
  Result<nlohmann::json> spooled = nlohmann::json::object();
  std::vector<std::string> accepted;  // the formats that metrics() was asked for

 private:
  MemoryStore::Rows& rows_;
};

class ServedJobs {
 public:
  ServedJobs();
  ~ServedJobs();

  /// Starts the server; the loop runs from the beginning.
  Result<void> serve(ControlServer::Options options = {});
  /// Stops the server and destroys it, as a daemon that ends does.
  void stop();

  /// Runs `deed` on the loop's thread and waits for it.
  void on_loop(std::function<void()> deed);

  void put(Job job, std::vector<HistoryLine> history = {});
  [[nodiscard]] std::string socket() const { return folder / "control.sock"; }

  test::TempDir folder;
  std::shared_ptr<MemoryStore::Rows> rows = std::make_shared<MemoryStore::Rows>();
  MemoryStore store{"test", rows};
  FakeBackend backend{*rows};
  SettableClock clock;  // the daemon's; to be changed on the loop

 private:
  asio::io_context loop_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_{loop_.get_executor()};
  std::unique_ptr<ControlServer> server_;
  std::thread thread_;
};

}  // namespace azrestored::test
