// The metrics that are read at each request: one value with all numbers, which daemon/app/metrics_exporter.hpp
// collects, and their names in Prometheus. Pure. daemon/metrics/counters.hpp has the metrics that are counted
// continuously.
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

struct MetricsSnapshot {
  Instant now{};
  Instant started_at{};
  std::vector<std::pair<std::string, std::int64_t>> jobs;  // by state, where there are any
  std::optional<Millis> oldest_wait;                       // of the queued jobs; nullopt: none waits
  std::optional<Instant> last_success;
  std::vector<BudgetView> budgets;
  std::vector<TokenStatus> tokens;
  std::uint64_t files_accepted = 0, files_rejected = 0, files_left_alone = 0;
  LatencyHistogram::Snapshot commits;
};

std::vector<prometheus::MetricFamily> families_of(const MetricsSnapshot& figures);

}  // namespace azrestored
