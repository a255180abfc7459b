// The promise of the whole program, on the real core under simulated time: whatever is lost, late, torn or refused, and
// wherever the daemon dies, a job is restored at most once and ends in the state that Azure's own job has.
// A failing run prints its seed; run_world with that seed repeats it exactly.
#include <gtest/gtest.h>

#include "tests/sim/world.hpp"

namespace azrestored::sim {
namespace {

std::string told(const RunResult& result) {
  std::string text = "states: " + result.states;
  for (const std::string& violation : result.violations) text += "\n  " + violation;
  return text;
}

TEST(NeverTwice, HoldsForManySeedsOfTroubleAndCrashes) {
  constexpr std::uint64_t seeds = 400;
  long crashes = 0;
  long calls = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    RunOptions options;
    options.seed = seed;
    options.jobs = 1 + static_cast<int>(seed % 5);
    const RunResult result = run_world(options);
    ASSERT_TRUE(result.violations.empty()) << "seed " << seed << ", " << told(result);
    crashes += result.crashes;
    calls += result.port_calls;
  }
  std::printf("%llu seeds, %ld port calls, %ld crashes\n", static_cast<unsigned long long>(seeds), calls, crashes);
  EXPECT_GT(crashes, 500) << "the daemon hardly ever died: this proves little";
}

TEST(NeverTwice, HoldsForACrashAtEachPortCallOfARun) {
  RunOptions options;
  options.crash_one_in = 0;
  options.jobs = 1;
  options.commands = false;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    options.seed = seed;
    options.first_job = static_cast<int>(seed) - 1;  // one of each kind
    options.crash_at_call = 0;
    const int calls = run_world(options).port_calls;
    for (options.crash_at_call = 1; options.crash_at_call <= calls; ++options.crash_at_call) {
      const RunResult result = run_world(options);
      ASSERT_TRUE(result.violations.empty())
          << "seed " << seed << ", crash at call " << options.crash_at_call << ", " << told(result);
    }
  }
}

TEST(NeverTwice, TheSameSeedIsTheSameRun) {
  RunOptions options;
  options.seed = 42;
  const RunResult first = run_world(options);
  const RunResult second = run_world(options);
  EXPECT_EQ(first.states, second.states);
  EXPECT_EQ(first.port_calls, second.port_calls);
  EXPECT_EQ(first.crashes, second.crashes);
}

}  // namespace
}  // namespace azrestored::sim
