// Opening: one process opens a database of azrestored. A file of another kind is refused with a message and stays
// unchanged, byte for byte.
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "persistence/sqlite/database.hpp"
#include "tests/contract/store_fixture.hpp"

namespace azrestored {
namespace {

class SqliteOpen : public testing::Test {
 protected:
  Error refusal() {
    const auto store = SqliteStore::open(path_, "test");
    if (store) {
      ADD_FAILURE() << path_ << " was opened";
      return {};
    }
    return store.error();
  }

  std::string bytes(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  void write(const std::string& text) { std::ofstream(path_, std::ios::binary) << text; }

  /// Creates a database of azrestored with some jobs in it.
  void fill() {
    const auto store = open_sqlite(path_);
    for (int n = 0; n < 50; ++n) start(loop_, store->insert(one_entry(queued_job(n), line_of("", "queued"))));
    finish(loop_);
  }

  asio::io_context loop_{1};
  test::TempDir folder_;
  std::string path_ = folder_ / "jobs.db";
};

TEST_F(SqliteOpen, ANewDatabaseIsReadableByItsOwnerOnly) {
  open_sqlite(path_);
  for (const std::string& path : {path_, path_ + ".lock"}) {
    struct stat status {};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U) << path;
  }
}

TEST_F(SqliteOpen, AMissingFolderIsNamed) {
  path_ = folder_ / "nowhere/jobs.db";
  const Error error = refusal();
  EXPECT_EQ(error.kind(), ErrorKind::refused);
  EXPECT_EQ(error.sentence(), "the folder " + (folder_ / "nowhere") + " of the database " + path_ +
                                  " does not exist; create it for the user the daemon runs as, or set store.path");
}

TEST_F(SqliteOpen, ASecondOpenerIsRefusedWithThePidOfTheHolder) {
  auto first = open_sqlite(path_);
  const Error error = refusal();
  EXPECT_EQ(error.kind(), ErrorKind::refused);
  EXPECT_EQ(error.sentence(), "the database " + path_ + " is in use by process " + std::to_string(::getpid()) +
                                  "; stop that process first, or set store.path to another file");
  ASSERT_TRUE(wait_for(loop_, first->insert(one_entry(queued_job(1), line_of("", "queued")))));  // still works
  first.reset();
  EXPECT_TRUE(wait_for(loop_, open_sqlite(path_)->load(sample_id(1))));
}

TEST_F(SqliteOpen, AFileThatIsNoDatabaseIsRefusedAndUnchanged) {
  for (const std::string& text : {std::string("hello"), std::string(100'000, 'x'), std::string("SQLite format 3")}) {
    write(text);
    const Error error = refusal();
    EXPECT_EQ(error.kind(), ErrorKind::corrupt);
    EXPECT_NE(error.sentence().find(path_ + " is not an SQLite database"), std::string::npos) << error.sentence();
    EXPECT_TRUE(bytes(path_) == text);
  }
}

TEST_F(SqliteOpen, AFolderInPlaceOfTheFileIsRefused) {
  std::filesystem::create_directory(path_);
  EXPECT_EQ(refusal().kind(), ErrorKind::refused);
}

TEST_F(SqliteOpen, ADatabaseOfAnotherProgramIsRefusedAndUnchanged) {
  write("");
  Database(path_, Database::Mode::read_write).execute("CREATE TABLE bookmark (url TEXT)");
  const std::string before = bytes(path_);
  const Error error = refusal();
  EXPECT_EQ(error.kind(), ErrorKind::refused);
  EXPECT_NE(error.sentence().find("of another program"), std::string::npos) << error.sentence();
  EXPECT_TRUE(bytes(path_) == before);
}

// The change stays in the log. Closing a connection would usually remove it, so the log must stay as well.
TEST_F(SqliteOpen, ADatabaseOfANewerProgramIsRefusedAndUnchanged) {
  fill();
  {
    Database newer(path_, Database::Mode::read_write);
    newer.keep_log_on_close(true);
    newer.execute("PRAGMA user_version = 99");
  }
  const std::string file = bytes(path_);
  const std::string log = bytes(path_ + "-wal");
  ASSERT_NE(log, "");
  const Error error = refusal();
  EXPECT_EQ(error.kind(), ErrorKind::refused);
  EXPECT_NE(error.sentence().find("is at schema version 99, written by a newer azrestored"), std::string::npos)
      << error.sentence();
  EXPECT_TRUE(bytes(path_) == file);
  EXPECT_TRUE(bytes(path_ + "-wal") == log);
}

TEST_F(SqliteOpen, ADamagedDatabaseIsRefusedAndUnchanged) {
  fill();
  std::string damaged = bytes(path_);
  ASSERT_GT(damaged.size(), 50'000U);
  for (std::size_t page = 4096; page < damaged.size(); page += 8192) damaged.replace(page, 512, 512, '\x5a');
  write(damaged);
  const Error error = refusal();
  EXPECT_EQ(error.kind(), ErrorKind::corrupt);
  EXPECT_NE(error.sentence().find("the database " + path_ + " is damaged"), std::string::npos) << error.sentence();
  EXPECT_TRUE(bytes(path_) == damaged);
}

TEST_F(SqliteOpen, ARowThatCannotBeUnderstoodIsNamedAndDisturbsNoOther) {
  fill();
  Database(path_, Database::Mode::read_write)
      .execute("UPDATE job SET state = 'tracking', members = '{\"x\": 1}' WHERE id = '" + sample_id(7) + "'");
  const auto store = open_sqlite(path_);
  const Result<Job> unreadable = wait_for(loop_, store->load(sample_id(7)));
  ASSERT_FALSE(unreadable);
  EXPECT_EQ(unreadable.error().kind(), ErrorKind::corrupt);
  EXPECT_NE(unreadable.error().sentence().find("the row of job " + sample_id(7)), std::string::npos);
  EXPECT_TRUE(wait_for(loop_, store->load(sample_id(8))));
  // A claim that cannot return its first job claims none: no job may be claimed without a runner.
  const Result<std::vector<Job>> claimed = wait_for(loop_, store->claim(10, Admission()));
  ASSERT_FALSE(claimed);
  EXPECT_EQ(claimed.error().kind(), ErrorKind::transient) << "one row does not make the database damaged";
  Database other(path_, Database::Mode::read_only);
  EXPECT_EQ(other.integer("SELECT count(*) FROM job WHERE claimed_by IS NOT NULL"), 0);
}

}  // namespace
}  // namespace azrestored
