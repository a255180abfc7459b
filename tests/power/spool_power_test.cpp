// A dropped file is taken exactly once or refused with a reason (I2), however the daemon ends and whatever the disk
// loses. The real spool runs on a disk in memory (model_disk.hpp). Method: end the process at the first, second, third
// ... system call of some scenarios until no call is left, by a kill and by power cuts. Then at random, with producers
// that follow the contract and others. A failure prints the seed; the same seed gives the same run.
//
// AZRESTORED_SEEDS=N tries N random seeds, AZRESTORED_SEED=N only that one; AZRESTORED_CUTS=N tries every call with N
// seeds, AZRESTORED_PAIR_STEP=N every N-th call of each pair.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "tests/power/spool_run.hpp"

namespace azrestored::power {
namespace {

using Kind = ModelDisk::Kind;
using Way = Drop::Way;

constexpr const char* some_id = "6ba7b810-9dad-41d1-80b4-00c04fd430c8.json";

struct Scenario {
  std::string name;
  std::vector<Drop> drops;
  int act_rate = 0;
  bool has_folders = true;
};

void PrintTo(const Scenario& scenario, std::ostream* out) {
  *out << scenario.name;
}

const Scenario scenarios[] = {
    {"OneGoodFile", {{"a.json"}}},
    {"AFileWithTheIdItWants", {{some_id}}},
    {"OneBadFile", {{"a.json", Way::by_contract, false}}},
    {"GoodAndBadFilesInOneBatch",
     {{"a.json"}, {"b.json", Way::by_contract, false}, {some_id}, {"c.json", Way::by_contract, false}}},
    {"TheSameNameAgainAndAgain", {{"a.json"}, {"a.json"}, {"a.json"}}, 3},
    {"BadFilesOfOneName", {{"a.json", Way::by_contract, false}, {"a.json", Way::by_contract, false}}, 6},
    {"FilesReplacedWhileTheyAreTaken", {{some_id}, {some_id}, {"b.json", Way::in_place}, {"b.json"}}, 2},
    {"TheFirstStartMakesTheFolders", {{"a.json"}, {"b.json", Way::by_contract, false}}, 3, false},
};

int number_from(const char* variable, int otherwise) {
  const char* const text = std::getenv(variable);
  return text == nullptr ? otherwise : std::atoi(text);
}

class SpoolEnds : public testing::TestWithParam<Scenario> {
 protected:
  /// Runs to the end. False if the run did not reach the last end of the plan.
  bool try_ends(std::vector<int> ends, Kind kind, bool by_power, std::uint64_t seed) {
    const Scenario& scenario = GetParam();
    Plan plan;
    plan.drops = scenario.drops;
    plan.has_folders = scenario.has_folders;
    plan.act_rate = scenario.act_rate;
    plan.disk = kind;
    plan.ends = std::move(ends);
    plan.by_power = by_power;
    const std::string where = testing::PrintToString(plan.ends);
    SpoolRun run(std::move(plan), seed);
    ++runs_;
    const std::optional<std::string> broken = run.broken();
    EXPECT_FALSE(broken) << *broken << "\nended at call " << where << (by_power ? " by a power cut" : " by a kill")
                         << (kind == Kind::ordered ? ", ordered disk" : ", independent disk") << ", seed " << seed;
    return run.reached_all_ends() && !HasFailure();
  }

  int runs_ = 0;
};

constexpr int most_calls = 1000;  // far more than any life makes

TEST_P(SpoolEnds, AtEveryCallLeaveNoFileNowhereAndNoneTwice) {
  const int cuts = number_from("AZRESTORED_CUTS", AZRESTORED_CUTS);
  int calls = 0;
  for (int seed = 0; seed < cuts; ++seed) {
    for (const Kind kind : {Kind::independent, Kind::ordered}) {
      for (const bool by_power : {false, true}) {
        int end = 1;
        while (end < most_calls && try_ends({end}, kind, by_power, static_cast<std::uint64_t>(seed))) ++end;
        calls = std::max(calls, end - 1);
      }
    }
  }
  std::cout << GetParam().name << ": " << runs_ << " runs, up to " << calls << " calls to end at\n";
}

INSTANTIATE_TEST_SUITE_P(Scenarios, SpoolEnds, testing::ValuesIn(scenarios),
                         [](const testing::TestParamInfo<Scenario>& each) { return each.param.name; });

// A kill, after which the next life sees the unsynced changes as if they were durable, and then a power cut; or any
// other two.
TEST(SpoolPower, EachPairOfEndsLeavesNoFileNowhereAndNoneTwice) {
  const int step = number_from("AZRESTORED_PAIR_STEP", AZRESTORED_PAIR_STEP);
  int runs = 0;
  for (int seed = 0; seed < 6; ++seed) {  // up to the second end, runs of one seed and one first end are the same
    bool first_was_reached = true;
    for (int first = 1; first_was_reached && !HasFailure(); first += step) {
      bool both_were_reached = true;
      for (int second = 1; both_were_reached && !HasFailure(); second += step, ++runs) {
        Plan plan;
        plan.drops = {{"a.json"}, {"b.json", Way::by_contract, false}};
        plan.disk = seed % 3 == 0 ? Kind::ordered : Kind::independent;
        plan.act_rate = 0;
        plan.ends = {first, second};
        SpoolRun run(std::move(plan), static_cast<std::uint64_t>(seed));
        const std::optional<std::string> broken = run.broken();
        EXPECT_FALSE(broken) << *broken << "\nended at calls " << first << " and " << second << ", seed " << seed;
        both_were_reached = run.reached_all_ends();
        first_was_reached = both_were_reached || second > 1;
      }
    }
  }
  std::cout << runs << " pairs of ends\n";
}

TEST(SpoolPower, AnythingAtRandomLeavesNoFileNowhereAndNoneTwice) {
  const int only = number_from("AZRESTORED_SEED", -1);
  const int first = std::max(only, 0);
  const int seeds = only >= 0 ? 1 : number_from("AZRESTORED_SEEDS", AZRESTORED_SEEDS);
  for (int seed = first; seed < first + seeds && !HasFailure(); ++seed) {
    sim::Chance chance(static_cast<std::uint64_t>(seed));
    SpoolRun run(random_plan(chance), static_cast<std::uint64_t>(seed));
    const std::optional<std::string> broken = run.broken();
    EXPECT_FALSE(broken) << "seed " << seed << ": " << *broken;
  }
  std::cout << seeds << " random seeds\n";
}

}  // namespace
}  // namespace azrestored::power
