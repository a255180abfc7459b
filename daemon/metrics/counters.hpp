// The metrics that the daemon counts while it runs: changes of jobs, restores by result, time in each state, requests
// to Azure, and how late the event loop is. The other metrics are read at each request
// (daemon/app/metrics_exporter.hpp). All are in a registry of prometheus-cpp. No label has values that grow with the
// number of jobs, so memory does not grow either.
//
// It is an Observer, so it gets every change of a job. MeteredTransport and LoopLag report the rest. One thread.
#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <chrono>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/instant.hpp"
#include "core/job/job.hpp"
#include "core/job/observer.hpp"

namespace azrestored {

/// The label under which sign-ins are counted among the requests.
inline constexpr std::string_view sign_in_call = "signIn";

class Metrics final : public Observer {
 public:
  Metrics();

  // Observer
  void changed(const Job& job, const HistoryLine& line, std::optional<Millis> stayed) override;
  void notice(std::string_view, const std::string&, const std::string&) override {}

  /// Counts a request with the label `call` (daemon/metrics/request_label.hpp) and the response's status; nullopt: no
  /// response.
  void requested(std::string_view call, std::optional<int> status);
  /// Records that a timer of the loop fired late by this time.
  void fired_late(std::chrono::duration<double> lateness);

  /// When a restore last succeeded; nullopt if none has since the start.
  [[nodiscard]] std::optional<Instant> last_success() const { return last_success_; }

  [[nodiscard]] std::vector<prometheus::MetricFamily> collect() const { return registry_.Collect(); }

 private:
  prometheus::Registry registry_;
  prometheus::Family<prometheus::Counter>& transitions_;
  prometheus::Family<prometheus::Counter>& restores_;
  prometheus::Family<prometheus::Histogram>& stages_;
  prometheus::Family<prometheus::Counter>& requests_;
  prometheus::Family<prometheus::Counter>& throttled_;
  prometheus::Histogram& loop_lag_;
  std::map<std::string_view, prometheus::Histogram*> stage_durations_;  // by state
  std::optional<Instant> last_success_;
};

}  // namespace azrestored
