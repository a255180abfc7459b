#include "daemon/app/control_backend.hpp"

#include <nlohmann/json.hpp>

#include "core/admission/wait_reason.hpp"
#include "core/jobfile/spec.hpp"
#include "daemon/app/budgets_status.hpp"
#include "daemon/spool/listing.hpp"

namespace azrestored {

asio::awaitable<Result<Job>> DaemonControlBackend::command(JobId id, EventPayload wanted) {
  return parts_.supervisor.command(std::move(id), std::move(wanted));
}

asio::awaitable<Result<nlohmann::json>> DaemonControlBackend::vms(VaultQuestion question) {
  return parts_.queries.vms(std::move(question));
}

asio::awaitable<Result<nlohmann::json>> DaemonControlBackend::points(PointsQuestion question) {
  return parts_.queries.points(std::move(question));
}

asio::awaitable<Result<nlohmann::json>> DaemonControlBackend::dry_run(SharedSpec spec) {
  return parts_.queries.dry_run(std::move(spec));
}

std::optional<WaitReason> DaemonControlBackend::waiting(const Job& job) {
  return parts_.supervisor.waiting(job);
}

std::optional<Instant> DaemonControlBackend::goes_on_at(const JobId& id) {
  return parts_.supervisor.goes_on_at(id);
}

void DaemonControlBackend::watched(JobId id) {
  parts_.supervisor.watched(id);
}

asio::awaitable<Result<MetricsText>> DaemonControlBackend::metrics(std::string accept) {
  return parts_.metrics.text(std::move(accept));
}

asio::awaitable<Result<nlohmann::json>> DaemonControlBackend::spool(std::size_t most) {
  const SpoolListing listing = co_await parts_.spool.listing(most);
  co_return as_json(parts_.settings.spool.directory, listing);
}

nlohmann::json DaemonControlBackend::status() {
  const SpoolCounters spooled = parts_.spool.counters();
  return {{"startedAt", to_rfc3339(started_at_)},
          {"settings", parts_.reload.status()},
          {"active", parts_.supervisor.active()},
          {"store", parts_.settings.store.path},
          {"spool",
           {{"directory", parts_.settings.spool.directory},
            {"accepted", spooled.accepted},
            {"rejected", spooled.rejected},
            {"leftAlone", spooled.left_alone}}},
          {"signIn", parts_.sign_ins.status()},
          {"budgets", budgets_status(parts_.budgets)},
          {"arm", parts_.settings.arm.endpoint}};
}

}  // namespace azrestored
