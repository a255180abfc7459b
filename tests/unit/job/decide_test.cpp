// The next action of a job, state by state. Waiting comes first in every state that is not at rest.
#include "core/job/decide.hpp"

#include <gtest/gtest.h>

#include "tests/support/sample_job.hpp"

namespace azrestored::test {
namespace {

TEST(Decide, EachStateWantsItsAction) {
  EXPECT_TRUE(wants<Begin>(job_in(Queued{})));
  EXPECT_TRUE(wants<RequestPreflight>(job_in(Validating{})));
  EXPECT_TRUE(wants<PollPreflight>(job_in(Validating{operation_url})));
  EXPECT_TRUE(wants<PrepareTrigger>(job_in(Triggering{false})));
  EXPECT_TRUE(wants<TriggerRestore>(job_in(Triggering{true})));
  EXPECT_TRUE(wants<SearchJobs>(job_in(in_doubt())));
  EXPECT_TRUE(wants<PollOperation>(job_in(Polling{})));
  EXPECT_TRUE(wants<ReadJob>(job_in(Rehydrating{old_tracking()})));
  EXPECT_TRUE(wants<ReadJob>(job_in(old_tracking())));
  EXPECT_TRUE(wants<RequestCancel>(job_in(cancelling(Cancelling::Phase::asking))));
  EXPECT_TRUE(wants<PollCancel>(job_in(cancelling(Cancelling::Phase::following))));
  EXPECT_TRUE(wants<ReadJob>(job_in(cancelling(Cancelling::Phase::watching))));
}

TEST(Decide, ResolvingWantsWhatIsNotKnownYet) {
  Job job = job_in(Resolving{});
  job.progress.item.reset();
  job.progress.region.reset();
  EXPECT_TRUE(wants<FindItem>(job));
  job.progress.item = ProtectedItem{};
  EXPECT_TRUE(wants<ReadVault>(job));
  job.progress.region = "westus";
  EXPECT_TRUE(wants<FindPoint>(job));
}

TEST(Decide, RulesThatAreCheckedWantTheVaultEvenWhenTheRegionIsKnown) {
  Job job = job_in(Resolving{});
  job.progress.options.checked = true;
  EXPECT_TRUE(wants<ReadVault>(job));
  job.progress.vault_unreadable = true;
  EXPECT_TRUE(wants<FindPoint>(job)) << "what cannot be read is not asked for again";
  job.progress.vault_unreadable = false;
  job.progress.vault = VaultFacts{};
  EXPECT_TRUE(wants<FindPoint>(job));
}

TEST(Decide, AGuardIsLookedUpUnlessTheVaultSaysThatItHasNone) {
  Job job = job_in(Resolving{});
  job.progress.options.checked = true;
  job.progress.options.seeks_guard = true;
  job.progress.vault = VaultFacts{};
  EXPECT_TRUE(wants<ReadGuard>(job)) << "the vault does not say";
  job.progress.vault->guarded = true;
  EXPECT_TRUE(wants<ReadGuard>(job));
  job.progress.vault->guarded = false;
  EXPECT_TRUE(wants<FindPoint>(job));
  job.progress.vault->guarded = true;
  job.progress.guard_requests.emplace();
  EXPECT_TRUE(wants<FindPoint>(job)) << "it has been looked up";
}

TEST(Decide, FinalAndHeldJobsRestWhateverTheirTime) {
  for (const State& state :
       std::vector<State>{Held{false}, Held{true}, Succeeded{}, SucceededWithWarnings{}, Failed{}, Cancelled{}}) {
    Job job = job_in(state);
    job.not_before = now + 1h;
    EXPECT_TRUE(wants<Rest>(job)) << state_name(state);
  }
}

TEST(Decide, NothingIsDoneBeforeItsTime) {
  for (const State& state : std::vector<State>{Queued{}, Resolving{}, Triggering{false}, Triggering{true}, in_doubt(),
                                               Polling{}, old_tracking(), cancelling(Cancelling::Phase::asking)}) {
    Job job = job_in(state);
    job.not_before = now + 1ms;
    const Action action = decide(job, now);
    ASSERT_TRUE(std::holds_alternative<SleepUntil>(action)) << state_name(state);
    EXPECT_EQ(std::get<SleepUntil>(action).at, now + 1ms);
    EXPECT_FALSE(wants<SleepUntil>(job, now + 1ms)) << state_name(state) << ": at its time it is done";
  }
}

}  // namespace
}  // namespace azrestored::test
