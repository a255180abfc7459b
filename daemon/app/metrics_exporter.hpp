// The text of GET /metrics: what the daemon has counted (daemon/metrics/counters.hpp), and what is read at the request
// (daemon/metrics/snapshot.hpp). The database is read at most once a second, however many requests arrive. One thread.
#pragma once

#include <optional>
#include <string>

#include "core/budget/rate_limiter.hpp"
#include "core/store/job_store.hpp"
#include "core/store/store_health.hpp"
#include "daemon/metrics/counters.hpp"
#include "daemon/metrics/openmetrics.hpp"
#include "daemon/metrics/snapshot.hpp"
#include "daemon/signin/sign_in_profiles.hpp"
#include "daemon/spool/inbox.hpp"

namespace azrestored {

class MetricsExporter {
 public:
  /// The sources of the figures. The references outlive this object and every response in progress.
  struct Sources {
    const Metrics& metrics;
    JobStore& store;
    StoreHealth& health;
    RateLimiter& budgets;
    const SignInProfiles& sign_ins;
    const SpoolInbox& spool;
    const Clock& clock;       // the machine's clock, which tokens use
    const Clock& work_clock;  // the clock with which the times of the rows are written
  };

  explicit MetricsExporter(const Sources& sources);

  /// In the format that the request's Accept header asks for. An error if the store cannot be read.
  asio::awaitable<Result<MetricsText>> text(std::string accept);

 private:
  /// What was read from the store.
  struct Stored {
    std::vector<std::pair<std::string, std::int64_t>> jobs;
    std::optional<Instant> oldest_waits_since;
    std::chrono::steady_clock::time_point at;
  };

  asio::awaitable<Result<Stored>> stored();
  asio::awaitable<Result<std::optional<Instant>>> oldest_waits_since();
  asio::awaitable<Result<void>> recall_last_success();

  const Sources sources_;
  const Instant started_at_;
  std::optional<Stored> stored_;
  bool recalled_ = false;
  std::optional<Instant> success_before_;  // the last success before this start of the daemon
};

}  // namespace azrestored
