#include "tests/bench/fleet/outcome.hpp"

#include <algorithm>

namespace azrestored::bench {

void take_truth(Outcome& outcome, const FleetAzure& azure) {
  outcome.restores = azure.restores();
  outcome.tallies = azure.tallies();
  outcome.lists = azure.lists();
  outcome.gets = azure.gets();
}

Delays delays_of(std::vector<double> seconds) {
  if (seconds.empty()) return {};
  std::ranges::sort(seconds);
  const auto at = [&](double priority) {
    return seconds[std::min(seconds.size() - 1,
                            static_cast<std::size_t>(priority * static_cast<double>(seconds.size())))];
  };
  return {at(0.5), at(0.99)};
}

Delays delays_of(const Outcome& outcome) {
  std::vector<double> seconds;
  for (std::size_t i = 0; i < outcome.known_at.size(); ++i) {
    seconds.push_back(std::chrono::duration<double>(outcome.known_at[i] - outcome.restores[i].ends_at).count());
  }
  return delays_of(std::move(seconds));
}

Tally tally_of(const Outcome& outcome, std::string_view ending) {
  Tally sum;
  for (const auto& [action, tally] : outcome.tallies) {
    if (!action.ends_with(ending)) continue;
    sum.asked += tally.asked;
    sum.refused += tally.refused;
  }
  return sum;
}

int requests_of(const Outcome& outcome) {
  return tally_of(outcome, "").asked;
}

int refused_of(const Outcome& outcome) {
  return tally_of(outcome, "").refused;
}

double hours_of(const Outcome& outcome) {
  const Instant last = *std::ranges::max_element(outcome.known_at);
  return std::chrono::duration<double, std::ratio<3600>>(last - outcome.began_at).count();
}

int done_in(const Outcome& outcome) {
  int done = 0;
  for (std::size_t i = 0; i < outcome.known_at.size(); ++i) {
    const bool known = outcome.known_at[i] < Instant::max() && outcome.known_at[i] >= outcome.restores[i].ends_at;
    if (known && outcome.restores[i].times == 1) ++done;
  }
  return done;
}

}  // namespace azrestored::bench
