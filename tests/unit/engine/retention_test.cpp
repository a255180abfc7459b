// Finished jobs are removed after their retention, a few at a time, the file always before the row. The real Retention
// over virtual time and the in-memory store, with an archive and a store that can fail.
#include "core/engine/retention.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <set>

#include "persistence/memory/memory_store.hpp"
#include "tests/support/virtual_time.hpp"

namespace azrestored::sim {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

constexpr Instant birth = Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22));

class NoticeRecorder final : public Observer {
 public:
  void changed(const Job&, const HistoryLine&, std::optional<Millis>) override {}
  void notice(std::string_view what, const std::string&, const std::string&) override { notices.emplace_back(what); }
  std::vector<std::string> notices;
};

class Archive final : public Originals {
 public:
  asio::awaitable<Result<void>> remove(std::vector<JobId> ids) override {
    if (fails) co_return Error(ErrorKind::transient, "no permission");
    for (const JobId& id : ids) files.erase(id);
    const Result<void> done;
    co_return done;
  }
  std::set<JobId> files;
  bool fails = false;
};

/// Checks that the file of each removed row was removed before; can fail.
class WatchedJobs final : public FinishedJobs {
 public:
  WatchedJobs(MemoryStore& store, const Archive& archive) : store_(store), archive_(archive) {}

  asio::awaitable<Result<std::vector<JobId>>> finished(Instant before, int limit) override {
    return store_.finished(before, limit);
  }
  asio::awaitable<Result<int>> remove(std::vector<JobId> ids, Instant before) override {
    most_at_once = std::max(most_at_once, ids.size());
    for (const JobId& id : ids) EXPECT_FALSE(archive_.files.contains(id)) << "the row was removed before the file";
    if (fails) co_return Error(ErrorKind::transient, "the disk failed");
    co_return co_await store_.remove(std::move(ids), before);
  }
  bool fails = false;
  std::size_t most_at_once = 0;

 private:
  MemoryStore& store_;
  const Archive& archive_;
};

class RetentionTest : public testing::Test {
 protected:
  RetentionTest() {
    asio::co_spawn(time_.executor(), retention_.run(), [](std::exception_ptr error) {
      if (error) std::rethrow_exception(error);
    });
    time_.settle();
  }
  ~RetentionTest() override { time_.abandon(); }

  void add(int n, Instant since, const State& state = Succeeded{}) {
    Job job;
    job.id = "job-" + std::to_string(n);
    job.since = since;
    job.state = state;
    (*rows_)[job.id] = MemoryStore::Row{job, "{}", "", {}};
    archive_.files.insert(job.id);
  }

  void pass(Millis span) {
    for (const Instant until = time_.now() + span; time_.now() < until;) {
      time_.jump(until);
      time_.settle();
    }
  }

  VirtualTime time_{birth, Millis(0)};
  std::shared_ptr<MemoryStore::Rows> rows_ = std::make_shared<MemoryStore::Rows>();
  MemoryStore store_{"test", rows_};
  Archive archive_;
  WatchedJobs jobs_{store_, archive_};
  NoticeRecorder observer_;
  std::vector<std::int64_t> reported_;
  Retention retention_{jobs_,     archive_,  time_,
                       observer_, days(400), [this](std::int64_t n) { reported_.push_back(n); }};
};

TEST_F(RetentionTest, JobsPastTheirRetentionAreRemovedWithTheirFilesAndOthersStay) {
  add(1, birth - days(401));
  add(2, birth - days(399));
  add(3, birth - days(500), Held{});
  pass(1min);
  EXPECT_EQ(archive_.files, (std::set<JobId>{"job-2", "job-3"}));
  EXPECT_EQ(rows_->size(), 2U);
  EXPECT_EQ(reported_, std::vector<std::int64_t>{1});
}

TEST_F(RetentionTest, ItRunsEveryDayAndReportsNothingWhenNothingIsRemoved) {
  add(1, birth - days(398));
  pass(24h);
  EXPECT_EQ(rows_->size(), 1U);
  pass(48h);
  EXPECT_TRUE(rows_->empty());
  EXPECT_EQ(reported_, std::vector<std::int64_t>{1});
}

TEST_F(RetentionTest, ManyJobsAreRemovedInBatchesWithPauses) {
  for (int n = 0; n < 1000; ++n) add(n, birth - days(401));
  pass(6s);
  EXPECT_GT(rows_->size(), 800U);
  pass(1min);
  EXPECT_TRUE(rows_->empty());
  EXPECT_LE(jobs_.most_at_once, 20U);
  EXPECT_EQ(reported_, std::vector<std::int64_t>{1000});
}

// A crash between the removal of the file and of the row leaves such a row.
TEST_F(RetentionTest, ARowWithoutItsFileIsRemovedInTheNextRound) {
  add(1, birth - days(401));
  jobs_.fails = true;
  pass(1min);
  EXPECT_EQ(rows_->size(), 1U);
  EXPECT_TRUE(archive_.files.empty());
  EXPECT_EQ(observer_.notices, std::vector<std::string>{"retention.failed"});
  jobs_.fails = false;
  pass(24h);
  EXPECT_TRUE(rows_->empty());
}

TEST_F(RetentionTest, AFileThatCannotBeRemovedKeepsItsRow) {
  add(1, birth - days(401));
  archive_.fails = true;
  pass(25h);
  EXPECT_EQ(rows_->size(), 1U);
  archive_.fails = false;
  pass(24h);
  EXPECT_TRUE(rows_->empty());
}

TEST_F(RetentionTest, AStopEndsItBetweenTwoSteps) {
  for (int n = 0; n < 1000; ++n) add(n, birth - days(401));
  pass(6s);
  retention_.stop();
  time_.settle();
  const std::size_t left = rows_->size();
  pass(24h);
  EXPECT_EQ(rows_->size(), left);
}

}  // namespace
}  // namespace azrestored::sim
