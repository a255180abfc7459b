#include "tests/bench/fleet/bound.hpp"

#include <algorithm>
#include <cmath>

namespace azrestored::bench {
namespace {

constexpr double bin_s = 600;
constexpr std::size_t bins_per_hour = 6;
constexpr double ends_for_a_rate = 50;

struct Span {
  double from_s = 0;
  double to_s = 0;
};

/// One vault, bin by bin.
struct VaultBins {
  std::vector<double> ends;
  std::vector<double> pages;
  std::vector<double> lists;  // number of lists of the schedule in the bin
};

/// The number of restores in the list in each bin.
std::vector<double> rows_of(const std::vector<Span>& spans, std::size_t count, Rows rows) {
  std::vector<double> running(count);
  std::vector<double> started(count);  // up to the bin's end
  std::vector<double> oldest(count, -1);
  for (const Span& span : spans) {
    const auto first = static_cast<std::size_t>(span.from_s / bin_s);
    const auto last = static_cast<std::size_t>(span.to_s / bin_s);
    for (std::size_t bin = first; bin <= last; ++bin) {
      const double begin = static_cast<double>(bin) * bin_s;
      running[bin] += (std::min(span.to_s, begin + bin_s) - std::max(span.from_s, begin)) / bin_s;
      if (oldest[bin] < 0 || span.from_s < oldest[bin]) oldest[bin] = span.from_s;
    }
  }
  if (rows == Rows::unknown_only) return running;
  for (const Span& span : spans) {
    for (auto bin = static_cast<std::size_t>(span.from_s / bin_s); bin < count; ++bin) {
      if (oldest[bin] >= 0 && span.from_s >= oldest[bin]) ++started[bin];
    }
  }
  return started;
}

VaultBins bins_of(const std::vector<Span>& spans, std::size_t count, Rows rows) {
  VaultBins bins{std::vector<double>(count), std::vector<double>(count), std::vector<double>(count)};
  for (const Span& span : spans) ++bins.ends[static_cast<std::size_t>(span.to_s / bin_s)];
  const std::vector<double> listed = rows_of(spans, count, rows);
  for (std::size_t bin = 0; bin < count; ++bin) bins.pages[bin] = std::max(1.0, std::ceil(listed[bin] / page_size));
  return bins;
}

/// Ends per bin, as far as they are known beforehand.
std::vector<double> rates_of(const std::vector<double>& ends) {
  std::vector<double> rates(ends.size());
  for (std::size_t bin = 0; bin < ends.size(); ++bin) {
    double sum = ends[bin];
    std::size_t from = bin;
    std::size_t to = bin;
    while (sum < ends_for_a_rate && (from > 0 || to + 1 < ends.size())) {
      if (from > 0) sum += ends[--from];
      if (to + 1 < ends.size()) sum += ends[++to];
    }
    rates[bin] = sum / static_cast<double>(to - from + 1);
  }
  return rates;
}

/// Spreads each hour's reads over the vaults and bins of that hour.
void spread(std::vector<VaultBins>& vaults, std::size_t count, Limits limits) {
  std::vector<std::vector<double>> rates;
  for (const VaultBins& vault : vaults) rates.push_back(rates_of(vault.ends));
  for (std::size_t hour = 0; hour < count; hour += bins_per_hour) {
    const bool is_full = hour == 0 && limits.form == BudgetForm::refill;
    const double reads = limits.job_reads * (is_full ? 2.0 : 1.0);
    double cost = 0;
    for (std::size_t bin = hour; bin < std::min(count, hour + bins_per_hour); ++bin) {
      for (std::size_t v = 0; v < vaults.size(); ++v) cost += std::sqrt(rates[v][bin] * vaults[v].pages[bin]);
    }
    for (std::size_t bin = hour; cost > 0 && bin < std::min(count, hour + bins_per_hour); ++bin) {
      for (std::size_t v = 0; v < vaults.size(); ++v)
        vaults[v].lists[bin] = reads * std::sqrt(rates[v][bin] / vaults[v].pages[bin]) / cost;
    }
  }
}

/// The times at which the vault is listed.
std::vector<double> lists_of(const VaultBins& vault) {
  std::vector<double> times;
  double sum = 0;
  for (std::size_t bin = 0; bin < vault.lists.size(); ++bin) {
    const double in_bin = vault.lists[bin];
    const double begin = static_cast<double>(bin) * bin_s;
    for (double next = std::floor(sum + 0.5) + 0.5; next <= sum + in_bin; next += 1)
      times.push_back(begin + (next - sum) / in_bin * bin_s);
    sum += in_bin;
  }
  times.push_back(static_cast<double>(vault.lists.size()) * bin_s);
  return times;
}

}  // namespace

Delays least_delays(const Fleet& fleet, const std::vector<Restore>& restores, Limits limits, Rows rows) {
  std::vector<std::vector<Span>> spans(static_cast<std::size_t>(fleet.vaults));
  Instant first = Instant::max();
  for (const Restore& restore : restores) first = std::min(first, restore.job_at);
  double last_s = 0;
  for (int number = 0; number < fleet.size(); ++number) {
    const Restore& restore = restores[static_cast<std::size_t>(number)];
    const Span span{std::chrono::duration<double>(restore.job_at - first).count(),
                    std::chrono::duration<double>(restore.ends_at - first).count()};
    spans[static_cast<std::size_t>(fleet.vault_of(number))].push_back(span);
    last_s = std::max(last_s, span.to_s);
  }
  // One hour after the last end, for the list that reports it.
  const auto count = static_cast<std::size_t>(last_s / bin_s) + 1 + bins_per_hour;
  std::vector<VaultBins> vaults;
  for (const auto& each : spans) vaults.push_back(bins_of(each, count, rows));
  spread(vaults, count, limits);
  std::vector<double> delays;
  for (std::size_t v = 0; v < vaults.size(); ++v) {
    const std::vector<double> lists = lists_of(vaults[v]);
    for (const Span& span : spans[v]) delays.push_back(*std::ranges::lower_bound(lists, span.to_s) - span.to_s);
  }
  return delays_of(std::move(delays));
}

}  // namespace azrestored::bench
