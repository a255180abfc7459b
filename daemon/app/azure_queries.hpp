// The operator's queries that need Azure: what is in a vault, and what a job would do (dry run). Each is a coroutine of
// its caller. stop() ends all of them at once, because a pending response must not delay the stop of the daemon.
// Everything runs on the io_context's thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "core/engine/perform.hpp"
#include "core/job/policy.hpp"
#include "core/jobfile/spec.hpp"
#include "core/queries/inventory.hpp"

namespace azrestored {

class AzureQueries {
 public:
  /// The references outlive this object and every response in progress.
  AzureQueries(const asio::any_io_executor& executor, const ArmClients& sessions, Clock& clock, IdSource& ids,
               const Policy& policy);

  asio::awaitable<Result<nlohmann::json>> vms(VaultQuestion question);
  asio::awaitable<Result<nlohmann::json>> points(PointsQuestion question);
  asio::awaitable<Result<nlohmann::json>> dry_run(SharedSpec spec);

  /// Pending and later queries return `cancelled`: the daemon stops.
  void stop();

 private:
  asio::awaitable<Result<nlohmann::json>> unless_stopped(asio::awaitable<Result<nlohmann::json>> work);
  asio::awaitable<Result<nlohmann::json>> tried(SharedSpec spec);

  const ArmClients& sessions_;
  Clock& clock_;
  const Policy& policy_;
  Performer performer_;
  asio::steady_timer stopped_;  // expires never; stop() cancels it
  bool stopping_ = false;
};

}  // namespace azrestored
