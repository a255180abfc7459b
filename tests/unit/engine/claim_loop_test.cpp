// Which jobs start, when, and how many: the real ClaimLoop over virtual time and the in-memory store, with active jobs
// that only record their calls.
#include "core/engine/claim_loop.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <map>

#include "core/store/forwarding_store.hpp"
#include "persistence/memory/memory_store.hpp"
#include "tests/support/virtual_time.hpp"

namespace azrestored::sim {
namespace {

using namespace std::chrono_literals;

constexpr Instant birth = Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22));

JobId id_of(int n) {
  return "00000000-0000-4000-8000-00000000" + std::to_string(1000 + n);
}

class Recorded final : public ActiveJobs {
 public:
  struct Started {
    Instant at{};
    bool is_outdated = false;
  };

  [[nodiscard]] std::size_t count() const override { return started.size(); }
  [[nodiscard]] bool contains(const JobId& id) const override { return started.contains(id); }
  void start(Job job, Instant at, bool is_outdated) override { started[job.id] = {at, is_outdated}; }
  void changed(const JobId& id) override { changes.push_back(id); }

  std::map<JobId, Started> started;
  std::vector<JobId> changes;
};

/// Claims like the wrapped store, `claim_takes` later, or fails.
class SlowStore final : public ForwardingStore {
 public:
  SlowStore(VirtualTime& time, JobStore& store) : ForwardingStore(store), time_(time) {}

  asio::awaitable<Result<std::vector<Job>>> claim(int limit, Admission admission) override {
    ++claims;
    if (failing_claims > 0) {
      --failing_claims;
      co_return Error(ErrorKind::transient, "the disk failed");
    }
    auto claimed = co_await ForwardingStore::claim(limit, std::move(admission));
    if (claim_takes > 0ms) co_await time_.pass(claim_takes);
    co_return claimed;
  }

  Millis claim_takes{};
  int failing_claims = 0;
  int claims = 0;

 private:
  VirtualTime& time_;
};

class Notices final : public Observer {
 public:
  void changed(const Job&, const HistoryLine&, std::optional<Millis>) override {}
  void notice(std::string_view what, const std::string&, const std::string& sentence) override {
    sentences.push_back(std::string(what) + ": " + sentence);
  }
  std::vector<std::string> sentences;
};

class ClaimLoopTest : public testing::Test {
 protected:
  ~ClaimLoopTest() override { time_.abandon(); }

  Job add(int n, const State& state, Instant due, const std::string& claimed_by) {
    Job job;
    job.id = id_of(n);
    job.name = "drill-" + std::to_string(n);
    job.vault = {"sub", "rg", "safe"};
    job.created_at = birth - 2h + Millis(n);
    job.since = birth - 1h;
    job.not_before = due;
    job.state = state;
    (*rows_)[job.id] = MemoryStore::Row{job, "{}", claimed_by, {}};
    return job;
  }
  Job queued(int n) { return add(n, Queued{}, birth, ""); }
  /// A job that the previous daemon had claimed.
  Job left(int n, Instant due) { return add(n, Tracking{birth - 1h, birth - 1h, 0}, due, "sim"); }

  void recover() { spawn(loop_.recover()); }
  void run() {
    asio::co_spawn(time_.executor(), loop_.run(), [](std::exception_ptr error) { EXPECT_FALSE(error); });
    time_.settle();
  }
  void spawn(asio::awaitable<Result<void>> task) {
    asio::co_spawn(time_.executor(), std::move(task),
                   [](std::exception_ptr, const Result<void>& done) { EXPECT_TRUE(done.has_value()); });
    time_.settle();
  }
  void pass(Millis span) {
    time_.settle();
    for (const Instant until = time_.now() + span; time_.now() < until;) {
      time_.jump(until);
      time_.settle();
    }
  }
  [[nodiscard]] const std::string& owner_of(int n) const { return rows_->at(id_of(n)).claimed_by; }

  VirtualTime time_{birth, Millis(0)};
  std::shared_ptr<MemoryStore::Rows> rows_ = std::make_shared<MemoryStore::Rows>();
  MemoryStore memory_{"sim", rows_};
  SlowStore store_{time_, memory_};
  Notices notices_;
  Recorded jobs_;
  int rounds_ = 0;
  ClaimLoop loop_{store_, time_, notices_, jobs_, ClaimLoop::Limits{}, [this] { ++rounds_; }};
};

TEST_F(ClaimLoopTest, AfterARestartOverdueJobsStartOneByOne) {
  for (int n = 0; n < 3; ++n) left(n, birth - 1min);
  left(3, birth + 1h);
  recover();
  EXPECT_EQ(jobs_.started.at(id_of(0)).at, birth);
  EXPECT_EQ(jobs_.started.at(id_of(1)).at, birth + 50ms);
  EXPECT_EQ(jobs_.started.at(id_of(2)).at, birth + 100ms);
  EXPECT_EQ(jobs_.started.count(id_of(3)), 1U);
}

TEST_F(ClaimLoopTest, ClaimsOnJobsThatARestartDoesNotResumeAreReleased) {
  for (int n = 0; n < 5; ++n) left(n, birth);
  loop_.set_limits({2, ConcurrencyLimits{}});
  recover();
  EXPECT_EQ(jobs_.count(), 2U);
  EXPECT_EQ(owner_of(1), "sim");
  EXPECT_EQ(owner_of(2), "");
  EXPECT_EQ(owner_of(4), "");
}

TEST_F(ClaimLoopTest, NoMoreJobsAreActiveThanTheLimitAndTheNextOneStartsWhenOneEnds) {
  const Job first = queued(0);
  for (int n = 1; n < 4; ++n) queued(n);
  loop_.set_limits({2, ConcurrencyLimits{}});
  run();
  pass(10min);
  EXPECT_EQ(jobs_.count(), 2U);
  jobs_.started.erase(first.id);
  loop_.ended(first);
  pass(3s);
  EXPECT_TRUE(jobs_.contains(id_of(2)));
  EXPECT_FALSE(jobs_.contains(id_of(3)));
}

TEST_F(ClaimLoopTest, ANewJobStartsAtOnceWhenWokenAndWithinHalfAMinuteOtherwise) {
  run();
  pass(3s);
  queued(0);
  loop_.wake();
  pass(1ms);
  EXPECT_TRUE(jobs_.contains(id_of(0)));
  queued(1);
  pass(32s);
  EXPECT_TRUE(jobs_.contains(id_of(1)));
  EXPECT_GE(rounds_, 2);
}

TEST_F(ClaimLoopTest, TheStoreIsAskedAtMostTenTimesASecondHoweverOftenItIsWoken) {
  run();
  for (int n = 0; n < 1000; ++n) {
    loop_.wake();
    pass(1ms);
  }
  EXPECT_LE(store_.claims, 11);
}

TEST_F(ClaimLoopTest, AfterASlowClaimTheLoopPausesNineTimesAsLong) {
  store_.claim_takes = 200ms;
  run();
  for (int n = 0; n < 100; ++n) {
    loop_.wake();
    pass(100ms);
  }
  EXPECT_LE(store_.claims, 6);
}

TEST_F(ClaimLoopTest, AStoreThatFailsIsReportedAndTriedAgain) {
  queued(0);
  store_.failing_claims = 1;
  loop_.wake();
  run();
  ASSERT_EQ(notices_.sentences.size(), 1U);
  EXPECT_EQ(notices_.sentences.front(), "store.failed: cannot claim jobs: the disk failed");
  pass(32s);
  EXPECT_TRUE(jobs_.contains(id_of(0)));
}

// The store claims the old row, then a command changes the row, then the claim returns.
TEST_F(ClaimLoopTest, ACommandDuringAClaimMakesTheJobOutdated) {
  queued(0);
  queued(1);
  store_.claim_takes = 1s;
  loop_.wake();
  run();
  loop_.commanded(id_of(1));
  pass(2s);
  EXPECT_FALSE(jobs_.started.at(id_of(0)).is_outdated);
  EXPECT_TRUE(jobs_.started.at(id_of(1)).is_outdated);
}

TEST_F(ClaimLoopTest, ACommandBeforeAClaimDoesNotMakeTheJobOutdated) {
  queued(0);
  loop_.commanded(id_of(0));
  loop_.wake();
  run();
  EXPECT_FALSE(jobs_.started.at(id_of(0)).is_outdated);
}

TEST_F(ClaimLoopTest, AnActiveJobThatIsClaimedAgainContinuesFromItsRow) {
  queued(0);
  jobs_.started[id_of(0)] = {};
  loop_.wake();
  run();
  EXPECT_EQ(jobs_.changes, std::vector<JobId>{id_of(0)});
}

TEST_F(ClaimLoopTest, FewJobsPrepareTheirRequestsAtATimeAndTheOthersReportThatTheyWait) {
  std::vector<Job> jobs;
  for (int n = 0; n < 300; ++n) jobs.push_back(queued(n));
  loop_.wake();
  run();
  EXPECT_EQ(jobs_.count(), static_cast<std::size_t>(Admission::max_preparing));
  const auto reason = loop_.wait_reason(jobs.back());
  ASSERT_TRUE(reason);
  EXPECT_TRUE(std::holds_alternative<PreparationWait>(reason->what));
  EXPECT_FALSE(loop_.wait_reason(jobs.front())) << "it is active";
  jobs.front().state = Polling{};
  loop_.update_preparing(jobs.front());
  pass(3s);
  EXPECT_EQ(jobs_.count(), static_cast<std::size_t>(Admission::max_preparing) + 1);
}

TEST_F(ClaimLoopTest, JobsClaimedDuringAStopAreNotStarted) {
  queued(0);
  store_.claim_takes = 1s;
  loop_.wake();
  run();
  loop_.stop();
  pass(2s);
  EXPECT_EQ(jobs_.count(), 0U);
  EXPECT_EQ(owner_of(0), "sim");  // the next start resumes it
}

}  // namespace
}  // namespace azrestored::sim
