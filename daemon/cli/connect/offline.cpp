#include "daemon/cli/connect/offline.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <nlohmann/json.hpp>

#include "core/admission/wait_reason.hpp"
#include "core/jobfile/spec.hpp"
#include "daemon/control/routes.hpp"
#include "persistence/sqlite/read_only_store.hpp"

namespace azrestored::cli {
namespace {

Error read_only() {
  return {ErrorKind::refused, "azrestored is not running; without it the database is read-only"};
}

/// The database as a JobStore. No call waits. Calls that write are refused.
class ReadOnlyPort final : public JobStore {
 public:
  explicit ReadOnlyPort(ReadOnlyStore store) : store_(std::move(store)) {}

  asio::awaitable<Result<Job>> load(JobId id) override { co_return store_.load(id); }
  asio::awaitable<Result<std::vector<Job>>> list(JobQuery query) override { co_return store_.list(query); }
  asio::awaitable<Result<std::vector<Job>>> find(std::string text) override { co_return store_.find(text); }
  asio::awaitable<Result<std::vector<HistoryLine>>> history(JobId id) override { co_return store_.history(id); }
  asio::awaitable<Result<std::optional<std::int64_t>>> place_in_line(JobId id, std::optional<Cap> cap) override {
    co_return store_.place_in_line(id, cap);
  }
  asio::awaitable<Result<std::vector<std::pair<std::string, std::int64_t>>>> count_by_state() override {
    co_return store_.count_by_state();
  }

  asio::awaitable<Result<void>> insert(NewJob, HistoryLine) override { co_return read_only(); }
  asio::awaitable<Result<Job>> save(Job, std::optional<HistoryLine>) override { co_return read_only(); }
  asio::awaitable<Result<std::string>> spec(JobId) override { co_return read_only(); }
  asio::awaitable<Result<std::vector<Job>>> claim(int, Admission) override { co_return read_only(); }
  asio::awaitable<Result<std::vector<Job>>> resume(int, std::optional<JobId>) override { co_return read_only(); }
  asio::awaitable<Result<void>> release_claims(std::optional<JobId>) override { co_return read_only(); }

 private:
  ReadOnlyStore store_;
};

class NoDaemon final : public ControlBackend {
 public:
  asio::awaitable<Result<Job>> command(JobId, Happening) override { co_return read_only(); }
  asio::awaitable<Result<nlohmann::json>> vms(VaultQuestion) override { co_return read_only(); }
  asio::awaitable<Result<nlohmann::json>> points(PointsQuestion) override { co_return read_only(); }
  asio::awaitable<Result<nlohmann::json>> dry_run(SharedSpec) override { co_return read_only(); }
  std::optional<WaitReason> waiting(const Job&) override { return std::nullopt; }
  std::optional<Instant> goes_on_at(const JobId&) override { return std::nullopt; }
  void watched(JobId) override {}
  asio::awaitable<Result<MetricsText>> metrics(std::string) override { co_return read_only(); }
  nlohmann::json status() override { return nlohmann::json::object(); }
};

class DatabaseJobs final : public OfflineJobs {
 public:
  explicit DatabaseJobs(ReadOnlyStore store) : store_(std::move(store)) {}

  Answer get(const ControlTarget& target) override {
    ControlRequest request;
    request.method = "GET";
    request.target = target.text();
    ControlReply reply;
    asio::io_context context(1);
    asio::co_spawn(context, routes_.answer(std::move(request)), [&](const std::exception_ptr& bug, ControlReply given) {
      if (bug) std::rethrow_exception(bug);
      reply = std::move(given);
    });
    context.run();
    if (reply.status == 200) return std::move(reply.body);
    return Failure(reply.body["error"]["code"], reply.body["error"]["message"]);
  }

 private:
  ReadOnlyPort store_;
  NoDaemon backend_;
  ControlRoutes routes_{store_, backend_};
};

}  // namespace

boost::system::result<std::unique_ptr<OfflineJobs>, Failure> OfflineJobs::open(const std::string& database) {
  auto store = ReadOnlyStore::open(database);
  if (!store) return Failure("unreachable", store.error().sentence());
  return std::make_unique<DatabaseJobs>(std::move(*store));
}

}  // namespace azrestored::cli
