// The store's contract: the order in which queued jobs are claimed, the limits that delay them, and the queue position
// that the store reports. Each test runs on both stores.
#include <fstream>

#include "persistence/sqlite/job_claims.hpp"
#include "persistence/sqlite/job_writes.hpp"
#include "persistence/sqlite/migrations.hpp"
#include "tests/contract/store_fixture.hpp"

namespace azrestored {
namespace {

using Ids = std::vector<JobId>;

const std::string accounts = "/subscriptions/s/resourcegroups/g/providers/microsoft.storage/storageaccounts/";
const std::string groups = "/subscriptions/s/resourcegroups/";

/// What the queue position of a job depends on.
struct Place {
  int priority = 0;
  std::string vault = "v1";
  std::string account = "a1";
  std::string group = "g1";
  std::string subscription = "s";
};

Ids samples(const std::vector<int>& numbers) {
  Ids ids;
  for (const int n : numbers) ids.push_back(sample_id(n));
  return ids;
}

template <class Backend>
class JobTurns : public StoreContract<Backend> {
 protected:
  /// Inserts queued_job(n) there. A greater n is a younger job.
  Job put(int n, const Place& place) {
    NewJob made = queued_job(n);
    made.job.priority = place.priority;
    made.job.vault = {place.subscription, "rg", place.vault};
    made.job.storage_account = place.account.empty() ? "" : accounts + place.account;
    made.job.target_group = place.group.empty() ? "" : groups + place.group;
    const HistoryLine line = line_of("", "queued");
    EXPECT_TRUE(this->get(this->store().insert(one_entry(made, line))));
    return made.job;
  }

  std::optional<std::int64_t> place_of(int n, std::optional<ConcurrencyLimit> cap = std::nullopt) {
    const auto place = this->get(this->store().queue_position(sample_id(n), cap));
    EXPECT_TRUE(place);
    return place ? *place : std::nullopt;
  }
};
TYPED_TEST_SUITE(JobTurns, BothStores);

TYPED_TEST(JobTurns, AHigherPriorityComesFirstAndThenTheOlderJob) {
  this->put(1, {});
  this->put(2, {.priority = -5});
  this->put(3, {.priority = 7, .vault = "v2"});
  this->put(4, {.vault = "v0"});
  this->put(5, {.priority = 7});
  EXPECT_EQ(this->claim(100), samples({3, 5, 1, 4, 2}));
}

TYPED_TEST(JobTurns, TheOrderIsTheSameTakenOneByOne) {
  for (const int n : {1, 2, 3, 4, 5, 6}) {
    this->put(n, {.priority = n % 2, .vault = "v" + std::to_string(n % 3)});
  }
  Ids taken;
  for (int i = 0; i < 6; ++i) {
    for (const JobId& id : this->claim(1)) taken.push_back(id);
  }
  EXPECT_EQ(taken, samples({1, 3, 5, 2, 4, 6}));
}

TYPED_TEST(JobTurns, AFullCapKeepsBackTheJobsThatItConcernsAndNoOthers) {
  for (const int n : {1, 2, 3, 4}) this->put(n, {.vault = "full"});
  this->put(5, {.vault = "free"});
  ConcurrencyLimits caps;
  caps.per_vault = 2;
  EXPECT_EQ(this->claim(100, Admission(caps)), samples({1, 2, 5}));
}

TYPED_TEST(JobTurns, EachOfTheFourCapsHolds) {
  struct Case {
    int ConcurrencyLimits::*cap;
    Place other;  // not limited by it
  };
  const std::vector<Case> cases = {{&ConcurrencyLimits::per_subscription, {.subscription = "t"}},
                                   {&ConcurrencyLimits::per_vault, {.vault = "v2"}},
                                   {&ConcurrencyLimits::per_storage_account, {.account = "a2"}},
                                   {&ConcurrencyLimits::per_target_group, {.group = "g2"}}};
  int n = 0;
  for (const Case& each : cases) {
    this->put(n + 1, {});
    this->put(n + 2, {});
    this->put(n + 3, each.other);
    ConcurrencyLimits caps;
    caps.*each.cap = 1;
    EXPECT_EQ(this->claim(100, Admission(caps)), samples({n + 1, n + 3}));
    for (const JobId& id : samples({n + 1, n + 3})) this->move_to(this->load(id), Failed{});
    EXPECT_EQ(this->claim(100, Admission(caps)), samples({n + 2}));
    this->move_to(this->load(sample_id(n + 2)), Failed{});
    n += 3;
  }
}

TYPED_TEST(JobTurns, AnAccountIsSharedByAllVaultsAndSubscriptions) {
  this->put(1, {.vault = "v1"});
  this->put(2, {.vault = "v2"});
  this->put(3, {.group = "g2", .subscription = "t"});
  ConcurrencyLimits caps;
  caps.per_storage_account = 1;
  EXPECT_EQ(this->claim(100, Admission(caps)), samples({1}));
}

TYPED_TEST(JobTurns, JobsWithoutAccountOrGroupCountAgainstNone) {
  for (const int n : {1, 2, 3}) this->put(n, {.account = "", .group = ""});
  ConcurrencyLimits caps;
  caps.per_storage_account = 1;
  caps.per_target_group = 1;
  EXPECT_EQ(this->claim(100, Admission(caps)), samples({1, 2, 3}));
}

TYPED_TEST(JobTurns, SpellingsOfOneVaultShareItsCap) {
  this->put(1, {.vault = "Safe"});
  this->put(2, {.vault = "SAFE", .subscription = "S"});
  ConcurrencyLimits caps;
  caps.per_vault = 1;
  EXPECT_EQ(this->claim(100, Admission(caps)), samples({1}));
}

TYPED_TEST(JobTurns, WhatIsUnderWayAlreadyCounts) {
  const Job job = this->put(1, {});
  this->put(2, {});
  ConcurrencyLimits caps;
  caps.per_vault = 2;
  Admission admission(caps);
  admission.began(Lane::of(job));
  EXPECT_EQ(this->claim(100, admission), samples({1}));
}

TYPED_TEST(JobTurns, JobsBegunAreTakenWhateverTheCapsAndCount) {
  for (const int n : {1, 2, 3}) this->move_to(this->put(n, {.priority = -100}), Tracking{});
  this->put(4, {.priority = 100});
  this->put(5, {.vault = "v2"});
  ConcurrencyLimits caps;
  caps.per_vault = 2;
  EXPECT_EQ(this->claim(100, Admission(caps)), samples({1, 2, 3, 5}));
}

TYPED_TEST(JobTurns, AJobQueuedAgainWaitsLikeAnyOther) {
  Job job = this->put(1, {});
  this->put(2, {});
  ConcurrencyLimits caps;
  caps.per_vault = 1;
  EXPECT_EQ(this->claim(100, Admission(caps)), samples({1}));
  job = this->move_to(this->move_to(job, Tracking{}), Held{});
  EXPECT_EQ(this->claim(100, Admission(caps)), samples({2}));
  job = this->move_to(job, Queued{});
  Admission full(caps);
  full.began(Lane::of(job));
  EXPECT_EQ(this->claim(100, full), Ids{});
  EXPECT_EQ(this->place_of(1), 1);
  EXPECT_EQ(this->claim(100, Admission(caps)), samples({1}));
}

TYPED_TEST(JobTurns, NoJobOvertakesAnotherWithinALimit) {
  for (int n = 1; n <= 20; ++n) this->put(n, {.vault = "v" + std::to_string(n % 4)});
  ConcurrencyLimits caps;
  caps.per_vault = 3;
  EXPECT_EQ(this->claim(5, Admission(caps)), samples({1, 2, 3, 4, 5}));
}

TYPED_TEST(JobTurns, AQueuePositionIsCountedAmongAllJobsOrAmongThoseOfALimit) {
  this->put(1, {.priority = -1});
  this->put(2, {.vault = "v2"});
  this->put(3, {.account = "a2", .group = "g2"});
  this->put(4, {.priority = 1, .subscription = "t"});
  this->put(5, {});
  EXPECT_EQ(this->place_of(4), 1);
  EXPECT_EQ(this->place_of(5), 4);
  EXPECT_EQ(this->place_of(5, ConcurrencyLimit::subscription), 3);
  EXPECT_EQ(this->place_of(5, ConcurrencyLimit::vault), 2);
  EXPECT_EQ(this->place_of(5, ConcurrencyLimit::storage_account), 3);
  EXPECT_EQ(this->place_of(5, ConcurrencyLimit::target_group), 3);
  EXPECT_EQ(this->place_of(1), 5);
  EXPECT_EQ(this->place_of(1, ConcurrencyLimit::vault), 3);
}

TYPED_TEST(JobTurns, AJobThatIsNotQueuedHasNoQueuePosition) {
  this->put(1, {});
  this->move_to(this->put(2, {}), Tracking{});
  this->move_to(this->put(3, {}), Failed{});
  EXPECT_EQ(this->claim(2), samples({2, 1}));
  this->put(4, {});
  for (const int n : {1, 2, 3, 99}) EXPECT_EQ(this->place_of(n), std::nullopt) << n;
  EXPECT_EQ(this->place_of(4), 1) << "claimed jobs do not count for the queue position";
}

/// A database of its own that counts the work of its statements: in instructions of SQLite's virtual machine, which are
/// the same on every run.
class ClaimCost : public testing::Test {
 protected:
  ClaimCost() { migrate(database_, migrations()); }

  void put(int from, int to, const std::string& vault) {
    JobWrites writes(database_);
    Transaction transaction(database_);
    for (int n = from; n < to; ++n) {
      NewJob made = queued_job(n);
      made.job.vault.name = vault;
      ASSERT_TRUE(writes.insert({NewRow{NewEntry{made, line_of("", "queued")}, texts_of(made.job)}}));
    }
    transaction.commit();
  }

  /// The cost of one claim that may find `expected` jobs.
  int cost_of_claim(const Admission& admission, std::size_t expected) {
    JobClaims claims(database_, "test");
    Transaction rolled_back(database_);
    const Result<std::vector<Job>> jobs = claims.claim(10, admission);
    EXPECT_TRUE(jobs && jobs->size() == expected);
    int steps = 0;
    sqlite3_stmt* each = nullptr;
    while ((each = sqlite3_next_stmt(database_.handle(), each)) != nullptr)
      steps += sqlite3_stmt_status(each, SQLITE_STMTSTATUS_VM_STEP, 1);
    return steps;
  }

 private:
  test::TempDir folder_;
  Database database_ = empty_database(folder_ / "jobs.db");

  static Database empty_database(const std::string& path) {
    std::ofstream{path};
    return Database(path, Database::Mode::read_write);
  }
};

TEST_F(ClaimCost, DoesNotGrowWithTheJobsThatWaitForAFullCap) {
  ConcurrencyLimits caps;
  caps.per_vault = 1;
  Admission full(caps);
  Job under_way = queued_job(0).job;
  under_way.vault.name = "full";
  full.began(Lane::of(under_way));
  put(0, 10, "full");
  const int few = cost_of_claim(full, 0);
  put(10, 3000, "full");
  EXPECT_EQ(cost_of_claim(full, 0), few);
  put(3000, 3010, "free");
  EXPECT_LT(cost_of_claim(full, 1), 10 * few + 1000) << "few: " << few;
}

TEST_F(ClaimCost, DoesNotGrowWithTheJobsThatWaitInTheSameLane) {
  put(0, 11, "free");
  const int few = cost_of_claim(Admission(), 10);
  put(11, 3000, "free");
  EXPECT_LT(cost_of_claim(Admission(), 10), few + few / 4);
}

}  // namespace
}  // namespace azrestored
