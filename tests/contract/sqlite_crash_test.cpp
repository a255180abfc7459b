// A store that is killed at any moment loses nothing that it has confirmed, and keeps rows and history consistent.
// Method: a child process works on the database with eight coroutines. SIGKILL ends it at random moments, many times on
// the same file. After each kill the test opens the file and checks it. The kernel keeps the writes of a killed
// process, so this test does not cover a power cut, which synchronous=FULL is for.
#include <gtest/gtest.h>

#include <iostream>
#include <random>

#include "persistence/sqlite/database.hpp"
#include "tests/contract/hammer.hpp"
#include "tests/contract/store_fixture.hpp"

namespace azrestored {
namespace {

constexpr int rounds = 25;

void expect_confirmed_jobs_are_there(Database& database, const std::map<JobId, std::int64_t>& confirmed) {
  Statement version_of(database, "SELECT version FROM job WHERE id = ?1");
  for (const auto& [id, version] : confirmed) {
    Cursor row = version_of.run(id);
    ASSERT_TRUE(row.step()) << "job " << id << " was confirmed at version " << version << " and is gone";
    ASSERT_GE(row.integer(0), version) << "job " << id;
  }
}

void expect_whole(Database& database) {
  EXPECT_EQ(database.text("PRAGMA integrity_check"), "ok");
  EXPECT_EQ(database.text("SELECT group_concat(\"table\") FROM pragma_foreign_key_check"), "");
  EXPECT_EQ(database.integer("SELECT count(*) FROM job WHERE id NOT IN (SELECT job_id FROM job_spec)"), 0)
      << "jobs without their file";
  EXPECT_EQ(database.integer("SELECT count(*) FROM job WHERE version + 1 <> "
                             "(SELECT count(*) FROM job_event WHERE job_id = job.id)"),
            0)
      << "jobs with another number of history lines than of changes";
  EXPECT_EQ(database.integer("SELECT count(*) FROM job JOIN job_event ON sequence = "
                             "(SELECT max(sequence) FROM job_event WHERE job_id = job.id) "
                             "WHERE to_state <> state OR detail <> 'version ' || version"),
            0)
      << "jobs whose last history line has another state or version";
}

TEST(SqliteCrash, NothingConfirmedIsLostHoweverOftenTheProcessIsKilled) {
  const unsigned seed = std::random_device{}();
  std::cout << "seed " << seed << "\n";
  RecordProperty("seed", std::to_string(seed));
  std::mt19937 random(seed);
  const test::TempDir folder;
  const std::string path = folder / "jobs.db";
  std::map<JobId, std::int64_t> confirmed;

  for (int round = 0; round < rounds && !testing::Test::HasFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    Hammer hammer(path, random());
    hammer.listen(1 + static_cast<int>(random() % 300));
    hammer.kill();
    for (const auto& [id, version] : hammer.confirmed()) confirmed[id] = std::max(confirmed[id], version);

    open_sqlite(path);  // recovers, passes its checks, and closes
    Database database(path, Database::Mode::read_only);
    expect_confirmed_jobs_are_there(database, confirmed);
    expect_whole(database);
  }
  std::cout << confirmed.size() << " jobs confirmed in " << rounds << " lives\n";
  EXPECT_GE(confirmed.size(), static_cast<std::size_t>(rounds));
}

}  // namespace
}  // namespace azrestored
