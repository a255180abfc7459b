// The invariants of the whole program (invariants.hpp), on the real core under simulated time, whatever is lost, late,
// torn or refused, and wherever the daemon dies. Few seeds, with sanitizers; tests/proof.sh runs many.
#include <gtest/gtest.h>

#include "tests/sim/world.hpp"

namespace azrestored::sim {
namespace {

TEST(NeverTwice, HoldsForManySeedsOfTroubleAndCrashes) {
  constexpr std::uint64_t seeds = 400;
  long crashes = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const RunResult result = run_world(options_of_seed(seed));
    ASSERT_TRUE(result.broken.empty()) << "seed " << seed << ": " << result.broken.front();
    crashes += result.crashes;
  }
  EXPECT_GT(crashes, 500) << "the daemon hardly ever died: this proves little";
}

TEST(NeverTwice, TheSameSeedIsTheSameRun) {
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
