// Answers the control socket from the parts of the running daemon. On the loop's thread.
#pragma once

#include "config/settings.hpp"
#include "core/admission/wait_reason.hpp"
#include "core/budget/rate_limiter.hpp"
#include "core/engine/supervisor.hpp"
#include "core/jobfile/spec.hpp"
#include "daemon/app/azure_queries.hpp"
#include "daemon/app/metrics_exporter.hpp"
#include "daemon/app/settings_reload.hpp"
#include "daemon/control/routes.hpp"
#include "daemon/signin/sign_in_profiles.hpp"
#include "daemon/spool/inbox.hpp"

namespace azrestored {

class DaemonControlBackend final : public ControlBackend {
 public:
  /// The references outlive the backend and every response in progress.
  struct Parts {
    const Settings& settings;
    Supervisor& supervisor;
    AzureQueries& queries;
    MetricsExporter& metrics;
    SpoolInbox& spool;
    const SignInProfiles& sign_ins;
    RateLimiter& budgets;
    const SettingsReload& reload;
  };

  DaemonControlBackend(const Parts& parts, Instant started_at) : parts_(parts), started_at_(started_at) {}

  asio::awaitable<Result<Job>> command(JobId id, EventPayload wanted) override;
  asio::awaitable<Result<nlohmann::json>> vms(VaultQuestion question) override;
  asio::awaitable<Result<nlohmann::json>> points(PointsQuestion question) override;
  asio::awaitable<Result<nlohmann::json>> dry_run(SharedSpec spec) override;
  std::optional<WaitReason> waiting(const Job& job) override;
  std::optional<Instant> goes_on_at(const JobId& id) override;
  void watched(JobId id) override;
  asio::awaitable<Result<MetricsText>> metrics(std::string accept) override;
  asio::awaitable<Result<nlohmann::json>> spool(std::size_t most) override;
  nlohmann::json status() override;

 private:
  const Parts parts_;
  const Instant started_at_;
};

}  // namespace azrestored
