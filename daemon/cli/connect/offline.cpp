#include "daemon/cli/connect/offline.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <nlohmann/json.hpp>

#include "core/admission/wait_reason.hpp"
#include "core/jobfile/spec.hpp"
#include "daemon/cli/connect/open_read_only.hpp"
#include "daemon/control/routes.hpp"
#include "daemon/os/system_clock.hpp"

namespace azrestored::cli {
namespace {

Error read_only() {
  return {ErrorKind::refused, "azrestored is not running; without it the database is read-only"};
}

class NoDaemon final : public ControlBackend {
 public:
  asio::awaitable<Result<Job>> command(JobId, EventPayload) override { co_return read_only(); }
  asio::awaitable<Result<nlohmann::json>> vms(VaultQuestion) override { co_return read_only(); }
  asio::awaitable<Result<nlohmann::json>> points(PointsQuestion) override { co_return read_only(); }
  asio::awaitable<Result<nlohmann::json>> dry_run(SharedSpec) override { co_return read_only(); }
  std::optional<WaitReason> waiting(const Job&) override { return std::nullopt; }
  std::optional<Instant> goes_on_at(const JobId&) override { return std::nullopt; }
  void watched(JobId) override {}
  asio::awaitable<Result<MetricsText>> metrics(std::string) override { co_return read_only(); }
  asio::awaitable<Result<nlohmann::json>> spool(std::size_t) override { co_return read_only(); }
  nlohmann::json status() override { return nlohmann::json::object(); }
};

class StoredJobs final : public OfflineJobs {
 public:
  explicit StoredJobs(std::unique_ptr<JobStore> store) : store_(std::move(store)) {}

  Answer get(const ControlTarget& target) override {
    ControlRequest request;
    request.method = "GET";
    request.target = target.text();
    ControlReply reply;
    asio::co_spawn(loop_, routes_.answer(std::move(request)), [&](const std::exception_ptr& bug, ControlReply given) {
      if (bug) std::rethrow_exception(bug);
      reply = std::move(given);
    });
    loop_.restart();
    loop_.run();
    if (reply.status == 200) return std::move(reply.body);
    return Failure(reply.body["error"]["code"], reply.body["error"]["message"]);
  }

 private:
  asio::io_context loop_{1};
  const SystemClock clock_{loop_.get_executor()};
  const std::unique_ptr<JobStore> store_;
  NoDaemon backend_;
  ControlRoutes routes_{*store_, backend_, clock_};
};

}  // namespace

boost::system::result<std::unique_ptr<OfflineJobs>, Failure> OfflineJobs::open(const Settings& settings) {
  auto store = open_read_only_store(settings);
  if (!store) return Failure("unreachable", store.error().sentence());
  return std::make_unique<StoredJobs>(std::move(*store));
}

}  // namespace azrestored::cli
