// The store's contract: which daemon works on which job. Each test runs on both stores.
#include "tests/contract/store_fixture.hpp"

namespace azrestored {
namespace {

using Ids = std::vector<JobId>;

template <class Backend>
class JobClaims : public StoreContract<Backend> {};
TYPED_TEST_SUITE(JobClaims, BothStores);

TYPED_TEST(JobClaims, BegunJobsComeBeforeQueuedOnesAndOldBeforeYoung) {
  for (const int n : {5, 3, 1, 4, 2, 6}) this->insert(n);
  this->move_to(this->load(sample_id(4)), Tracking{});
  this->move_to(this->load(sample_id(2)), InDoubt{});
  const Ids expected = {sample_id(2), sample_id(4), sample_id(1), sample_id(3), sample_id(5), sample_id(6)};
  EXPECT_EQ(this->claim(100), expected);
}

TYPED_TEST(JobClaims, NoMoreThanTheLimitAreTakenAndNoneTwice) {
  for (const int n : {1, 2, 3, 4, 5}) this->insert(n);
  this->move_to(this->load(sample_id(5)), Resolving{});
  EXPECT_EQ(this->claim(2), (Ids{sample_id(5), sample_id(1)}));
  EXPECT_EQ(this->claim(2), (Ids{sample_id(2), sample_id(3)}));
  EXPECT_EQ(this->claim(2), (Ids{sample_id(4)}));
  EXPECT_EQ(this->claim(2), Ids{});
}

TYPED_TEST(JobClaims, ALimitOfNothingTakesNothing) {
  this->insert(1);
  EXPECT_EQ(this->claim(0), Ids{});
  EXPECT_EQ(this->claim(-1), Ids{});
  EXPECT_EQ(this->claim(1), Ids{sample_id(1)});
}

TYPED_TEST(JobClaims, AClaimedJobIsWholeAndUnchanged) {
  const Job saved = this->move_to(this->insert(1), Polling{sample_time(7)});
  const Result<std::vector<Job>> claimed = this->get(this->store().claim(1, Admission()));
  ASSERT_TRUE(claimed);
  ASSERT_EQ(claimed->size(), 1U);
  expect_same(claimed->front(), saved);
  expect_same(this->load(saved.id), saved);
}

TYPED_TEST(JobClaims, JobsAtRestAreNotTaken) {
  const std::vector<State> states = every_state();
  Ids expected;
  for (std::size_t i = 0; i < states.size(); ++i) {
    const Job job = this->move_to(this->insert(static_cast<int>(i)), states[i]);
    if (i != 0 && !is_at_rest(states[i])) expected.push_back(job.id);
  }
  expected.push_back(sample_id(0));  // still queued
  EXPECT_EQ(this->claim(100), expected);
}

TYPED_TEST(JobClaims, WhatOneOwnerHoldsNoOtherOwnerGets) {
  for (const int n : {1, 2, 3}) this->insert(n);
  EXPECT_EQ(this->claim(2), (Ids{sample_id(1), sample_id(2)}));
  this->move_to(this->load(sample_id(1)), Resolving{});
  this->reopen_as("second");
  EXPECT_EQ(this->claim(100), Ids{sample_id(3)});
}

TYPED_TEST(JobClaims, ReleasingGivesBackOnlyTheOwnersClaims) {
  for (const int n : {1, 2, 3}) this->insert(n);
  EXPECT_EQ(this->claim(1), Ids{sample_id(1)});
  this->reopen_as("second");
  EXPECT_EQ(this->claim(1), Ids{sample_id(2)});
  ASSERT_TRUE(this->get(this->store().release_claims(std::nullopt)));
  EXPECT_EQ(this->claim(100), (Ids{sample_id(2), sample_id(3)}));
  this->reopen_as("first");
  EXPECT_EQ(this->claim(100), Ids{});
  ASSERT_TRUE(this->get(this->store().release_claims(std::nullopt)));
  EXPECT_EQ(this->claim(100), Ids{sample_id(1)});
}

/// What a start does: it resumes jobs page by page and keeps their claims; it gives back the jobs that it has no room
/// for.
TYPED_TEST(JobClaims, WhatWasClaimedIsResumedByAgeWithoutBeingClaimedAgain) {
  for (const int n : {1, 2, 3, 4, 5}) this->insert(n);
  EXPECT_EQ(this->claim(4), (Ids{sample_id(1), sample_id(2), sample_id(3), sample_id(4)}));
  const Job begun = this->move_to(this->load(sample_id(3)), Resolving{});
  this->move_to(this->load(sample_id(2)), Held{});
  this->reopen_as("second");
  EXPECT_EQ(this->resume(100, std::nullopt), Ids{});
  this->reopen_as("first");
  EXPECT_EQ(this->resume(2, std::nullopt), (Ids{sample_id(1), sample_id(3)}));
  expect_same(this->load(sample_id(3)), begun);
  EXPECT_EQ(this->resume(2, sample_id(3)), Ids{sample_id(4)});
  EXPECT_EQ(this->resume(2, sample_id(4)), Ids{});
  EXPECT_EQ(this->claim(100), Ids{sample_id(5)});
  ASSERT_TRUE(this->get(this->store().release_claims(sample_id(3))));
  EXPECT_EQ(this->resume(100, std::nullopt), (Ids{sample_id(1), sample_id(3)}));
  EXPECT_EQ(this->claim(100), (Ids{sample_id(4), sample_id(5)}));
}

// Held is not final: an operator may release the job, and then any daemon may claim it.
TYPED_TEST(JobClaims, AClaimEndsWhenTheJobComesToRest) {
  Job job = this->insert(1);
  EXPECT_EQ(this->claim(1), Ids{job.id});
  job = this->move_to(job, Held{});
  EXPECT_EQ(this->claim(1), Ids{});
  job = this->move_to(job, InDoubt{});
  this->reopen_as("second");
  EXPECT_EQ(this->claim(1), Ids{job.id});
  this->move_to(job, Succeeded{});
  EXPECT_EQ(this->claim(1), Ids{});
}

}  // namespace
}  // namespace azrestored
