#include "daemon/app/control_backend.hpp"

#include <nlohmann/json.hpp>

#include "core/admission/wait_reason.hpp"
#include "core/jobfile/spec.hpp"
#include "daemon/app/budgets_status.hpp"

namespace azrestored {

asio::awaitable<Result<Job>> LiveBackend::command(JobId id, Happening wanted) {
  return parts_.supervisor.command(std::move(id), std::move(wanted));
}

asio::awaitable<Result<nlohmann::json>> LiveBackend::vms(VaultQuestion question) {
  return parts_.desk.vms(std::move(question));
}

asio::awaitable<Result<nlohmann::json>> LiveBackend::points(PointsQuestion question) {
  return parts_.desk.points(std::move(question));
}

asio::awaitable<Result<nlohmann::json>> LiveBackend::dry_run(SharedSpec spec) {
  return parts_.desk.dry_run(std::move(spec));
}

std::optional<WaitReason> LiveBackend::waiting(const Job& job) {
  return parts_.supervisor.waiting(job);
}

std::optional<Instant> LiveBackend::goes_on_at(const JobId& id) {
  return parts_.supervisor.goes_on_at(id);
}

void LiveBackend::watched(JobId id) {
  parts_.supervisor.watched(id);
}

asio::awaitable<Result<MetricsText>> LiveBackend::metrics(std::string accept) {
  return parts_.metrics.text(std::move(accept));
}

nlohmann::json LiveBackend::status() {
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
