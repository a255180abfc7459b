#include "daemon/metrics/counters.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "daemon/metrics/request_label.hpp"

namespace azrestored {
namespace {

template <class T, class Builder>
prometheus::Family<T>& family(Builder builder, prometheus::Registry& registry, const char* name, const char* help) {
  return builder.Name(name).Help(help).Register(registry);
}

prometheus::Family<prometheus::Counter>& counters(prometheus::Registry& registry, const char* name, const char* help) {
  return family<prometheus::Counter>(prometheus::BuildCounter(), registry, name, help);
}

prometheus::Family<prometheus::Histogram>& histograms(prometheus::Registry& registry, const char* name,
                                                      const char* help) {
  return family<prometheus::Histogram>(prometheus::BuildHistogram(), registry, name, help);
}

/// From a second, the time of a request, to a day, the time of a long rehydration.
const prometheus::Histogram::BucketBoundaries stage_bounds = {1,    2,    5,    10,   30,    60,    120,   300,  600,
                                                              1200, 1800, 3600, 7200, 14400, 21600, 43200, 86400};
const prometheus::Histogram::BucketBoundaries lag_bounds = {0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10};

/// The value of the label "status". Unknown statuses share one value, so that a hostile server cannot create many.
std::string status_label(std::optional<int> status) {
  constexpr int least = 100, most = 599;  // RFC 9110, 15
  if (!status) return "none";
  return *status >= least && *status <= most ? std::to_string(*status) : "other";
}

}  // namespace

// The counters that alerts compare exist from the start with 0, so that Prometheus sees the first event as an increase.
Metrics::Metrics()
    : transitions_(counters(registry_, "azrestored_transitions_total",
                            "Changes of jobs from one state to another; from=\"new\": accepted")),
      restores_(counters(registry_, "azrestored_restores_total", "Finished jobs, by final state")),
      stages_(
          histograms(registry_, "azrestored_stage_duration_seconds", "How long jobs were in a state that they left")),
      requests_(
          counters(registry_, "azrestored_arm_requests_total",
                   "Requests to Azure, sign-ins included, by call and HTTP status; status=\"none\": no response")),
      throttled_(counters(registry_, "azrestored_arm_throttled_total", "Requests that Azure refused with status 429")),
      loop_lag_(histograms(registry_, "azrestored_loop_lag_seconds",
                           "How late a timer of one second fired: how busy the daemon's only thread is")
                    .Add({}, lag_bounds)) {
  for (const StateFacts& state : all_states) {
    const std::string name(state.name);
    if (state.group == Group::final) {
      restores_.Add({{"result", name}});
    } else {
      stage_durations_[state.name] = &stages_.Add({{"stage", name}}, stage_bounds);
    }
  }
  for (const std::string_view call : arm_calls()) throttled_.Add({{"call", std::string(call)}});
  throttled_.Add({{"call", std::string(sign_in_call)}});
}

void Metrics::changed(const Job& job, const HistoryLine& line, std::optional<Millis> stayed) {
  if (line.from == line.to) return;
  transitions_.Add({{"from", line.from.empty() ? "new" : line.from}, {"to", line.to}}).Increment();
  const auto stage = stage_durations_.find(line.from);
  if (stayed && stage != stage_durations_.end()) {
    const std::chrono::duration<double> seconds = std::max(*stayed, Millis(0));
    stage->second->Observe(seconds.count());
  }
  if (!is_final(job.state)) return;
  restores_.Add({{"result", line.to}}).Increment();
  if (is_good_end(job.state)) last_success_ = job.since;
}

void Metrics::requested(std::string_view call, std::optional<int> status) {
  const std::string name(call);
  requests_.Add({{"call", name}, {"status", status_label(status)}}).Increment();
  constexpr int too_many_requests = 429;
  if (status == too_many_requests) throttled_.Add({{"call", name}}).Increment();
}

void Metrics::fired_late(std::chrono::duration<double> lateness) {
  loop_lag_.Observe(lateness.count());
}

}  // namespace azrestored
