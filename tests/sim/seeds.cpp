// What a seed decides about a run. Most runs are short, because few jobs are enough to show most faults; some runs have
// many jobs.
#include <algorithm>

#include "tests/sim/world.hpp"

namespace azrestored::sim {
namespace {

using namespace std::chrono;

int job_count(std::uint64_t seed, Chance& chance) {
  if (seed % 4000 == 0) return 200;
  if (seed % 200 == 0) return 5 + chance.below(16);
  return chance.one_in(4) ? 2 + chance.below(2) : 1;
}

/// An operator who cancels, holds, releases and retries, sometimes without sense.
void interfere_with_jobs(RunOptions& options, Chance& chance) {
  const EventPayload commands[] = {CancelRequested{0}, HoldRequested{0}, ReleaseRequested{0}, RetryRequested{0, false}};
  const int count = chance.below(4) * std::min<int>(10, static_cast<int>(options.jobs.size()));
  for (int i = 0; i < count; ++i) {
    const Millis after = chance.between(Millis(0), chance.one_in(2) ? minutes(10) : hours(4));
    const int job = chance.below(static_cast<int>(options.jobs.size()));
    options.interferences.push_back({after, job, commands[chance.below(4)]});
  }
}

/// Steps of the clock, some of them back and forth.
void interfere_with_clock(RunOptions& options, Chance& chance) {
  for (int i = 1 + chance.below(3); i > 0; --i) {
    const Millis by = chance.between(-hours(3), hours(3));
    options.interferences.push_back({chance.between(Millis(0), hours(2)), 0, by});
  }
}

/// Small enough that jobs of one run wait for each other. All jobs are of one subscription, and most of one resource
/// group.
ConcurrencyLimits small_caps(Chance& chance) {
  ConcurrencyLimits caps;
  caps.per_subscription = 1 + chance.below(4);
  caps.per_vault = 1 + chance.below(2);
  caps.per_target_group = 1 + chance.below(3);
  return caps;
}

}  // namespace

RunOptions options_of_seed(std::uint64_t seed) {
  Chance chance(seed * 2 + 1);
  RunOptions options;
  options.seed = seed;
  options.jobs.clear();
  for (int count = job_count(seed, chance); count > 0; --count)
    options.jobs.push_back(static_cast<JobKind>(chance.below(job_kinds)));
  options.crash_one_in = chance.one_in(5) ? 0 : 20 + chance.below(100);
  if (chance.one_in(8)) options.disk_fails_one_in = 10 + chance.below(40);
  if (chance.one_in(16)) options.disk_full_for = chance.between(Millis(0), hours(2));
  if (chance.one_in(2)) interfere_with_jobs(options, chance);
  if (chance.one_in(8)) interfere_with_clock(options, chance);
  if (options.jobs.size() > 1 && chance.one_in(2)) options.caps = small_caps(chance);
  std::ranges::sort(options.interferences, {}, &Interference::after);
  return options;
}

}  // namespace azrestored::sim
