#include "daemon/app/azure_queries.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <nlohmann/json.hpp>

#include "core/jobfile/spec.hpp"
#include "core/queries/dry_run.hpp"
#include "daemon/os/as_result.hpp"
#include "daemon/os/stopping.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

/// An exception of one query is an error of that query only. Caught here, because operator|| would wait for the timer.
asio::awaitable<Result<json>> guarded(asio::awaitable<Result<json>> work) {
  try {
    co_return co_await std::move(work);
  } catch (const std::exception& bug) {
    co_return Error(ErrorKind::corrupt, std::string("azrestored could not answer: ") + bug.what());
  }
}

asio::awaitable<void> until_cancelled(asio::steady_timer& timer) {
  co_await timer.async_wait(as_result);
}

}  // namespace

AzureQueries::AzureQueries(const asio::any_io_executor& executor, const ArmClients& sessions, Clock& clock,
                           IdSource& ids, const Policy& policy)
    : sessions_(sessions), clock_(clock), policy_(policy), performer_(sessions, clock, ids), stopped_(executor) {
  stopped_.expires_at(asio::steady_timer::time_point::max());
}

void AzureQueries::stop() {
  stopping_ = true;
  stopped_.cancel();
}

asio::awaitable<Result<json>> AzureQueries::vms(VaultQuestion question) {
  auto work = protected_vms(sessions_, clock_, std::move(question));
  co_return co_await unless_stopped(std::move(work));
}

asio::awaitable<Result<json>> AzureQueries::points(PointsQuestion question) {
  auto work = recovery_points(sessions_, clock_, std::move(question));
  co_return co_await unless_stopped(std::move(work));
}

asio::awaitable<Result<json>> AzureQueries::dry_run(SharedSpec spec) {
  auto work = tried(std::move(spec));
  co_return co_await unless_stopped(std::move(work));
}

asio::awaitable<Result<json>> AzureQueries::tried(SharedSpec spec) {
  co_return co_await azrestored::dry_run(performer_, clock_, policy_, std::move(spec));
}

asio::awaitable<Result<json>> AzureQueries::unless_stopped(asio::awaitable<Result<json>> work) {
  using namespace asio::experimental::awaitable_operators;
  const Error stopping(ErrorKind::cancelled, stopping_sentence);
  if (stopping_) co_return stopping;
  auto safe_work = guarded(std::move(work));
  auto stop_order = until_cancelled(stopped_);
  auto first = co_await (std::move(safe_work) || std::move(stop_order));
  if (first.index() == 1) co_return stopping;
  co_return std::move(std::get<0>(first));
}

}  // namespace azrestored
