// Jobs that wait without a runner: the real supervisor over virtual time, with a vault whose responses a test sets, and
// a store whose reads can be slow or fail.
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>

#include "core/budget/budget_policy.hpp"
#include "core/engine/supervisor.hpp"
#include "core/store/forwarding_store.hpp"
#include "persistence/memory/memory_store.hpp"
#include "tests/support/one_token.hpp"
#include "tests/support/virtual_time.hpp"

namespace azrestored::sim {
namespace {

using namespace std::chrono_literals;

constexpr Instant birth = Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22));

JobId id_of(int n) {
  return "00000000-0000-4000-8000-00000000" + std::to_string(1000 + n);
}
std::string azure_id_of(int n) {
  return "aaaaaaaa-0000-4000-8000-00000000" + std::to_string(1000 + n);
}

class Vault final : public Transport {
 public:
  explicit Vault(VirtualTime& time) : time_(time) {}

  asio::awaitable<std::variant<HttpResponse, TransportFailure>> exchange(HttpRequest request) override {
    const bool is_read = request.url.find("/backupJobs/") != std::string::npos && request.method == "GET";
    if (is_read) reads.push_back(time_.now());
    if (request.method == "POST") ++cancels;
    if (!is_read && request.method == "GET") ++lists;
    HttpResponse answer;
    answer.status = request.method == "POST" ? 202 : 200;
    if (request.method == "GET") answer.body = is_read ? job_at(request.url) : list();
    co_await time_.pass(10ms);
    co_return answer;
  }

  std::map<std::string, std::string> status;  // by backup job id
  std::vector<Instant> reads;                 // of a job's details
  int lists = 0;
  int cancels = 0;

 private:
  static std::string row(const std::string& id, const std::string& word) {
    return R"({"name":")" + id + R"(","properties":{"entityFriendlyName":"vm0","operation":"Restore","status":")" +
           word + "\"}}";
  }
  [[nodiscard]] std::string job_at(const std::string& url) const {
    for (const auto& [id, word] : status) {
      if (url.find(id) != std::string::npos) return row(id, word);
    }
    throw std::logic_error("no job at " + url);
  }
  [[nodiscard]] std::string list() const {
    std::string rows;
    for (const auto& [id, word] : status) rows += (rows.empty() ? "" : ",") + row(id, word);
    return R"({"value":[)" + rows + "]}";
  }

  VirtualTime& time_;
};

class Ids final : public IdSource {
 public:
  std::string uuid() override { return "bbbbbbbb-0000-4000-8000-00000000" + std::to_string(1000 + ++last_); }
  double fraction() override { return 0; }

 private:
  int last_ = 0;
};

class Listener final : public Observer {
 public:
  void changed(const Job&, const HistoryLine&, std::optional<Millis>) override {}
  void notice(std::string_view what, const std::string&, const std::string& sentence) override {
    notices.push_back(std::string(what) + ": " + sentence);
  }
  std::vector<std::string> notices;
};

/// Loads the row as it was at the call, and returns it `load_takes` later.
class SlowStore final : public ForwardingStore {
 public:
  SlowStore(VirtualTime& time, JobStore& store) : ForwardingStore(store), time_(time) {}

  asio::awaitable<Result<Job>> load(JobId id) override {
    ++loads;
    if (failing_loads > 0) {
      --failing_loads;
      co_return Error(ErrorKind::transient, "the disk failed");
    }
    auto loaded = co_await ForwardingStore::load(std::move(id));
    if (load_takes > 0ms) co_await time_.pass(load_takes);
    co_return loaded;
  }

  Millis load_takes{};
  int failing_loads = 0;
  int loads = 0;

 private:
  VirtualTime& time_;
};

class Parking : public testing::Test {
 protected:
  ~Parking() override { time_.abandon(); }

  /// A job whose restore runs, and whose details are due at `due`.
  void track(int n, Instant due, const State& state = Tracking{birth - 1h, birth - 1h, 0}) {
    Job job;
    job.id = id_of(n);
    job.name = "drill-" + std::to_string(n);
    job.vault = {"sub", "rg", "safe"};
    job.vm = "vm0";
    job.created_at = birth - 2h;
    job.since = birth - 1h;
    job.not_before = due;
    job.state = state;
    job.progress.posted_at = birth - 1h;
    job.progress.azure_job_id = azure_id_of(n);
    vault_.status[azure_id_of(n)] = "InProgress";
    (*rows_)[job.id] = MemoryStore::Row{job, "{}", "", {}};
  }

  void begin() {
    sessions_.add("default", arm_);
    auto body = [this]() -> asio::awaitable<void> {
      const auto recovered = co_await supervisor_.recover();
      if (!recovered) throw std::runtime_error(recovered.error().sentence());
      co_await supervisor_.run();
    };
    asio::co_spawn(time_.executor(), std::move(body), [this](std::exception_ptr error) { failure_ = error; });
    time_.settle();
  }

  /// Quota for everything, and details are read only on request.
  static Policy unhurried() {
    Policy policy;
    policy.reads_per_list = 0;
    return policy;
  }

  void pass(Millis span) {
    time_.settle();
    for (const Instant until = time_.now() + span; time_.now() < until;) {
      time_.jump(until);
      time_.settle();
      if (failure_) std::rethrow_exception(failure_);
    }
  }

  void command(int n, const EventPayload& wanted) {
    asio::co_spawn(
        time_.executor(), supervisor_.command(id_of(n), wanted),
        [](std::exception_ptr, const Result<Job>& answer) { EXPECT_TRUE(answer) << answer.error().sentence(); });
    time_.settle();
  }

  [[nodiscard]] const Job& row(int n) const { return rows_->at(id_of(n)).job; }
  [[nodiscard]] std::string state(int n) const { return std::string(state_name(row(n).state)); }

  VirtualTime time_{birth, Millis(0)};
  std::shared_ptr<MemoryStore::Rows> rows_ = std::make_shared<MemoryStore::Rows>();
  MemoryStore memory_{"sim", rows_};
  SlowStore store_{time_, memory_};
  Vault vault_{time_};
  test::OneToken tokens_;
  Ids ids_;
  Listener listener_;
  Policy policy_ = unhurried();
  const BudgetPolicy budget_{1'000'000, 0, 10'000, 10'000};
  RateLimiter budgets_{time_, listener_, budget_, policy_};
  ArmClient arm_{
      ArmTarget{"https://management.example", "2025-02-01", "2021-11-15"}, vault_, tokens_, ids_, budgets_, "default"};
  ArmClients sessions_;
  std::exception_ptr failure_;
  Supervisor supervisor_{time_.executor(),
                         sessions_,
                         store_,
                         time_,
                         ids_,
                         budgets_,
                         listener_,
                         policy_,
                         Supervisor::Limits{},
                         [this](std::exception_ptr error) { failure_ = error; }};
};

TEST_F(Parking, JobsThatOnlyWaitAreActiveWithoutARunner) {
  for (int n = 0; n < 5; ++n) track(n, birth + 5h);
  begin();
  EXPECT_EQ(supervisor_.active(), 5U);
  EXPECT_EQ(supervisor_.running(), 0U);
  EXPECT_EQ(store_.loads, 0);  // resume() returns the whole rows
}

TEST_F(Parking, TheVaultOfAParkedJobIsListed) {
  track(0, birth + 5h);
  begin();
  pass(10min);
  EXPECT_GE(vault_.lists, 9);
  EXPECT_EQ(supervisor_.running(), 0U);
}

TEST_F(Parking, AJobWhoseEndIsListedEndsAndTheOthersKeepWaiting) {
  for (int n = 0; n < 3; ++n) track(n, birth + 5h);
  begin();
  pass(2min);
  vault_.status[azure_id_of(1)] = "Completed";
  pass(2min);
  EXPECT_EQ(state(0), "tracking");
  EXPECT_EQ(state(1), "succeeded");
  EXPECT_EQ(state(2), "tracking");
  EXPECT_EQ(supervisor_.active(), 2U);
  EXPECT_EQ(supervisor_.running(), 0U);
}

TEST_F(Parking, TheListingStopsAfterTheLastJobEnds) {
  track(0, birth + 5h);
  begin();
  vault_.status[azure_id_of(0)] = "Completed";
  pass(5min);
  EXPECT_EQ(state(0), "succeeded");
  const int lists = vault_.lists;
  pass(10min);
  EXPECT_EQ(vault_.lists, lists);
}

TEST_F(Parking, ADueJobContinues) {
  track(0, birth + 30min);
  begin();
  pass(29min);
  EXPECT_TRUE(vault_.reads.empty());
  pass(2min);
  EXPECT_EQ(vault_.reads.size(), 1U);
  EXPECT_EQ(supervisor_.running(), 0U);  // and waits again
}

TEST_F(Parking, ACommandReachesAParkedJob) {
  track(0, birth + 5h);
  begin();
  command(0, CancelRequested{0});
  pass(1s);
  EXPECT_EQ(vault_.cancels, 1);
  EXPECT_EQ(state(0), "cancelling");
}

// The row is read, then the command changes it, then the old row arrives.
TEST_F(Parking, ACommandDuringTheLoadOfARowIsNotLost) {
  track(0, birth + 30min);
  begin();
  store_.load_takes = 10s;
  pass(30min + 5s);
  ASSERT_TRUE(vault_.reads.empty());
  auto asked = [this]() { return supervisor_.command(id_of(0), CancelRequested{0}); };
  asio::co_spawn(time_.executor(), std::move(asked), [](std::exception_ptr, const Result<Job>&) {});
  pass(2min);
  EXPECT_EQ(vault_.cancels, 1);
  EXPECT_EQ(state(0), "cancelling");
}

TEST_F(Parking, AnEventDuringTheLoadOfARowIsNotLost) {
  track(0, birth + 5h);
  begin();
  pass(50s);
  store_.load_takes = 30s;  // the list is read meanwhile
  supervisor_.watched(id_of(0));
  vault_.status[azure_id_of(0)] = "Completed";
  pass(2min);
  EXPECT_EQ(state(0), "succeeded");
}

TEST_F(Parking, ARowThatCannotBeLoadedIsLoadedAgainLater) {
  track(0, birth + 30min);
  begin();
  store_.failing_loads = 3;
  pass(31min);
  EXPECT_EQ(vault_.reads.size(), 1U);
  ASSERT_EQ(listener_.notices.size(), 3U);
  EXPECT_EQ(listener_.notices.front(), "store.failed: cannot load the job: the disk failed; trying again in 5s");
}

TEST_F(Parking, AnOperatorWhoLooksBringsTheNextReadForward) {
  track(0, birth + 5h);
  begin();
  supervisor_.watched(id_of(0));
  pass(1s);
  EXPECT_EQ(vault_.reads.size(), 1U);
  for (int looks = 0; looks < 5; ++looks) {
    supervisor_.watched(id_of(0));
    pass(1s);
  }
  EXPECT_EQ(vault_.reads.size(), 1U);  // polling.minimumInterval is 10 s
  pass(10s);
  EXPECT_EQ(vault_.reads.size(), 2U);
}

TEST_F(Parking, AfterARestartOverdueJobsContinueOneByOneWhateverIsListed) {
  for (int n = 0; n < 200; ++n) track(n, birth - 1min);
  begin();
  EXPECT_EQ(supervisor_.active(), 200U);
  EXPECT_LE(supervisor_.running(), 1U);
  pass(5s);
  EXPECT_LE(vault_.reads.size(), 101U);  // 20 a second
  EXPECT_GE(vault_.reads.size(), 95U);
  pass(6s);
  EXPECT_EQ(vault_.reads.size(), 200U);
}

// Thousands of jobs may have events at once, but must not be in memory at once.
TEST_F(Parking, ManyJobsWithEventsPassThroughMemoryInBatches) {
  for (int n = 0; n < 1000; ++n) track(n, birth + 5h);
  begin();
  store_.load_takes = 100ms;
  std::size_t most = 0;
  for (int tick = 0; tick < 200; ++tick) {
    pass(1s);
    most = std::max(most, supervisor_.running());
  }
  EXPECT_LE(most, 128U);
  EXPECT_EQ(row(0).progress.azure_status, "InProgress");
  EXPECT_EQ(row(999).progress.azure_status, "InProgress");
  EXPECT_EQ(supervisor_.active(), 1000U);
}

// The loaded row says held; by then the job is released and claimed again.
TEST_F(Parking, AJobHeldAndReleasedBeforeItWasSeenAtRestContinues) {
  track(0, birth + 5h, Resolving{});
  begin();
  store_.load_takes = 10s;
  auto hold = [this]() { return supervisor_.command(id_of(0), HoldRequested{0}); };
  asio::co_spawn(time_.executor(), std::move(hold), [](std::exception_ptr, const Result<Job>&) {});
  pass(11s);
  ASSERT_EQ(state(0), "held");
  store_.load_takes = 0s;
  command(0, ReleaseRequested{0});
  pass(2min);
  EXPECT_EQ(state(0), "held");  // because its file is empty
  EXPECT_EQ(row(0).progress.problem->code, "JobFile");
}

TEST_F(Parking, AStopDoesNotWaitForParkedJobs) {
  for (int n = 0; n < 3; ++n) track(n, birth + 5h);
  begin();
  supervisor_.stop();
  bool drained = false;
  asio::co_spawn(time_.executor(), supervisor_.drained(), [&](std::exception_ptr) { drained = true; });
  pass(1s);
  EXPECT_TRUE(drained);
}

}  // namespace
}  // namespace azrestored::sim
