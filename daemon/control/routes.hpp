// The response to each request to the control socket (daemon/control/protocol.hpp), apart from sockets and HTTP. Reads
// use the store. Commands, and the status of the daemon, use a ControlBackend.
#pragma once

#include <sys/types.h>

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <variant>

#include "core/admission/wait_reason.hpp"
#include "core/base/clock.hpp"
#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/job/event.hpp"
#include "core/job/job.hpp"
#include "core/jobfile/spec.hpp"
#include "core/queries/inventory.hpp"
#include "core/store/job_store.hpp"
#include "core/view/past_durations.hpp"
#include "daemon/control/protocol.hpp"
#include "daemon/control/route_table.hpp"
#include "daemon/http_server/content.hpp"

namespace azrestored {

/// What the control socket needs from the running daemon.
class ControlBackend {
 public:
  virtual ~ControlBackend() = default;

  /// An operator's command, as Supervisor::command(). Returns the job as saved, or `refused` or `conflict` with a
  /// sentence if the command does not apply.
  virtual asio::awaitable<Result<Job>> command(JobId id, EventPayload wanted) = 0;

  /// As core/queries/inventory.hpp and core/queries/dry_run.hpp promise.
  virtual asio::awaitable<Result<nlohmann::json>> vms(VaultQuestion question) = 0;
  virtual asio::awaitable<Result<nlohmann::json>> points(PointsQuestion question) = 0;
  virtual asio::awaitable<Result<nlohmann::json>> dry_run(SharedSpec spec) = 0;

  /// The shared resource that a job waits for, as Supervisor::waiting(). Cheap: called for each job of a list.
  [[nodiscard]] virtual std::optional<WaitReason> waiting(const Job& job) = 0;
  /// As Supervisor::goes_on_at(). Cheap too.
  [[nodiscard]] virtual std::optional<Instant> goes_on_at(const JobId& id) = 0;

  /// A client watches this running job; called about once a second. The backend decides when to read its details again,
  /// because each read counts against Azure's quota (azure-backup-api.md 9.2).
  virtual void watched(JobId id) = 0;

  /// The text of GET /metrics in the format that an Accept header asks for.
  virtual asio::awaitable<Result<MetricsText>> metrics(std::string accept) = 0;

  /// The files of the spool that became no job, as as_json() in daemon/spool/listing.hpp: up to `most` of each folder.
  virtual asio::awaitable<Result<nlohmann::json>> spool(std::size_t most) = 0;

  /// The members of GET /v1/status that only the daemon knows: startedAt, settings, active, store, spool, signIn,
  /// budgets, arm.
  virtual nlohmann::json status() = 0;
};

struct ControlRequest {
  std::string method;
  std::string target;
  uid_t uid = 0;
  std::string body{};
  std::string accept{};  // the Accept header
};

struct ControlReply {
  int status = 200;
  nlohmann::json body;
  MetricsText text{};  // instead of the body, unless it is empty
};

/// {"error": {"code", "message"}}
ControlReply control_error(int status, std::string code, std::string message);

class ControlRoutes {
 public:
  /// The references outlive this object and every response in progress. `clock` is the clock of the times in the rows:
  /// "in 5 s" then stays correct after the machine's clock was set.
  ControlRoutes(JobStore& store, ControlBackend& backend, const Clock& clock)
      : store_(store), backend_(backend), clock_(clock), past_runs_(store) {}

  asio::awaitable<ControlReply> answer(ControlRequest request);

 private:
  struct Call {
    ControlRequest request;
    ControlTarget target;
  };
  using Handler = asio::awaitable<ControlReply> (ControlRoutes::*)(Call);
  using JobHandler = asio::awaitable<ControlReply> (ControlRoutes::*)(Job, Call);  // of the job that {job} names
  using AnyHandler = std::variant<Handler, JobHandler>;

  static std::span<const Route<AnyHandler>> table();

  asio::awaitable<ControlReply> metrics(Call call);
  asio::awaitable<ControlReply> status(Call call);
  asio::awaitable<ControlReply> spool(Call call);
  asio::awaitable<ControlReply> vms(Call call);
  asio::awaitable<ControlReply> points(Call call);
  asio::awaitable<ControlReply> dry_run(Call call);
  asio::awaitable<ControlReply> list(Call call);
  asio::awaitable<ControlReply> details(Job job, Call call);
  asio::awaitable<ControlReply> events(Job job, Call call);
  asio::awaitable<ControlReply> explain(Job job, Call call);
  asio::awaitable<ControlReply> command(Job job, Call call);

  asio::awaitable<Result<Job>> meant_by(std::string text);
  asio::awaitable<nlohmann::json> summary_of(Job job);
  [[nodiscard]] Job as_it_goes_on(Job job);
  asio::awaitable<std::optional<WaitReason>> line_of(Job job);
  asio::awaitable<std::optional<Millis>> usual_for(Job job);

  JobStore& store_;
  ControlBackend& backend_;
  const Clock& clock_;
  PastDurations past_runs_;
};

}  // namespace azrestored
