// Metrics as text, in the two formats that Prometheus reads: OpenMetrics 1.0 if the client asks for it, otherwise
// Prometheus's older format (0.0.4). The library writes only the older one. Pure.
#pragma once

#include <prometheus/metric_family.h>

#include <string>
#include <string_view>
#include <vector>

#include "daemon/http_server/content.hpp"

namespace azrestored {

/// The text in the format that the request's Accept header asks for.
MetricsText metrics_text(const std::vector<prometheus::MetricFamily>& families, std::string_view accept);

/// https://github.com/prometheus/OpenMetrics, "OpenMetrics 1.0", for counters, gauges and histograms.
std::string to_openmetrics(const std::vector<prometheus::MetricFamily>& families);

}  // namespace azrestored
