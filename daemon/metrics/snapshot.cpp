#include "daemon/metrics/snapshot.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

#include "daemon/metrics/request_label.hpp"

namespace azrestored {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

double seconds(Millis time) {
  return std::chrono::duration<double>(time).count();
}

/// 0 for an event that never happened, as usual in Prometheus.
double unix_seconds(std::optional<Instant> at) {
  return at ? seconds(at->time_since_epoch()) : 0;
}

MetricFamily family(MetricType type, const char* name, const char* help) {
  MetricFamily made;
  made.type = type;
  made.name = name;
  made.help = help;
  return made;
}

void add(MetricFamily& family, double value, Labels labels = {}) {
  ClientMetric metric;
  metric.label = std::move(labels);
  (family.type == MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
  family.metric.push_back(std::move(metric));
}

MetricFamily gauge(const char* name, const char* help) {
  return family(MetricType::Gauge, name, help);
}

MetricFamily single(const char* name, const char* help, double value) {
  MetricFamily made = gauge(name, help);
  add(made, value);
  return made;
}

/// Contains every state, so that a state without jobs has the value 0 and is not missing.
MetricFamily jobs_family(const MetricsSnapshot& figures) {
  MetricFamily jobs = gauge("azrestored_jobs", "Jobs in the database, by state");
  for (const std::string_view state : state_names()) {
    const auto found = std::ranges::find(figures.jobs, state, [](const auto& count) { return count.first; });
    const auto count = found == figures.jobs.end() ? 0 : found->second;
    add(jobs, static_cast<double>(count), {{"state", std::string(state)}});
  }
  return jobs;
}

double oldest_wait(const MetricsSnapshot& figures) {
  return figures.oldest_wait ? std::max(0.0, seconds(*figures.oldest_wait)) : 0;
}

/// If several actions have the same label, the one with the least left is reported.
void add_budgets(std::vector<MetricFamily>& families, const std::vector<BudgetView>& budgets) {
  using Key = std::tuple<std::string, std::string, std::string>;
  std::map<Key, BudgetView> by_name;
  for (const BudgetView& budget : budgets) {
    if (budget.limit == 0) continue;  // Azure has no hourly quota for it
    const Key key(budget.profile, budget.subscription, arm_call_of_action(budget.action));
    const auto [found, is_new] = by_name.try_emplace(key, budget);
    if (is_new) continue;
    found->second.waiting += budget.waiting;
    if (budget.left < found->second.left) {
      found->second.left = budget.left;
      found->second.limit = budget.limit;
    }
  }
  MetricFamily left = gauge("azrestored_budget_left", "Reads that Azure allows until the hour ends");
  MetricFamily limit = gauge("azrestored_budget_limit", "Reads that Azure allows in an hour");
  MetricFamily waiting = gauge("azrestored_budget_waiting", "Requests that wait for this quota");
  for (const auto& [key, budget] : by_name) {
    const auto& [profile, subscription, call] = key;
    const Labels labels = {{"profile", profile}, {"subscription", subscription}, {"call", call}};
    add(left, budget.left, labels);
    add(limit, budget.limit, labels);
    add(waiting, budget.waiting, labels);
  }
  for (MetricFamily* each : {&left, &limit, &waiting}) families.push_back(std::move(*each));
}

void add_tokens(std::vector<MetricFamily>& families, const MetricsSnapshot& figures) {
  MetricFamily good = gauge("azrestored_sign_in_ok", "Whether signing in works: 1, or 0 while it fails");
  MetricFamily age = gauge("azrestored_token_age_seconds", "Age of the access token");
  MetricFamily end = gauge("azrestored_token_expiry_timestamp_seconds", "When the access token expires");
  for (const TokenStatus& token : figures.tokens) {
    const Labels labels = {{"profile", token.profile}};
    add(good, token.is_good ? 1 : 0, labels);
    if (token.since) add(age, std::max(0.0, seconds(figures.now - *token.since)), labels);
    if (token.expires_at) add(end, unix_seconds(token.expires_at), labels);
  }
  for (MetricFamily* each : {&good, &age, &end}) families.push_back(std::move(*each));
}

MetricFamily spool_family(const MetricsSnapshot& figures) {
  MetricFamily files =
      family(MetricType::Counter, "azrestored_spool_files_total", "Job files taken from the spool, by result");
  add(files, static_cast<double>(figures.files_accepted), {{"result", "accepted"}});
  add(files, static_cast<double>(figures.files_rejected), {{"result", "rejected"}});
  return files;
}

MetricFamily commits_family(const LatencyHistogram::Snapshot& commits) {
  MetricFamily made = family(MetricType::Histogram, "azrestored_commit_duration_seconds",
                             "Time from handing a change to the database until it is on disk");
  ClientMetric metric;
  std::uint64_t so_far = 0;
  for (std::size_t i = 0; i < commits.counts.size(); ++i) {
    so_far += commits.counts[i];
    const bool is_last = i == LatencyHistogram::bounds.size();
    metric.histogram.bucket.push_back(
        {so_far, is_last ? std::numeric_limits<double>::infinity() : LatencyHistogram::bounds.at(i)});
  }
  metric.histogram.sample_count = so_far;
  metric.histogram.sample_sum = commits.sum_seconds;
  made.metric.push_back(std::move(metric));
  return made;
}

MetricFamily build_family() {
  MetricFamily build = gauge("azrestored_build_info", "1; the label is the version");
  add(build, 1, {{"version", AZRESTORED_VERSION}});
  return build;
}

}  // namespace

std::vector<MetricFamily> families_of(const MetricsSnapshot& figures) {
  std::vector<MetricFamily> families;
  families.push_back(build_family());
  families.push_back(single("process_start_time_seconds", "When the daemon started", unix_seconds(figures.started_at)));
  families.push_back(jobs_family(figures));
  families.push_back(single("azrestored_oldest_waiting_job_age_seconds",
                            "Age of the queued job that has waited longest; 0 if none waits", oldest_wait(figures)));
  families.push_back(single("azrestored_last_success_timestamp_seconds", "When a restore last succeeded; 0 if none has",
                            unix_seconds(figures.last_success)));
  families.push_back(spool_family(figures));
  families.push_back(single("azrestored_spool_files_left_alone",
                            "Files in the spool that are not job files or cannot be handled yet, at the last scan",
                            static_cast<double>(figures.files_left_alone)));
  add_budgets(families, figures.budgets);
  add_tokens(families, figures);
  families.push_back(commits_family(figures.commits));
  std::erase_if(families, [](const MetricFamily& each) { return each.metric.empty(); });
  return families;
}

}  // namespace azrestored
