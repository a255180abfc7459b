#include "daemon/app/metrics_exporter.hpp"

#include <algorithm>

namespace azrestored {
namespace {

constexpr auto stored_is_fresh_for = std::chrono::seconds(1);

/// A retried job keeps its queue position, but its wait began with the retry. This many of the oldest queued jobs are
/// compared to find the one that has waited longest.
constexpr int oldest_jobs = 100;

}  // namespace

MetricsExporter::MetricsExporter(const Sources& sources) : sources_(sources), started_at_(sources.clock.now()) {}

asio::awaitable<Result<MetricsText>> MetricsExporter::text(std::string accept) {
  const auto read = co_await stored();
  if (!read) co_return read.error();
  MetricsSnapshot figures;
  figures.now = sources_.clock.now();
  figures.started_at = started_at_;
  figures.jobs = read->jobs;
  if (read->oldest_waits_since) figures.oldest_wait = sources_.work_clock.now() - *read->oldest_waits_since;
  figures.last_success = std::max(success_before_, sources_.metrics.last_success());
  figures.budgets = sources_.budgets.view();
  figures.tokens = sources_.sign_ins.tokens();
  const SpoolCounters files = sources_.spool.counters();
  figures.files_accepted = files.accepted;
  figures.files_rejected = files.rejected;
  figures.files_left_alone = files.left_alone;
  figures.commits = sources_.health.commit_latencies();

  auto families = families_of(figures);
  auto counted = sources_.metrics.collect();
  families.insert(families.end(), std::move_iterator(counted.begin()), std::move_iterator(counted.end()));
  co_return metrics_text(families, accept);
}

asio::awaitable<Result<MetricsExporter::Stored>> MetricsExporter::stored() {
  const auto now = std::chrono::steady_clock::now();
  if (stored_ && now - stored_->at < stored_is_fresh_for) co_return *stored_;
  Stored fresh;
  fresh.at = now;
  auto counts = co_await sources_.store.count_by_state();
  if (!counts) co_return counts.error();
  fresh.jobs = std::move(*counts);
  const auto oldest = co_await oldest_waits_since();
  if (!oldest) co_return oldest.error();
  fresh.oldest_waits_since = *oldest;
  if (const auto recalled = co_await recall_last_success(); !recalled) co_return recalled.error();
  stored_ = std::move(fresh);
  co_return *stored_;
}

asio::awaitable<Result<std::optional<Instant>>> MetricsExporter::oldest_waits_since() {
  JobQuery query;
  query.state = Queued::name;
  query.oldest_first = true;
  query.limit = oldest_jobs;
  const auto jobs = co_await sources_.store.list(query);
  if (!jobs) co_return jobs.error();
  const auto longest = std::ranges::min_element(*jobs, {}, &Job::since);
  co_return longest == jobs->end() ? std::nullopt : std::optional(longest->since);
}

/// Reads the last success from the store, once: the daemon counts later ones itself.
asio::awaitable<Result<void>> MetricsExporter::recall_last_success() {
  if (recalled_) co_return Result<void>();
  const auto last = co_await sources_.health.last_success();
  if (!last) co_return last.error();
  success_before_ = *last;
  recalled_ = true;
  co_return Result<void>();
}

}  // namespace azrestored
