// The store's contract: lists for operators. Each test runs on both stores.
#include "tests/contract/store_fixture.hpp"

namespace azrestored {
namespace {

using Ids = std::vector<JobId>;

template <class Backend>
class JobLists : public StoreContract<Backend> {
 protected:
  Ids list(const JobQuery& query) {
    const Result<std::vector<Job>> listed = this->get(this->store().list(query));
    if (!listed) throw std::runtime_error(listed.error().sentence());
    return ids_of(*listed);
  }

  Ids find(const std::string& text) {
    const Result<std::vector<Job>> found = this->get(this->store().find(text));
    if (!found) throw std::runtime_error(found.error().sentence());
    return ids_of(*found);
  }

  void insert_named(int n, const std::string& name) {
    NewJob made = queued_job(n);
    made.job.name = name;
    ASSERT_TRUE(this->get(this->store().insert(one_entry(made, line_of("", "queued")))));
  }

  /// Jobs 1 to 8: odd numbers are of web01 in the vault Safe, even ones of db01 in Other; 5 and 6 have succeeded.
  void insert_two_vaults() {
    for (int n = 1; n <= 8; ++n) {
      NewJob made = queued_job(n);
      made.job.vault.name = n % 2 == 1 ? "Safe" : "Other";
      made.job.vm = n % 2 == 1 ? "web01" : "db01";
      ASSERT_TRUE(this->get(this->store().insert(one_entry(made, line_of("", "queued")))));
    }
    for (const int n : {5, 6}) this->move_to(this->load(sample_id(n)), Succeeded{});
  }
};
TYPED_TEST_SUITE(JobLists, BothStores);

TYPED_TEST(JobLists, ListsBeginWithTheNewest) {
  for (const int n : {2, 4, 1, 3}) this->insert(n);
  EXPECT_EQ(this->list(JobQuery{}), (Ids{sample_id(4), sample_id(3), sample_id(2), sample_id(1)}));
}

TYPED_TEST(JobLists, JobsOfOneMillisecondAreInTheOrderOfTheirIds) {
  for (const int n : {2, 3, 1}) {
    NewJob made = queued_job(n);
    made.job.created_at = sample_time(0);
    ASSERT_TRUE(this->get(this->store().insert(one_entry(made, line_of("", "queued")))));
  }
  EXPECT_EQ(this->list(JobQuery{}), (Ids{sample_id(3), sample_id(2), sample_id(1)}));
  JobQuery rest;
  rest.after = sample_id(3);
  EXPECT_EQ(this->list(rest), (Ids{sample_id(2), sample_id(1)}));
  EXPECT_EQ(this->claim(2), (Ids{sample_id(1), sample_id(2)}));
}

TYPED_TEST(JobLists, PagesJoinWithoutGapOrRepetition) {
  for (int n = 1; n <= 7; ++n) this->insert(n);
  JobQuery page;
  page.limit = 3;
  EXPECT_EQ(this->list(page), (Ids{sample_id(7), sample_id(6), sample_id(5)}));
  page.after = sample_id(5);
  this->insert(8);  // the newest of all: it moves no page
  EXPECT_EQ(this->list(page), (Ids{sample_id(4), sample_id(3), sample_id(2)}));
  page.after = sample_id(2);
  EXPECT_EQ(this->list(page), Ids{sample_id(1)});
  page.after = sample_id(1);
  EXPECT_EQ(this->list(page), Ids{});
}

TYPED_TEST(JobLists, AStateSelectsItsJobsOnEveryPage) {
  for (int n = 1; n <= 6; ++n) this->insert(n);
  for (const int n : {1, 3, 5}) this->move_to(this->load(sample_id(n)), SucceededWithWarnings{});
  JobQuery page;
  page.state = "succeeded-with-warnings";
  page.limit = 2;
  EXPECT_EQ(this->list(page), (Ids{sample_id(5), sample_id(3)}));
  page.after = sample_id(3);
  EXPECT_EQ(this->list(page), Ids{sample_id(1)});
  page.after = sample_id(4);  // now in another state, but its position is known
  EXPECT_EQ(this->list(page), (Ids{sample_id(3), sample_id(1)}));
  page.after.reset();
  page.state = "no-such-state";
  EXPECT_EQ(this->list(page), Ids{});
}

TYPED_TEST(JobLists, NamesSelectInAnyCaseAndOnEveryPage) {
  this->insert_two_vaults();
  JobQuery page;
  page.limit = 3;
  page.vault = "SAFE";
  EXPECT_EQ(this->list(page), (Ids{sample_id(7), sample_id(5), sample_id(3)}));
  page.after = sample_id(3);
  EXPECT_EQ(this->list(page), Ids{sample_id(1)});
  page.after.reset();
  page.vm = "Db01";
  EXPECT_EQ(this->list(page), Ids{}) << "both must fit";
  page.vault.reset();
  EXPECT_EQ(this->list(page), (Ids{sample_id(8), sample_id(6), sample_id(4)}));
  page.state = "succeeded";
  EXPECT_EQ(this->list(page), Ids{sample_id(6)});
}

TYPED_TEST(JobLists, NamesCompareWithoutCaseBeyondAscii) {
  for (int n = 1; n <= 4; ++n) {
    NewJob made = queued_job(n);
    made.job.vault.name = n <= 2 ? "B\xC3\xBCro" : "other";
    made.job.vm = n % 2 == 1 ? "\xC3\xBC"
                               "1"
                             : "web01";
    ASSERT_TRUE(this->get(this->store().insert(one_entry(made, line_of("", "queued")))));
  }
  JobQuery query;
  query.vault = "b\xC3\x9CRO";
  EXPECT_EQ(this->list(query), (Ids{sample_id(2), sample_id(1)}));
  query.vm =
      "\xC3\x9C"
      "1";
  EXPECT_EQ(this->list(query), Ids{sample_id(1)});
  query.vault = "OTHER";
  EXPECT_EQ(this->list(query), Ids{sample_id(3)});
  query.vault.reset();
  query.state = "queued";
  EXPECT_EQ(this->list(query), (Ids{sample_id(3), sample_id(1)}));
  query.state = "failed";
  EXPECT_EQ(this->list(query), Ids{});
}

TYPED_TEST(JobLists, SinceIsInclusiveAndGoesWithEveryOtherChoice) {
  this->insert_two_vaults();
  JobQuery query;
  query.since = sample_time(5);
  EXPECT_EQ(this->list(query), (Ids{sample_id(8), sample_id(7), sample_id(6), sample_id(5)}));
  query.vm = "web01";
  EXPECT_EQ(this->list(query), (Ids{sample_id(7), sample_id(5)}));
  query.vm.reset();
  query.state = "queued";
  EXPECT_EQ(this->list(query), (Ids{sample_id(8), sample_id(7)}));
}

TYPED_TEST(JobLists, OldestFirstIsTheSameListBackwards) {
  this->insert_two_vaults();
  JobQuery page;
  page.oldest_first = true;
  page.limit = 3;
  EXPECT_EQ(this->list(page), (Ids{sample_id(1), sample_id(2), sample_id(3)}));
  page.after = sample_id(3);
  EXPECT_EQ(this->list(page), (Ids{sample_id(4), sample_id(5), sample_id(6)}));
  page.state = "queued";
  EXPECT_EQ(this->list(page), (Ids{sample_id(4), sample_id(7), sample_id(8)}));
  page.vault = "other";
  EXPECT_EQ(this->list(page), (Ids{sample_id(4), sample_id(8)}));
}

TYPED_TEST(JobLists, ContinuingAfterAnUnknownJobIsNotFound) {
  this->insert(1);
  JobQuery query;
  query.after = sample_id(2);
  const Result<std::vector<Job>> refused = this->get(this->store().list(query));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind(), ErrorKind::not_found);
}

TYPED_TEST(JobLists, ALimitOutOfRangeIsRefused) {
  this->insert(1);
  for (const int limit : {0, -1, 10'001}) {
    JobQuery query;
    query.limit = limit;
    const Result<std::vector<Job>> refused = this->get(this->store().list(query));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind(), ErrorKind::refused);
    EXPECT_EQ(refused.error().sentence(),
              "a list of " + std::to_string(limit) + " jobs was requested; expected 1 to 10000 jobs");
  }
  JobQuery largest;
  largest.limit = 10'000;
  EXPECT_EQ(this->list(largest), Ids{sample_id(1)});
}

TYPED_TEST(JobLists, AJobIsFoundByIdByPrefixAndByNameOldestFirst) {
  this->insert_named(11, "drill");
  this->insert_named(12, "drill");
  this->insert_named(21, "00000011-0000-4000-8000-000000000000");  // a name may look like an id
  EXPECT_EQ(this->find(sample_id(12)), Ids{sample_id(12)});
  EXPECT_EQ(this->find("0000001"), (Ids{sample_id(11), sample_id(12)}));
  EXPECT_EQ(this->find("drill"), (Ids{sample_id(11), sample_id(12)}));
  EXPECT_EQ(this->find("00000011-0000-4000-8000-000000000000"), (Ids{sample_id(11), sample_id(21)}));
  EXPECT_EQ(this->find("dril"), Ids{});   // only whole names match
  EXPECT_EQ(this->find("Drill"), Ids{});  // in exactly this spelling
  EXPECT_EQ(this->find("0000003"), Ids{});
  EXPECT_EQ(this->find("%"), Ids{});
  EXPECT_EQ(this->find("0000001_"), Ids{});
  EXPECT_EQ(this->find("00000011-0000-4000-8000-0000000000000"), Ids{});
}

TYPED_TEST(JobLists, AJobThatFitsTwiceIsFoundOnce) {
  this->insert_named(7, "00000007");
  EXPECT_EQ(this->find("00000007"), Ids{sample_id(7)});
}

// The newest ten found by their id and the newest ten found by their name: a name may have been used for years.
TYPED_TEST(JobLists, AtMostTheNewestTenAreFoundByIdAndTenByName) {
  for (int n = 1; n <= 12; ++n) this->insert_named(n, "0000004");
  for (int n = 40; n <= 51; ++n) this->insert_named(n, "other");
  Ids expected;
  for (int n = 3; n <= 12; ++n) expected.push_back(sample_id(n));
  for (int n = 40; n <= 49; ++n) expected.push_back(sample_id(n));
  EXPECT_EQ(this->find("0000004"), expected);
  Ids others;
  for (int n = 42; n <= 51; ++n) others.push_back(sample_id(n));
  EXPECT_EQ(this->find("other"), others);
}

TYPED_TEST(JobLists, JobsAreCountedByState) {
  using Counts = std::vector<std::pair<std::string, std::int64_t>>;
  EXPECT_EQ(this->get(this->store().count_by_state()).value(), Counts{});
  for (int n = 1; n <= 5; ++n) this->insert(n);
  this->move_to(this->load(sample_id(1)), Tracking{});
  this->move_to(this->load(sample_id(2)), Failed{});
  this->move_to(this->load(sample_id(3)), Failed{});
  const Counts expected = {{"failed", 2}, {"queued", 2}, {"tracking", 1}};
  EXPECT_EQ(this->get(this->store().count_by_state()).value(), expected);
}

}  // namespace
}  // namespace azrestored
