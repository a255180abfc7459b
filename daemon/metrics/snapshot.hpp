// What is read for the metrics when somebody asks: a value with everything in it (daemon/app/metrics_exporter.hpp gathers it),
// and what Prometheus calls each figure. Pure. What is counted as it happens is in daemon/metrics/counters.hpp.
#pragma once

#include <prometheus/metric_family.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/arm/token_status.hpp"
#include "core/base/latency_histogram.hpp"
#include "core/budget/rate_limiter.hpp"

namespace azrestored {

struct Figures {
  Instant now{};
  Instant started_at{};
  std::vector<std::pair<std::string, std::int64_t>> jobs;  // by state, where there are any
  std::optional<Millis> oldest_wait;                       // of the queued jobs; nullopt: none waits
  std::optional<Instant> last_success;
  std::vector<BudgetView> budgets;
  std::vector<TokenView> tokens;
  std::uint64_t files_accepted = 0, files_rejected = 0, files_left_alone = 0;
  CommitTimes::Snapshot commits;
};

std::vector<prometheus::MetricFamily> families_of(const Figures& figures);

}  // namespace azrestored
