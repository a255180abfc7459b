// What the daemon counts while it runs, for Prometheus: changes of jobs, restores by result, time spent in each state,
// requests to Azure, and how late the event loop is. The other figures are read when somebody asks
// (daemon/app/metrics_exporter.hpp). Everything lives in a registry of prometheus-cpp; no label has a value that grows with the
// number of jobs, so that memory does not either.
//
// Told by: whoever changes jobs (it is an Observer), MeteredTransport, LoopLag. One thread.
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

/// The name under which sign-ins are counted among the requests.
inline constexpr std::string_view sign_in_call = "signIn";

class Metrics final : public Observer {
 public:
  Metrics();

  // Observer
  void changed(const Job& job, const HistoryLine& line, std::optional<Millis> stayed) override;
  void notice(std::string_view, const std::string&, const std::string&) override {}

  /// A request called `call` (daemon/metrics/request_label.hpp) was answered with `status`; nullopt: no answer came.
  void requested(std::string_view call, std::optional<int> status);
  /// A timer of the loop has fired so much too late.
  void fired_late(std::chrono::duration<double> lateness);

  /// When a restore last came to a good end, since the start.
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
