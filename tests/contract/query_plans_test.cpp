// No list that people or the daemon ask for reads more rows than it gives: SQLite is asked how it would go about each
// statement of persistence/, and must neither scan the jobs nor sort them.
#include <sqlite3.h>

#include <array>

#include "persistence/job_claims.hpp"
#include "persistence/job_reads.hpp"
#include "persistence/job_removals.hpp"
#include "persistence/job_writes.hpp"
#include "persistence/migrations.hpp"
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
    // "SCAN job USING INDEX" walks an index in order, up to its LIMIT; the claims walk indices of what waits only.
    EXPECT_EQ(plan.find("SCAN job\n"), std::string::npos);
    EXPECT_EQ(plan.find("SCAN job_spec"), std::string::npos);
    EXPECT_EQ(plan.find("SCAN job_event"), std::string::npos);
    const bool is_short = sql.find("WHERE id IN (") != std::string::npos;  // find(): twenty rows at most
    const bool sorts = plan.find("USE TEMP B-TREE FOR ORDER BY") != std::string::npos;
    EXPECT_TRUE(!sorts || is_short);
  }
}

/// How many steps SQLite's machine made for the statements of this connection, until now.
std::int64_t steps_of(Database& database) {
  std::int64_t steps = 0;
  for (sqlite3_stmt* each = sqlite3_next_stmt(database.handle(), nullptr); each != nullptr;
       each = sqlite3_next_stmt(database.handle(), each)) {
    steps += sqlite3_stmt_status(each, SQLITE_STMTSTATUS_VM_STEP, 0);
  }
  return steps;
}

/// A database with 3,000 jobs that succeeded, of one vault and one VM, and three others: of another VM, of another
/// vault, and a failed one.
void fill(const std::string& path) {
  asio::io_context loop(1);
  auto store = open_sqlite(path);
  for (int n = 0; n < 4; ++n) {
    NewJob made = queued_job(n);
    made.job.vault.name = n == 2 ? "Small-Vault" : "large-vault";
    made.job.vm = n == 1 ? "Seldom" : "often";
    ASSERT_TRUE(wait_for(loop, store->insert(made, line_of("", "queued"))));
    const State end = n == 3 ? State(Failed{}) : State(Succeeded{});
    ASSERT_TRUE(wait_for(loop, store->save(later(made.job, end), line_of("queued", "ended"))));
  }
  store.reset();
  Database database(path, Database::Mode::read_write);
  database.execute("BEGIN; CREATE TEMP TABLE copy AS SELECT * FROM job WHERE id = '" + sample_id(0) + "'");
  for (int n = 10; n < 3010; ++n) {
    database.execute("UPDATE copy SET created_ms = " + std::to_string(sample_time(n).time_since_epoch().count()) +
                     ", id = '" + sample_id(n) + "'; INSERT INTO job SELECT * FROM copy");
  }
  database.execute("COMMIT");
}

TEST(QueryPlans, AListReadsLittleMoreThanItGivesHoweverManyOtherJobsThereAre) {
  const test::TempDir folder;
  const std::string path = folder / "jobs.db";
  fill(path);
  Database database(path, Database::Mode::read_only);
  JobReads reads(database);
  struct Asked {
    const char* state;
    const char* vault;
    const char* vm;
    JobId found;
  };
  const std::array all = {
      Asked{nullptr, nullptr, "seldom", sample_id(1)}, Asked{nullptr, "small-vault", nullptr, sample_id(2)},
      Asked{"succeeded", "small-vault", nullptr, sample_id(2)}, Asked{"failed", "large-vault", nullptr, sample_id(3)}};
  for (const Asked& each : all) {
    for (const bool oldest_first : {false, true}) {
      JobQuery query;
      if (each.state != nullptr) query.state = each.state;
      if (each.vault != nullptr) query.vault = each.vault;
      if (each.vm != nullptr) query.vm = each.vm;
      query.oldest_first = oldest_first;
      const std::int64_t before = steps_of(database);
      const auto jobs = reads.list(query);
      ASSERT_TRUE(jobs) << jobs.error().sentence();
      EXPECT_EQ(ids_of(*jobs), std::vector<JobId>{each.found});
      EXPECT_LT(steps_of(database) - before, 500) << "for " << each.found;
    }
  }
}

}  // namespace
}  // namespace azrestored
