// The parts of the benchmark: its service counts like Azure, its bound matches the arithmetic, and the real core
// restores a small fleet.
#include <gtest/gtest.h>

#include "tests/bench/fleet/bound.hpp"
#include "tests/bench/fleet/clients.hpp"

namespace azrestored::bench {
namespace {

using namespace std::chrono_literals;

const std::string jobs_read = "Microsoft.RecoveryServices/vaults/backupJobs/read";

int served(Gate& gate, const std::string& action, int requests, Instant at) {
  std::optional<int> left;
  int passed = 0;
  for (int i = 0; i < requests; ++i) passed += gate.refusal(action, at, left) ? 0 : 1;
  return passed;
}

TEST(FleetLimits, AWindowGivesItsReadsOnceAnHourFromItsFirstRequest) {
  Gate gate(Limits{150, 0, BudgetForm::window});
  EXPECT_EQ(served(gate, jobs_read, 100, dawn()), 100);
  EXPECT_EQ(served(gate, jobs_read, 100, dawn() + 59min), 50);
  EXPECT_EQ(served(gate, jobs_read, 200, dawn() + 60min), 150);
}

TEST(FleetLimits, ARefillingBudgetGivesBackOneReadAtATime) {
  Gate gate(Limits{150, 0, BudgetForm::refill});
  EXPECT_EQ(served(gate, jobs_read, 200, dawn()), 150);
  EXPECT_EQ(served(gate, jobs_read, 200, dawn() + 24s), 1);
  EXPECT_EQ(served(gate, jobs_read, 200, dawn() + 24s + 30min), 75);
}

TEST(FleetLimits, EachActionHasItsOwnBudgetAndASubscriptionOneForAll) {
  Gate gate(Limits{150, 150, BudgetForm::window});
  EXPECT_EQ(served(gate, jobs_read, 150, dawn()), 150);
  EXPECT_EQ(served(gate, "Microsoft.RecoveryServices/vaults/backupProtectedItems/read", 150, dawn()), 100);
}

TEST(FleetLimits, ARefusalSaysHowLongAndAnAnswerHowManyAreLeft) {
  Gate gate(Limits{1, 0, BudgetForm::window});
  std::optional<int> left;
  EXPECT_FALSE(gate.refusal(jobs_read, dawn(), left));
  EXPECT_EQ(left, 0);
  const auto refused = gate.refusal(jobs_read, dawn() + 1s, left);
  ASSERT_TRUE(refused);
  EXPECT_EQ(left, -1);
  EXPECT_NE(refused->body.find("try again after '3599' seconds"), std::string::npos);
}

/// Restores that end one after the other, for a whole day.
std::vector<Restore> steady(int count, Millis apart) {
  std::vector<Restore> restores;
  for (int i = 0; i < count; ++i) {
    Restore restore;
    restore.job_at = dawn();
    restore.ends_at = dawn() + 1h + apart * i;
    restores.push_back(restore);
  }
  return restores;
}

TEST(FleetBound, OneVaultIsListedEvenlySoThatTheMedianIsHalfOfTheInterval) {
  Fleet fleet = make_fleet(190, 1, 1);
  // 60 lists an hour of one page: a minute apart, and slightly more at the first and last ends.
  const Delays delays = least_delays(fleet, steady(190, 97s), Limits{60, 0, BudgetForm::window}, Rows::unknown_only);
  EXPECT_NEAR(delays.p50_s, 30, 5);
  EXPECT_NEAR(delays.p99_s, 60, 15);
}

TEST(FleetBound, TwoPagesCostTwice) {
  Fleet fleet = make_fleet(390, 1, 1);
  const auto restores = steady(390, 7s);
  const Delays running = least_delays(fleet, restores, Limits{60, 0, BudgetForm::window}, Rows::unknown_only);
  const Delays listed = least_delays(fleet, restores, Limits{60, 0, BudgetForm::window}, Rows::since_oldest);
  EXPECT_NEAR(listed.p99_s, 120, 20);
  EXPECT_LT(running.p50_s, listed.p50_s);
}

TEST(FleetBench, TheCoreBringsEachRestoreBackOnce) {
  const Fleet fleet = make_fleet(50, 2, 1);
  const Outcome outcome = run_core(fleet, Limits{300, 300, BudgetForm::window}, 1);
  EXPECT_EQ(done_in(outcome), 50);
}

TEST(FleetBench, WhoPollsEachRestoreByItselfIsRefused) {
  const Fleet fleet = make_fleet(50, 2, 1);
  const Outcome outcome = run_pollers(fleet, Limits{150, 150, BudgetForm::window}, 1, 30s);
  EXPECT_EQ(done_in(outcome), 50);
  EXPECT_GT(refused_of(outcome), 0);
}

}  // namespace
}  // namespace azrestored::bench
