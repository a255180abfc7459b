// The schema: both ways lead to the same schema, a failed migration leaves the old version, and the tables refuse rows
// that cannot be true.
#include "persistence/sqlite/migrations.hpp"

#include <array>
#include <fstream>
#include <functional>
#include <regex>
#include <sstream>

#include "tests/contract/store_fixture.hpp"

namespace azrestored {
namespace {

class Migrations : public testing::Test {
 protected:
  Database empty(const std::string& name) {
    std::ofstream{folder_ / name};
    return Database(folder_ / name, Database::Mode::read_write);
  }

  /// Without comments and with single spaces: a column that was added later is in the middle of the table's text.
  static std::string schema_of(Database& database) {
    const std::string text = database.text(
        "SELECT group_concat(type || ' ' || name || ' ' || tbl_name || ': ' || ifnull(sql, ''), x'0a') "
        "FROM (SELECT * FROM sqlite_schema ORDER BY type, name)");
    const std::string words = std::regex_replace(text, std::regex("--[^\n]*"), "");
    return std::regex_replace(words, std::regex("\\s+"), " ");
  }

  static Error failure_of(const std::function<void()>& deed) {
    try {
      deed();
    } catch (const DatabaseFailure& failure) {
      return failure.error();
    }
    ADD_FAILURE() << "nothing was refused";
    return {};
  }

  test::TempDir folder_;
};

TEST_F(Migrations, EveryOldVersionIsBroughtToTheSchemaFile) {
  std::ifstream file(SCHEMA_FILE);
  std::stringstream text;
  text << file.rdbuf();
  Database expected = empty("expected.db");
  expected.execute(text.str());
  ASSERT_NE(schema_of(expected), "");

  const auto all = migrations();
  for (std::size_t version = 0; version <= all.size(); ++version) {
    SCOPED_TRACE("from version " + std::to_string(version));
    Database database = empty("from" + std::to_string(version) + ".db");
    migrate(database, all.first(version));
    EXPECT_EQ(schema_version(database), static_cast<int>(version));
    migrate(database, all);
    EXPECT_EQ(schema_version(database), static_cast<int>(all.size()));
    EXPECT_EQ(schema_of(database), schema_of(expected));
    EXPECT_EQ(database.integer("PRAGMA application_id"), expected.integer("PRAGMA application_id"));
    identify(database, "the file", all);
    check_health(database, "the file");
  }
}

TEST_F(Migrations, AMigrationThatFailsLeavesTheVersionBefore) {
  const std::array<Migration, 2> broken = {Migration{1, "0001_a.sql", "CREATE TABLE a (x) STRICT_NOT; "},
                                           Migration{2, "0002_b.sql", ""}};
  const std::array<Migration, 2> half = {
      Migration{1, "0001_a.sql", "CREATE TABLE a (x);"},
      Migration{2, "0002_b.sql", "CREATE TABLE b (x); INSERT INTO b VALUES (1); INSERT INTO nowhere VALUES (1);"}};
  Database database = empty("half.db");
  failure_of([&] { migrate(database, broken); });
  EXPECT_EQ(schema_version(database), 0);
  EXPECT_EQ(schema_of(database), "");
  failure_of([&] { migrate(database, half); });
  EXPECT_EQ(schema_version(database), 1);
  EXPECT_EQ(schema_of(database), "table a a: CREATE TABLE a (x)");
}

TEST_F(Migrations, JobsOfVersion2WaitInTheLaneOfTheirVault) {
  Database database = empty("turns.db");
  const auto all = migrations();
  migrate(database, all.first(2));
  for (const std::string state : {"queued", "tracking"}) {
    database.execute("INSERT INTO job VALUES ('" + state + "', 'n', 'Sub', 'G', 'Safe', 'vm', 'r', 0, 0, '" + state +
                     "', 0, 0, 0, 0, '{}', '{}', NULL, NULL)");
  }
  migrate(database, all);
  Job job;
  job.vault = {"Sub", "G", "Safe"};
  EXPECT_EQ(database.text("SELECT lane FROM job WHERE id = 'queued'"), Lane::of(job).text());
  EXPECT_EQ(database.text("SELECT lane FROM job WHERE id = 'tracking'"), "");
  EXPECT_EQ(database.text("SELECT priority || storage_account || target_group FROM job WHERE id = 'queued'"), "0");
}

TEST_F(Migrations, TheTablesRefuseWhatCannotBeTrue) {
  Database database = empty("jobs.db");
  migrate(database, migrations());
  database.execute("PRAGMA foreign_keys = ON");
  const auto insert = [&](const std::string& state, const std::string& finished_at, const std::string& claimed_by) {
    database.execute("INSERT INTO job VALUES ('" + state + "', 'n', 's', 'g', 'v', 'vm', 'r', 0, 0, '" + state +
                     "', 0, 0, 0, 0, '{}', '{}', " + finished_at + ", " + claimed_by + ", 0, '', '', '')");
  };
  for (const StateFacts& each : all_states) {
    const std::string state(each.name);
    const bool final = each.group == Group::final;
    const bool at_rest = is_at_rest(each.group);
    SCOPED_TRACE(state);
    failure_of([&] { insert(state, final ? "NULL" : "1", "NULL"); });
    if (at_rest) failure_of([&] { insert(state, final ? "1" : "NULL", "'me'"); });
    EXPECT_NO_THROW(insert(state, final ? "1" : "NULL", at_rest ? "NULL" : "'me'"));
  }
  failure_of([&] { insert("nonsense", "NULL", "NULL"); });
  failure_of([&] { insert("", "NULL", "NULL"); });
  failure_of([&] { database.execute("UPDATE job SET version = -1"); });
  failure_of([&] { database.execute("UPDATE job SET failures = -1"); });
  failure_of([&] { database.execute("UPDATE job SET since_ms = 'yesterday'"); });
  failure_of([&] { database.execute("UPDATE job SET id = '' WHERE id = 'queued'"); });
  failure_of([&] { database.execute("INSERT INTO job_spec VALUES ('nobody', '{}')"); });
  failure_of([&] { database.execute("INSERT INTO job_event VALUES (1, 'nobody', 0, '', '', '', '', 0, '', '')"); });
}

}  // namespace
}  // namespace azrestored
