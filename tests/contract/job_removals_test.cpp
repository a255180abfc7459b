// The store's contract: jobs that ended long ago are found and removed with all rows that belong to them, and nothing
// else is removed. Each test runs on both stores. The counts are compared with the rows in SQLite.
#include "persistence/sqlite/migrations.hpp"
#include "tests/contract/store_fixture.hpp"

namespace azrestored {
namespace {

using Ids = std::vector<JobId>;

template <class Backend>
class JobRemovals : public StoreContract<Backend> {
 protected:
  FinishedJobs& jobs() { return dynamic_cast<FinishedJobs&>(this->store()); }

  /// The n-th sample job, in a final state since sample_time(ended_ms).
  void insert_ended(int n, int ended_ms, const State& end = Succeeded{}) {
    Job job = later(this->insert(n), end);
    job.since = sample_time(ended_ms);
    ASSERT_TRUE(this->get(this->store().save(job, line_of("queued", std::string(state_name(end))))));
  }

  Ids finished(int before_ms, int limit = 100) {
    return this->get(jobs().finished(sample_time(before_ms), limit)).value();
  }
  int remove(Ids ids, int before_ms) {
    return this->get(jobs().remove(std::move(ids), sample_time(before_ms))).value();
  }
  bool is_there(int n) { return this->get(this->store().load(sample_id(n))).has_value(); }
};
TYPED_TEST_SUITE(JobRemovals, BothStores);

TYPED_TEST(JobRemovals, TheJobsThatEndedBeforeAreGivenTheFirstToEndFirst) {
  this->insert_ended(1, 3'000);
  this->insert_ended(2, 1'000, Cancelled{});
  this->insert_ended(3, 2'000, Failed{});
  this->insert_ended(4, 9'000);
  this->insert(5);
  EXPECT_EQ(this->finished(5'000), (Ids{sample_id(2), sample_id(3), sample_id(1)}));
  EXPECT_EQ(this->finished(5'000, 2), (Ids{sample_id(2), sample_id(3)}));
  EXPECT_EQ(this->finished(1'000), Ids{});  // before, not at
}

TYPED_TEST(JobRemovals, AJobGoesWithItsHistoryAndItsFile) {
  this->insert_ended(1, 1'000);
  this->insert_ended(2, 1'000);
  EXPECT_EQ(this->remove({sample_id(1)}, 5'000), 1);
  EXPECT_EQ(this->get(this->store().load(sample_id(1))).error().kind(), ErrorKind::not_found);
  EXPECT_EQ(this->get(this->store().history(sample_id(1))).error().kind(), ErrorKind::not_found);
  EXPECT_EQ(this->get(this->store().spec(sample_id(1))).error().kind(), ErrorKind::not_found);
  EXPECT_TRUE(this->is_there(2));
  EXPECT_EQ(this->get(this->store().history(sample_id(2))).value().size(), 2U);
  EXPECT_EQ(this->finished(5'000), Ids{sample_id(2)});
}

// Between the search and the removal, an operator may have started a new attempt.
TYPED_TEST(JobRemovals, WhatIsNoLongerFinalStays) {
  this->insert_ended(1, 1'000, Failed{});
  Job again = this->load(sample_id(1));
  again.state = Resolving{};
  ASSERT_TRUE(this->get(this->store().save(again, line_of("failed", "resolving"))));
  EXPECT_EQ(this->remove({sample_id(1), sample_id(7)}, 5'000), 0);
  EXPECT_TRUE(this->is_there(1));
}

TYPED_TEST(JobRemovals, WhatEndedSinceStays) {
  this->insert_ended(1, 6'000);
  EXPECT_EQ(this->remove({sample_id(1)}, 5'000), 0);
  EXPECT_TRUE(this->is_there(1));
}

TYPED_TEST(JobRemovals, RemovedJobsAreNotCountedAnyMore) {
  this->insert_ended(1, 1'000);
  this->insert_ended(2, 1'000, Failed{});
  this->insert(3);
  EXPECT_EQ(this->remove({sample_id(1)}, 5'000), 1);
  const std::vector<std::pair<std::string, std::int64_t>> expected = {{"failed", 1}, {"queued", 1}};
  EXPECT_EQ(this->get(this->store().count_by_state()).value(), expected);
}

class StoredCounts : public testing::Test {
 protected:
  static std::string counted(Database& database) {
    return database.text("SELECT group_concat(state || ' ' || jobs) FROM (SELECT * FROM job_count WHERE jobs > 0)");
  }
  static std::string truth(Database& database) {
    return database.text(
        "SELECT group_concat(state || ' ' || n) FROM (SELECT state, count(*) AS n FROM job GROUP BY state)");
  }

  test::TempDir folder_;
  std::string path_ = folder_ / "jobs.db";
};

TEST_F(StoredCounts, AreThoseOfTheRowsWhateverBecomesOfThem) {
  asio::io_context loop{1};
  const auto store = open_sqlite(path_);
  const std::vector<State> states = every_state();
  for (int n = 0; n < 60; ++n) {
    const NewJob made = queued_job(n);
    ASSERT_TRUE(wait_for(loop, store->insert(one_entry(made, line_of("", "queued")))));
    Job job = made.job;
    for (int step = 0; step < n % 4; ++step) {
      const State& next = states[static_cast<std::size_t>(n * 7 + step * 5) % states.size()];
      job = wait_for(loop, store->save(later(job, next), line_of("a", "b"))).value();
    }
    ASSERT_FALSE(wait_for(loop, store->insert(one_entry(made, line_of("", "queued")))));  // exists already
  }
  const std::vector<JobId> old = wait_for(loop, store->finished(sample_time(2'000'000), 3)).value();
  ASSERT_EQ(wait_for(loop, store->remove(old, sample_time(2'000'000))).value(), 3);
  Database database(path_, Database::Mode::read_only);
  EXPECT_EQ(database.integer("SELECT count(*) FROM job"), 57);
  EXPECT_EQ(counted(database), truth(database));
}

TEST_F(StoredCounts, OfAnOlderDatabaseAreTakenFromItsRows) {
  std::fclose(std::fopen(path_.c_str(), "w"));
  Database database(path_, Database::Mode::read_write);
  const auto all = migrations();
  migrate(database, all.first(4));
  for (int n = 0; n < 5; ++n) {
    const std::string state = n < 3 ? "queued" : "held";
    database.execute("INSERT INTO job VALUES ('" + std::to_string(n) + "', 'n', 's', 'g', 'v', 'vm', 'r', 0, 0, '" +
                     state + "', 0, 0, 0, 0, '{}', '{}', NULL, NULL, 0, '', '', '')");
  }
  migrate(database, all);
  EXPECT_EQ(counted(database), "held 2,queued 3");
}

}  // namespace
}  // namespace azrestored
