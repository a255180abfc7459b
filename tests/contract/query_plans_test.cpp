// No list for an operator or for the daemon reads more rows than it returns. SQLite reports the plan of each statement
// of persistence/; no plan may scan the jobs or sort them.
#include <sqlite3.h>

#include <algorithm>
#include <array>

#include "persistence/sqlite/job_claims.hpp"
#include "persistence/sqlite/job_reads.hpp"
#include "persistence/sqlite/job_removals.hpp"
#include "persistence/sqlite/job_writes.hpp"
#include "persistence/sqlite/migrations.hpp"
#include "persistence/sqlite/state_conditions.hpp"
#include "tests/contract/store_fixture.hpp"

namespace azrestored {
namespace {

/// Every statement that is prepared on the connection, with its plan.
std::vector<std::pair<std::string, std::string>> plans_of(Database& database) {
  std::vector<std::string> statements;
  for (sqlite3_stmt* each = sqlite3_next_stmt(database.handle(), nullptr); each != nullptr;
       each = sqlite3_next_stmt(database.handle(), each)) {
    statements.emplace_back(sqlite3_sql(each));
  }
  std::vector<std::pair<std::string, std::string>> plans;
  for (const std::string& sql : statements) {
    Statement explain(database, "EXPLAIN QUERY PLAN " + sql);
    std::string plan;
    for (Cursor rows = explain.run(); rows.step();) plan += rows.text(3) + "\n";
    plans.emplace_back(sql, plan);
  }
  return plans;
}

TEST(QueryPlans, NoStatementScansOrSortsTheJobs) {
  const test::TempDir folder;
  const std::string path = folder / "jobs.db";
  std::fclose(std::fopen(path.c_str(), "w"));
  Database database(path, Database::Mode::read_write);
  migrate(database, migrations());
  const JobReads reads(database);
  const JobWrites writes(database);
  const JobClaims claims(database, "somebody");
  const JobRemovals removals(database);
  const auto plans = plans_of(database);
  EXPECT_GE(plans.size(), 20U);
  for (const auto& [sql, plan] : plans) {
    SCOPED_TRACE(sql + "\n" + plan);
    // "SCAN job USING INDEX" walks an index in order, up to its LIMIT; the claims walk indices of waiting jobs only.
    EXPECT_EQ(plan.find("SCAN job\n"), std::string::npos);
    EXPECT_EQ(plan.find("SCAN job_spec"), std::string::npos);
    EXPECT_EQ(plan.find("SCAN job_event"), std::string::npos);
    const bool is_short = sql.find("WHERE id IN (") != std::string::npos;  // find(): twenty rows at most
    const bool sorts = plan.find("USE TEMP B-TREE FOR ORDER BY") != std::string::npos;
    EXPECT_TRUE(!sorts || is_short);
  }
}

TEST(QueryPlans, EachClaimWalksThePartialIndexThatIsMadeForIt) {
  // A list of states that differs from the list of the index would be a valid statement, but would walk all jobs.
  const test::TempDir folder;
  const std::string path = folder / "jobs.db";
  std::fclose(std::fopen(path.c_str(), "w"));
  Database database(path, Database::Mode::read_write);
  migrate(database, migrations());
  const JobClaims claims(database, "somebody");
  const auto plans = plans_of(database);
  const auto uses = [&](const std::string& part, const std::string& index) {
    const auto found =
        std::ranges::find_if(plans, [&](const auto& each) { return each.first.find(part) != std::string::npos; });
    ASSERT_NE(found, plans.end()) << part;
    EXPECT_NE(found->second.find("INDEX " + index), std::string::npos) << found->first << "\n" << found->second;
  };
  uses(is_begun_sql(), "job_begun");
  uses(is_queued_sql(), "job_waiting");
}

/// How many steps SQLite's virtual machine has taken for the statements of this connection.
std::int64_t steps_of(Database& database) {
  std::int64_t steps = 0;
  for (sqlite3_stmt* each = sqlite3_next_stmt(database.handle(), nullptr); each != nullptr;
       each = sqlite3_next_stmt(database.handle(), each)) {
    steps += sqlite3_stmt_status(each, SQLITE_STMTSTATUS_VM_STEP, 0);
  }
  return steps;
}

class ListCosts : public testing::Test {
 protected:
  /// 3,000 jobs that succeeded and 3,000 that are queued, all of one vault and one VM, and three others: one of another
  /// VM, one of another vault, and a failed one.
  void SetUp() override {
    asio::io_context loop(1);
    auto store = open_sqlite(path_);
    for (int n = 0; n < 5; ++n) {
      NewJob made = queued_job(n);
      made.job.vault.name = n == 2 ? "Small-Vault" : "large-vault";
      made.job.vm = n == 1 ? "Seldom" : "often";
      ASSERT_TRUE(wait_for(loop, store->insert(one_entry(made, line_of("", "queued")))));
      if (n == 4) continue;
      const State end = n == 3 ? State(Failed{}) : State(Succeeded{});
      ASSERT_TRUE(wait_for(loop, store->save(later(made.job, end), line_of("queued", "ended"))));
    }
    store.reset();
    Database database(path_, Database::Mode::read_write);
    database.execute("BEGIN");
    for (const int model : {0, 4}) copy(database, model, 1000 + model * 1000);
    database.execute("COMMIT");
  }

  /// Returns the list; fails if it reads far more than that.
  std::vector<JobId> list(const JobQuery& query) {
    const std::int64_t before = steps_of(database());
    const auto jobs = reads_->list(query);
    EXPECT_TRUE(jobs) << jobs.error().sentence();
    EXPECT_LT(steps_of(database()) - before, 1'000);
    return ids_of(*jobs);
  }

 private:
  static void copy(Database& database, int model, int first) {
    database.execute("CREATE TEMP TABLE copy AS SELECT * FROM job WHERE id = '" + sample_id(model) + "'");
    for (int n = first; n < first + 3000; ++n) {
      database.execute("UPDATE copy SET created_ms = " + std::to_string(sample_time(n).time_since_epoch().count()) +
                       ", id = '" + sample_id(n) + "'; INSERT INTO job SELECT * FROM copy");
    }
    database.execute("DROP TABLE temp.copy");
  }

  Database& database() {
    if (!reads_) reads_.emplace(database_.emplace(path_, Database::Mode::read_only));
    return *database_;
  }

  const test::TempDir folder_;
  const std::string path_ = folder_ / "jobs.db";
  std::optional<Database> database_;
  std::optional<JobReads> reads_;
};

TEST_F(ListCosts, ANameAmongManyOthersIsFoundAtOnce) {
  for (const bool oldest_first : {false, true}) {
    JobQuery vm;
    vm.oldest_first = oldest_first;
    JobQuery vault = vm;
    vm.vm = "seldom";
    EXPECT_EQ(list(vm), std::vector<JobId>{sample_id(1)});
    vault.vault = "small-vault";
    EXPECT_EQ(list(vault), std::vector<JobId>{sample_id(2)});
    vault.state = "succeeded";
    EXPECT_EQ(list(vault), std::vector<JobId>{sample_id(2)});
    vault.state = "queued";
    EXPECT_EQ(list(vault), std::vector<JobId>{});
    vault.vault = "large-vault";
    vault.state = "failed";
    EXPECT_EQ(list(vault), std::vector<JobId>{sample_id(3)});
  }
}

TEST_F(ListCosts, ALatePageIsReadFromItsPlaceOn) {
  JobQuery page;
  page.limit = 2;
  page.oldest_first = true;
  const auto find = [&] {
    page.after = sample_id(3800);
    EXPECT_EQ(list(page), (std::vector<JobId>{sample_id(3801), sample_id(3802)}));
    page.after = sample_id(1200);
    page.oldest_first = false;
    EXPECT_EQ(list(page), (std::vector<JobId>{sample_id(1199), sample_id(1198)}));
    page.oldest_first = true;
  };
  find();
  page.vault = "large-vault";
  find();
  page.vm = "often";
  find();
  page.state = "succeeded";
  find();
  page.vm.reset();
  find();
  page.vault.reset();
  find();
}

}  // namespace
}  // namespace azrestored
