// The writer alone, on a table of its own: a transaction has one result, and every caller in it receives that result.
// Each test keeps the writer busy with a first body until the others are queued, so that they share one transaction.
#include "persistence/sqlite/writer.hpp"

#include <fstream>
#include <functional>
#include <future>
#include <numeric>

#include "tests/contract/store_fixture.hpp"

namespace azrestored {
namespace {

class WriterTest : public testing::Test {
 protected:
  WriterTest() {
    database_.execute("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON");
    database_.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
    database_.execute("CREATE TABLE thing (text TEXT, parent REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");
    writer_.emplace(database_);
  }

  using Body = std::function<Result<int>()>;

  /// Everything that `ask` requests from the writer is done in one transaction, after the transaction of a first body.
  template <class Ask>
  void do_together(Ask ask) {
    std::promise<void> begun;
    std::promise<void> all_queued;
    const Body keep_busy = [&]() -> Result<int> {
      begun.set_value();
      all_queued.get_future().wait();
      return 0;
    };
    start(loop_, writer_->perform(keep_busy));
    loop_.restart();
    loop_.poll();
    begun.get_future().wait();  // it has its own transaction: requests that are queued from now on come after it
    ask();
    loop_.restart();
    loop_.poll();
    all_queued.set_value();
    finish(loop_);
  }

  std::vector<Result<int>> perform_together(const std::vector<Body>& bodies) {
    std::vector<std::shared_ptr<Pending<Result<int>>>> pending;
    do_together([&] {
      for (const Body& body : bodies) pending.push_back(start(loop_, writer_->perform(body)));
    });
    std::vector<Result<int>> answers;
    for (const auto& each : pending) answers.push_back(each->value.value());
    return answers;
  }

  Body insert(int bytes) {
    return [this, bytes]() -> Result<int> {
      database_.execute("INSERT INTO thing (text) VALUES (hex(zeroblob(" + std::to_string(bytes) + ")))");
      return bytes;
    };
  }

  Body sql(const std::string& text) {
    return [this, text]() -> Result<int> {
      database_.execute(text);
      return 0;
    };
  }

  int things() {
    const Body count = [this]() -> Result<int> {
      return static_cast<int>(database_.integer("SELECT count(*) FROM thing"));
    };
    return wait_for(loop_, writer_->perform(count)).value();
  }

  asio::io_context loop_{1};
  test::TempDir folder_;
  std::string path_ = [this] {
    const std::string path = folder_ / "things.db";
    std::ofstream{path};
    return path;
  }();
  Database database_{path_, Database::Mode::read_write};
  std::optional<GroupCommitWriter> writer_;
};

TEST_F(WriterTest, WhatWaitsSharesATransaction) {
  const std::uint64_t before = writer_->commits();
  const auto answers = perform_together({insert(1), insert(2), insert(3)});
  EXPECT_EQ(*answers[0], 1);
  EXPECT_EQ(*answers[2], 3);
  EXPECT_EQ(writer_->commits() - before, 2U);
  EXPECT_EQ(things(), 3);
}

TEST_F(WriterTest, AnErrorThatIsReturnedIsTheBodysOwn) {
  const Body refuse = []() -> Result<int> { return Error(ErrorKind::conflict, "no"); };
  const auto answers = perform_together({insert(1), refuse, insert(3)});
  EXPECT_TRUE(answers[0]);
  ASSERT_FALSE(answers[1]);
  EXPECT_EQ(answers[1].error().kind(), ErrorKind::conflict);
  EXPECT_TRUE(answers[2]);
  EXPECT_EQ(things(), 2);
}

TEST_F(WriterTest, AFullDatabaseFailsEveryCallerUntilThereIsRoom) {
  ASSERT_TRUE(perform_together({insert(1), sql("PRAGMA max_page_count = 10")})[1]);
  const Body refuse = []() -> Result<int> { return Error(ErrorKind::conflict, "no"); };
  const auto answers = perform_together({insert(1), refuse, insert(1'000'000), insert(2)});
  for (const Result<int>& answer : answers) {
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind(), ErrorKind::transient);
    EXPECT_NE(answer.error().sentence().find(path_ + " cannot grow"), std::string::npos) << answer.error().sentence();
  }
  EXPECT_EQ(things(), 1);
  ASSERT_TRUE(perform_together({sql("PRAGMA max_page_count = 1000000")})[0]);
  for (const Result<int>& answer : perform_together({insert(1), insert(1'000'000), insert(2)})) EXPECT_TRUE(answer);
  EXPECT_EQ(things(), 4);
}

// Every statement succeeds; only COMMIT finds that the parent is missing.
TEST_F(WriterTest, AFailingCommitFailsEveryCaller) {
  const std::uint64_t before = writer_->commits();
  const auto answers = perform_together({insert(1), sql("INSERT INTO thing (parent) VALUES (5)"), insert(2)});
  for (const Result<int>& answer : answers) {
    ASSERT_FALSE(answer);
    EXPECT_NE(answer.error().sentence().find("FOREIGN KEY"), std::string::npos) << answer.error().sentence();
  }
  EXPECT_EQ(writer_->commits() - before, 1U);
  EXPECT_EQ(things(), 0);
  EXPECT_TRUE(perform_together({insert(1)})[0]);
  EXPECT_EQ(things(), 1);
}

TEST_F(WriterTest, AnExceptionOfAnotherKindFailsEveryCallerToo) {
  const Body burst = []() -> Result<int> { throw std::bad_alloc(); };
  for (const Result<int>& answer : perform_together({insert(1), burst, insert(2)})) {
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind(), ErrorKind::transient);
  }
  EXPECT_EQ(things(), 0);
}

TEST_F(WriterTest, WhatIsQueuedIsDoneBeforeItEnds) {
  std::vector<std::shared_ptr<Pending<Result<int>>>> pending;
  for (int i = 1; i <= 20; ++i) pending.push_back(start(loop_, writer_->perform(insert(i))));
  loop_.poll();
  writer_.reset();
  EXPECT_EQ(database_.integer("SELECT count(*) FROM thing"), 20);
  finish(loop_);
  for (const auto& each : pending) EXPECT_TRUE(each->value.value());
}

// The writer's thread frees the rest of a batch later. If that ended the callers' loop, it could happen while the loop
// runs for the next question, and stop the loop before the result.
TEST_F(WriterTest, TheLoopOfCallersEndsWithTheLastAnswer) {
  std::promise<void> cleared_away;
  const auto wait = [done = cleared_away.get_future().share()](const int*) { done.wait(); };
  std::vector<std::shared_ptr<Pending<Result<int>>>> pending;
  do_together([&] {
    for (int i = 0; i < 2; ++i) {
      auto body = [remains = std::unique_ptr<const int, decltype(wait)>(&i, wait)]() -> Result<int> { return 1; };
      pending.push_back(start(loop_, writer_->perform(std::move(body))));
    }
  });
  for (const auto& each : pending) EXPECT_TRUE(each->value.value());
  cleared_away.set_value();
}

std::uint64_t timed(const GroupCommitWriter& writer) {
  const auto counts = writer.commit_times().counts;
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

TEST_F(WriterTest, ChangesAreTimedAndWhatIsOnlyReadIsNot) {
  perform_together({sql("SELECT text FROM thing")});
  EXPECT_EQ(timed(*writer_), 0U);
  perform_together({insert(1), insert(1)});
  EXPECT_EQ(timed(*writer_), 2U);
  EXPECT_GT(writer_->commit_times().sum_seconds, 0);
}

}  // namespace
}  // namespace azrestored
