// Group commit as callers of the store see it: many changes share a transaction and its result. A second connection
// holds SQLite's write lock while the changes are queued, so that timing does not decide which changes share a
// transaction.
#include <sys/resource.h>

#include <csignal>
#include <thread>

#include "persistence/sqlite/database.hpp"
#include "tests/contract/store_fixture.hpp"

namespace azrestored {
namespace {

class SqliteBatch : public testing::Test {
 protected:
  /// Inserts `count` jobs.
  std::vector<Job> insert(int count) {
    std::vector<Job> jobs;
    for (int n = 0; n < count; ++n) {
      const NewJob made = queued_job(n);
      start(loop_, store_->insert(one_entry(made, line_of("", "queued"))));
      jobs.push_back(made.job);
    }
    finish(loop_);
    return jobs;
  }

  using Answers = std::vector<std::shared_ptr<Pending<Result<Job>>>>;

  /// Saves all jobs at once, in at most two transactions: those that were queued when the writer woke up, and the rest.
  Answers save_together(const std::vector<Job>& jobs) {
    Answers answers;
    Database other(path_, Database::Mode::read_write);
    other.execute("BEGIN IMMEDIATE");
    for (const Job& job : jobs) answers.push_back(start(loop_, store_->save(later(job, Resolving{}), resolving_)));
    loop_.restart();
    loop_.poll();  // everything is queued now
    other.execute("ROLLBACK");
    finish(loop_);
    return answers;
  }

  std::int64_t version_of(const JobId& id) { return wait_for(loop_, store_->load(id)).value().version; }
  std::size_t lines_of(const JobId& id) { return wait_for(loop_, store_->history(id)).value().size(); }

  asio::io_context loop_{1};
  test::TempDir folder_;
  std::string path_ = folder_ / "jobs.db";
  std::unique_ptr<SqliteStore> store_ = open_sqlite(path_);
  HistoryLine resolving_ = line_of("queued", "resolving");
};

TEST_F(SqliteBatch, AThousandSavesAtOnceShareAFewTransactions) {
  const std::vector<Job> jobs = insert(1'000);
  const std::uint64_t before = store_->commits();
  for (const auto& answer : save_together(jobs)) ASSERT_TRUE(answer->value.value());
  EXPECT_LE(store_->commits() - before, 2U);
  for (const Job& job : jobs) ASSERT_EQ(version_of(job.id), 1);
}

TEST_F(SqliteBatch, AConflictDoesNotAffectTheOthersInItsTransaction) {
  std::vector<Job> jobs = insert(50);
  jobs[30].version = 7;
  const Answers answers = save_together(jobs);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const Result<Job>& answer = *answers[i]->value;
    if (i == 30) {
      ASSERT_FALSE(answer);
      EXPECT_EQ(answer.error().kind(), ErrorKind::conflict);
      EXPECT_EQ(version_of(jobs[i].id), 0);
    } else {
      ASSERT_TRUE(answer);
      EXPECT_EQ(version_of(jobs[i].id), 1);
    }
  }
}

// Compares every result with the database: a job reported as saved is there, a job reported as failed is not.
TEST_F(SqliteBatch, AFailingStatementFailsEveryChangeInItsTransactionAndUndoesThem) {
  const std::vector<Job> jobs = insert(50);
  {
    Database other(path_, Database::Mode::read_write);
    other.execute("CREATE TRIGGER poison BEFORE UPDATE ON job WHEN NEW.id = '" + sample_id(30) +
                  "' BEGIN SELECT RAISE(ABORT, 'poisoned'); END");
  }
  const Answers answers = save_together(jobs);
  int failed = 0;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const Result<Job>& answer = *answers[i]->value;
    EXPECT_EQ(version_of(jobs[i].id), answer ? 1 : 0) << i;
    EXPECT_EQ(lines_of(jobs[i].id), answer ? 2U : 1U) << i;
    if (answer) continue;
    ++failed;
    EXPECT_NE(answer.error().sentence().find("poisoned"), std::string::npos) << answer.error().sentence();
  }
  EXPECT_GE(failed, 20);  // in the first transaction or the second: at least 20 others were in the same one
}

/// While it exists, no file of this process may grow beyond `bytes`. SQLite sees a failing disk.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) {
    ::signal(SIGXFSZ, SIG_IGN);  // the write fails with EFBIG instead
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

TEST_F(SqliteBatch, AFailingDiskFailsEveryCallerUntilItIsFixed) {
  const std::vector<Job> jobs = insert(50);
  {
    const SmallDisk disk(std::filesystem::file_size(path_ + "-wal"));
    for (const auto& answer : save_together(jobs)) {
      ASSERT_FALSE(answer->value.value());
      EXPECT_EQ(answer->value->error().kind(), ErrorKind::transient);
      EXPECT_NE(answer->value->error().sentence().find(path_), std::string::npos) << answer->value->error().sentence();
    }
    for (const Job& job : jobs) EXPECT_EQ(version_of(job.id), 0);  // reads still work
  }
  for (const auto& answer : save_together(jobs)) ASSERT_TRUE(answer->value.value());
  store_.reset();
  store_ = open_sqlite(path_);
  for (const Job& job : jobs) EXPECT_EQ(version_of(job.id), 1);
}

TEST_F(SqliteBatch, ClosingTheStoreFinishesWhatWasAskedFor) {
  const std::vector<Job> jobs = insert(50);
  Answers answers;
  for (const Job& job : jobs) answers.push_back(start(loop_, store_->save(later(job, Resolving{}), resolving_)));
  loop_.restart();
  loop_.poll();
  store_.reset();
  finish(loop_);
  for (const auto& answer : answers) ASSERT_TRUE(answer->value.value());
  store_ = open_sqlite(path_);
  for (const Job& job : jobs) EXPECT_EQ(version_of(job.id), 1);
}

TEST_F(SqliteBatch, CallersGoOnInTheirOwnThread) {
  std::thread::id resumed_in;
  const auto body = [&]() -> asio::awaitable<bool> {
    co_await store_->count_by_state();
    resumed_in = std::this_thread::get_id();
    co_return true;
  };
  wait_for(loop_, body());
  EXPECT_EQ(resumed_in, std::this_thread::get_id());
}

}  // namespace
}  // namespace azrestored
