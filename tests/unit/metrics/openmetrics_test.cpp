// The two text formats, character for character where a reader could fail. In the system tests promtool and the parser
// of Prometheus's own client read the daemon's metrics.
#include "daemon/metrics/openmetrics.hpp"

#include <limits>

#include "tests/unit/metrics/samples.hpp"

namespace azrestored::test {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

MetricFamily family(MetricType type, const std::string& name, ClientMetric metric) {
  return {name, "What it is", type, {std::move(metric)}};
}

TEST(OpenMetrics, ACounterIsNamedWithoutItsSuffix) {
  ClientMetric metric;
  metric.label = {{"result", "failed"}};
  metric.counter.value = 3;
  EXPECT_EQ(to_openmetrics({family(MetricType::Counter, "a_restores_total", metric)}),
            "# TYPE a_restores counter\n# HELP a_restores What it is\na_restores_total{result=\"failed\"} 3\n# EOF\n");
}

TEST(OpenMetrics, AGaugeInSecondsSaysItsUnit) {
  ClientMetric metric;
  metric.gauge.value = 1.5;
  EXPECT_EQ(to_openmetrics({family(MetricType::Gauge, "a_age_seconds", metric)}),
            "# TYPE a_age_seconds gauge\n# UNIT a_age_seconds seconds\n# HELP a_age_seconds What it is\n"
            "a_age_seconds 1.5\n# EOF\n");
}

TEST(OpenMetrics, AHistogramHasCanonicalBoundsAndAnInfiniteBucketWhetherTheLibraryGivesOneOrNot) {
  ClientMetric metric;
  metric.histogram.sample_count = 5;
  metric.histogram.sample_sum = 12.25;
  metric.histogram.bucket = {{2, 0.5}, {4, 1}};
  const std::string expected =
      "# TYPE a histogram\n# HELP a What it is\na_bucket{le=\"0.5\"} 2\na_bucket{le=\"1.0\"} 4\na_bucket{le=\"+Inf\"} "
      "5\na_count 5\na_sum 12.25\n# EOF\n";
  EXPECT_EQ(to_openmetrics({family(MetricType::Histogram, "a", metric)}), expected);
  metric.histogram.bucket.push_back({5, std::numeric_limits<double>::infinity()});
  EXPECT_EQ(to_openmetrics({family(MetricType::Histogram, "a", metric)}), expected);
}

TEST(OpenMetrics, LabelsAreEscaped) {
  ClientMetric metric;
  metric.label = {{"profile", "a\"b\\c\nd"}, {"call", "e"}};
  EXPECT_NE(to_openmetrics({family(MetricType::Gauge, "a", metric)}).find(R"(a{profile="a\"b\\c\nd",call="e"} 0)"),
            std::string::npos);
}

TEST(OpenMetrics, IsSentOnlyOnRequest) {
  const auto type = [](const char* accept) { return metrics_text({}, accept).content_type; };
  EXPECT_EQ(type(""), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(type("*/*"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(type("Application/OpenMetrics-Text;version=1.0.0,text/plain;version=0.0.4;q=0.5"),
            "application/openmetrics-text; version=1.0.0; charset=utf-8");
  EXPECT_EQ(metrics_text({}, "application/openmetrics-text").text, "# EOF\n");
}

}  // namespace
}  // namespace azrestored::test
