// No list that people or the daemon ask for reads more rows than it gives: SQLite is asked how it would go about each
// statement of persistence/, and must neither scan the jobs nor sort them.
#include <sqlite3.h>

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

}  // namespace
}  // namespace azrestored
