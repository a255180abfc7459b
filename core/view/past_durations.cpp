#include "core/view/past_durations.hpp"

#include <algorithm>

#include "core/base/case_folding.hpp"

namespace azrestored {
namespace {

constexpr std::chrono::minutes good_for{1};
constexpr std::chrono::days how_far_back{30};
constexpr int most_runs = 50;
/// The cache is cleared at this number of vaults; each vault then costs one more read.
constexpr std::size_t most_vaults = 256;

}  // namespace

asio::awaitable<std::optional<Millis>> PastDurations::usual(Job job, Instant now) {
  const std::string vault = fold_case(job.vault.name);
  const auto known = by_vault_.find(vault);
  if (known == by_vault_.end() || now - known->second.read >= good_for || now < known->second.read) {
    std::vector<Run> runs = co_await read(job.vault.name, now);
    if (by_vault_.size() >= most_vaults) by_vault_.clear();
    Known fresh;
    fresh.read = now;
    fresh.runs = std::move(runs);
    by_vault_.insert_or_assign(vault, std::move(fresh));
  }
  const std::vector<Run>& runs = by_vault_.at(vault).runs;
  const auto own = median(runs, job, true);
  co_return own ? own : median(runs, job, false);
}

asio::awaitable<std::vector<PastDurations::Run>> PastDurations::read(std::string vault_name, Instant now) {
  JobQuery query;
  query.state = Succeeded::name;
  query.vault = std::move(vault_name);
  query.since = now - how_far_back;
  query.limit = most_runs;
  const auto jobs = co_await store_.list(std::move(query));
  std::vector<Run> runs;
  if (!jobs) co_return runs;
  for (const Job& job : *jobs) {
    const Millis took = job.since - job.progress.posted_at;
    if (job.progress.posted_at == Instant{} || took <= Millis(0)) continue;
    Run run;
    run.vm = job.vm;
    run.recovery_type = job.recovery_type;
    run.took = took;
    runs.push_back(std::move(run));
  }
  co_return runs;
}

std::optional<Millis> PastDurations::median(const std::vector<Run>& runs, const Job& job, bool same_vm) {
  std::vector<Millis> times;
  for (const Run& run : runs) {
    if (run.recovery_type == job.recovery_type && (!same_vm || same_name(run.vm, job.vm))) times.push_back(run.took);
  }
  if (times.empty()) return std::nullopt;
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::ranges::nth_element(times, middle);
  return *middle;
}

}  // namespace azrestored
