// Answers people's questions that have to be asked of Azure: what is in a vault, and what a job would do (dry run).
// Each is a coroutine of its caller's; stop() ends all of them at once, so that a person who waits for an answer keeps
// no daemon from stopping. Everything runs on the io_context's thread.
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
  /// The references outlive the desk and every answer in progress.
  AzureQueries(const asio::any_io_executor& executor, const ArmClients& sessions, Clock& clock, IdSource& ids,
               const Policy& policy);

  asio::awaitable<Result<nlohmann::json>> vms(VaultQuestion question);
  asio::awaitable<Result<nlohmann::json>> points(PointsQuestion question);
  asio::awaitable<Result<nlohmann::json>> dry_run(SharedSpec spec);

  /// Whoever waits is told that the daemon stops (`cancelled`), as is whoever comes later.
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
