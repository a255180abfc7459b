// The facts of every state, as contracts: names, groups, and how a job is reported. The rest of the program uses only
// these facts. Add each new state here.
#include "core/job/state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/variant_names.hpp"
#include "tests/support/sample_job.hpp"

namespace azrestored::test {
namespace {

using testing::ElementsAre;

TEST(States, NamesAreTheContract) {
  EXPECT_THAT(state_names(), ElementsAre("queued", "resolving", "validating", "triggering", "in-doubt", "polling",
                                         "rehydrating", "tracking", "cancelling", "held", "succeeded",
                                         "succeeded-with-warnings", "succeeded-with-findings", "failed", "cancelled"));
}

TEST(States, EveryStateIsInOneGroup) {
  EXPECT_THAT(state_names(Group::waiting), ElementsAre("queued"));
  EXPECT_THAT(state_names(Group::preparing), ElementsAre("resolving", "validating", "triggering"));
  EXPECT_THAT(state_names(Group::open), ElementsAre("in-doubt", "polling"));
  EXPECT_THAT(state_names(Group::tracking), ElementsAre("rehydrating", "tracking", "cancelling"));
  EXPECT_THAT(state_names(Group::at_rest), ElementsAre("held"));
  EXPECT_THAT(state_names(Group::final),
              ElementsAre("succeeded", "succeeded-with-warnings", "succeeded-with-findings", "failed", "cancelled"));
}

TEST(States, FinalAndRestingStatesAreTheLastSix) {
  for (const State& state : std::vector<State>{Queued{}, Resolving{}, Validating{}, Triggering{}, InDoubt{}, Polling{},
                                               Rehydrating{}, Tracking{}, Cancelling{}}) {
    EXPECT_FALSE(is_at_rest(state)) << state_name(state);
    EXPECT_FALSE(is_final(state)) << state_name(state);
  }
  EXPECT_TRUE(is_at_rest(Held{}));
  EXPECT_FALSE(is_final(Held{}));
  for (const State& state :
       std::vector<State>{Succeeded{}, SucceededWithWarnings{}, SucceededWithFindings{}, Failed{}, Cancelled{}}) {
    EXPECT_TRUE(is_at_rest(state)) << state_name(state);
    EXPECT_TRUE(is_final(state)) << state_name(state);
  }
}

TEST(States, AJobIsPreparingUntilItsRequestIsOut) {
  for (const State& state : std::vector<State>{Queued{}, Resolving{}, Validating{}, Triggering{}, Triggering{true}})
    EXPECT_TRUE(is_preparing(state)) << state_name(state);
  for (const State& state :
       std::vector<State>{InDoubt{}, Polling{}, Rehydrating{}, Tracking{}, Cancelling{}, Held{}, Succeeded{},
                          SucceededWithWarnings{}, SucceededWithFindings{}, Failed{}, Cancelled{}})
    EXPECT_FALSE(is_preparing(state)) << state_name(state);
}

TEST(States, GoodEndsAreTheThreeWaysToSucceed) {
  std::vector<std::string_view> good;
  for (const StateFacts& state : all_states) {
    if (is_good_end(state.reported_as)) good.push_back(state.name);
  }
  EXPECT_THAT(good, ElementsAre("succeeded", "succeeded-with-warnings", "succeeded-with-findings"));
  EXPECT_TRUE(is_good_end(SucceededWithFindings{}));
  EXPECT_FALSE(is_good_end(Failed{}));
}

TEST(States, AStateIsFoundByItsName) {
  ASSERT_EQ(all_states.size(), std::variant_size_v<State>);
  for (const StateFacts& state : all_states) EXPECT_EQ(state_facts(state.name), &state) << state.name;
  EXPECT_EQ(state_facts("in-doubt")->reported_as, ReportedAs::in_doubt);
  EXPECT_EQ(facts_of(InDoubt{}).group, Group::open);
  for (const char* const unknown : {"", "hibernating", "Queued", "succeeded-with"})
    EXPECT_EQ(state_facts(unknown), nullptr) << unknown;
}

TEST(States, TheBackupJobIsThatOfTheStatesThatTrackOne) {
  EXPECT_EQ(backup_job_of(Rehydrating{old_tracking()})->started_at, old_tracking().started_at);
  EXPECT_EQ(backup_job_of(old_tracking())->started_at, old_tracking().started_at);
  EXPECT_EQ(backup_job_of(cancelling(Cancelling::Phase::asking))->started_at, old_tracking().started_at);
  for (const State& state :
       std::vector<State>{Queued{}, Resolving{}, Validating{}, Triggering{}, InDoubt{}, Polling{}, Held{true},
                          Succeeded{}, SucceededWithWarnings{}, SucceededWithFindings{}, Failed{}, Cancelled{}})
    EXPECT_EQ(backup_job_of(state), nullptr) << state_name(state);
}

struct First {
  static constexpr std::string_view name = "first";
};
struct Second {
  static constexpr std::string_view name = "second";
};

TEST(VariantNames, AreInTheOrderOfTheVariant) {
  EXPECT_THAT((names_of<std::variant<First, Second>>), ElementsAre("first", "second"));
  EXPECT_THAT((names_of<std::variant<Second, First>>), ElementsAre("second", "first"));
}

}  // namespace
}  // namespace azrestored::test
