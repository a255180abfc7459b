// Finds one sample in collected metrics by its name and labels.
#pragma once

#include <gtest/gtest.h>
#include <prometheus/metric_family.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace azrestored::test {

using Families = std::vector<prometheus::MetricFamily>;

inline const prometheus::MetricFamily* family_named(const Families& families, const std::string& name) {
  const auto found = std::ranges::find(families, name, &prometheus::MetricFamily::name);
  return found == families.end() ? nullptr : &*found;
}

/// The metric with exactly these label values, whatever the label names.
inline const prometheus::ClientMetric* metric_of(const Families& families, const std::string& name,
                                                 std::vector<std::string> values) {
  const auto* family = family_named(families, name);
  if (family == nullptr) return nullptr;
  std::ranges::sort(values);
  for (const auto& metric : family->metric) {
    std::vector<std::string> found;
    for (const auto& label : metric.label) found.push_back(label.value);
    std::ranges::sort(found);
    if (found == values) return &metric;
  }
  return nullptr;
}

/// Of a counter or gauge; nullopt if it does not exist.
inline std::optional<double> value_of(const Families& families, const std::string& name,
                                      const std::vector<std::string>& values = {}) {
  const auto* metric = metric_of(families, name, values);
  if (metric == nullptr) return std::nullopt;
  const bool is_counter = family_named(families, name)->type == prometheus::MetricType::Counter;
  return is_counter ? metric->counter.value : metric->gauge.value;
}

}  // namespace azrestored::test
