#include "daemon/metrics/openmetrics.hpp"

#include <fmt/format.h>
#include <prometheus/text_serializer.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "core/base/text.hpp"

namespace azrestored {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

constexpr std::string_view openmetrics_type = "application/openmetrics-text";

std::string number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  return fmt::format("{}", value);
}

/// A bucket's bound in the format's canonical form: "1.0".
std::string bound(double value) {
  std::string text = number(value);
  if (text.find_first_not_of("0123456789") == std::string::npos) text += ".0";
  return text;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out;
}

const char* type_name(MetricType type) {
  switch (type) {
    case MetricType::Counter:
      return "counter";
    case MetricType::Gauge:
      return "gauge";
    case MetricType::Histogram:
      return "histogram";
    case MetricType::Summary:
    case MetricType::Untyped:
      break;
  }
  throw std::logic_error("no metric of azrestored has this type");
}

/// One line. `le` is the bound of a bucket and the last label.
std::string sample(const std::string& name, const ClientMetric& metric, const std::string& value,
                   const std::string& le = "") {
  std::string labels;
  const auto add = [&labels](std::string_view label, std::string_view text) {
    labels += fmt::format("{}{}=\"{}\"", labels.empty() ? "" : ",", label, escaped(text));
  };
  for (const auto& label : metric.label) add(label.name, label.value);
  if (!le.empty()) add("le", le);
  return name + (labels.empty() ? "" : "{" + labels + "}") + " " + value + "\n";
}

std::string histogram(const std::string& name, const ClientMetric& metric) {
  std::string text;
  const auto& values = metric.histogram;
  for (const auto& bucket : values.bucket)
    text += sample(name + "_bucket", metric, std::to_string(bucket.cumulative_count), bound(bucket.upper_bound));
  const bool has_last = !values.bucket.empty() && std::isinf(values.bucket.back().upper_bound);
  if (!has_last) text += sample(name + "_bucket", metric, std::to_string(values.sample_count), "+Inf");
  text += sample(name + "_count", metric, std::to_string(values.sample_count));
  text += sample(name + "_sum", metric, number(values.sample_sum));
  return text;
}

std::string samples(MetricType type, const std::string& name, const ClientMetric& metric) {
  if (type == MetricType::Histogram) return histogram(name, metric);
  if (type == MetricType::Counter) return sample(name + "_total", metric, number(metric.counter.value));
  return sample(name, metric, number(metric.gauge.value));
}

/// In this format a counter's family name lacks the suffix of its samples.
std::string family_name(const MetricFamily& family) {
  constexpr std::string_view suffix = "_total";
  if (family.type != MetricType::Counter || !family.name.ends_with(suffix)) return family.name;
  return family.name.substr(0, family.name.size() - suffix.size());
}

}  // namespace

std::string to_openmetrics(const std::vector<MetricFamily>& families) {
  std::string text;
  for (const MetricFamily& family : families) {
    const std::string name = family_name(family);
    text += fmt::format("# TYPE {} {}\n", name, type_name(family.type));
    if (name.ends_with("_seconds")) text += fmt::format("# UNIT {} seconds\n", name);
    text += fmt::format("# HELP {} {}\n", name, escaped(family.help));
    for (const ClientMetric& metric : family.metric) text += samples(family.type, name, metric);
  }
  return text + "# EOF\n";
}

MetricsText metrics_text(const std::vector<MetricFamily>& families, std::string_view accept) {
  if (to_lower(accept).find(openmetrics_type) != std::string::npos)
    return {"application/openmetrics-text; version=1.0.0; charset=utf-8", to_openmetrics(families)};
  return {"text/plain; version=0.0.4; charset=utf-8", prometheus::TextSerializer().Serialize(families)};
}

}  // namespace azrestored
