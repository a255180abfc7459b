// The invariants of the whole program (invariants.hpp), on the real core over virtual time, with lost, late, torn and
// refused responses and crashes at any port call. Few seeds, with sanitizers; tests/proof.sh runs many.
#include <gtest/gtest.h>

#include "tests/sim/world.hpp"

namespace azrestored::sim {
namespace {

TEST(NeverTwice, HoldsForManySeedsWithFaultsAndCrashes) {
  constexpr std::uint64_t seeds = 400;
  long crashes = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const RunResult result = run_world(options_of_seed(seed));
    ASSERT_TRUE(result.broken.empty()) << "seed " << seed << ": " << result.broken.front();
    crashes += result.crashes;
  }
  EXPECT_GT(crashes, 500) << "the daemon crashed too seldom for this test to prove anything";
}

TEST(NeverTwice, TheSameSeedGivesTheSameRun) {
  for (const std::uint64_t seed : {42U, 200U, 4711U}) {
    const RunResult first = run_world(options_of_seed(seed));
    const RunResult second = run_world(options_of_seed(seed));
    EXPECT_EQ(first.digest, second.digest);
    EXPECT_EQ(first.port_calls, second.port_calls);
    EXPECT_EQ(first.states, second.states);
  }
}

}  // namespace
}  // namespace azrestored::sim
