// Metrics as text, in the two formats that Prometheus reads: OpenMetrics 1.0 for who asks for it, and Prometheus's own
// older one (0.0.4) for everybody else. The library writes the latter only. Pure.
#pragma once

#include <prometheus/metric_family.h>

#include <string>
#include <string_view>
#include <vector>

#include "daemon/http_server/content.hpp"

namespace azrestored {

/// In the format that fits the request's Accept header.
MetricsText metrics_text(const std::vector<prometheus::MetricFamily>& families, std::string_view accept);

/// https://github.com/prometheus/OpenMetrics, "OpenMetrics 1.0", for counters, gauges and histograms.
std::string to_openmetrics(const std::vector<prometheus::MetricFamily>& families);

}  // namespace azrestored
