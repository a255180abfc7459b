// Goal: requests leave in the order of urgency, priority and arrival. A refusal stops only the requests that it applies
// to. A request that no longer wants to wait is released. A restart continues with what is left. Method: a clock that
// jumps to the next timer when every request waits.
#include "core/budget/rate_limiter.hpp"
#include "core/arm/rate_limit_headers.hpp"
#include "core/budget/budget_policy.hpp"
#include "core/budget/budget_saver.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

namespace azrestored {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// Time passes only in jump(): to the earliest timer.
class JumpingClock final : public Clock {
 public:
  explicit JumpingClock(asio::io_context& loop) : loop_(loop) {}
  [[nodiscard]] Instant now() const override { return now_; }
  std::unique_ptr<Timer> make_timer() override { return std::make_unique<Bell>(*this); }

  /// Runs what can run, then jumps, until nothing sleeps or the time is over.
  void run_until(Instant end) {
    for (;;) {
      loop_.restart();
      loop_.poll();
      Instant next = end;
      for (const Bell* bell : sleeping_) next = std::min(next, bell->at);
      now_ = std::max(now_, next);
      if (now_ >= end) return;
      for (Bell* bell : std::set<Bell*>(sleeping_)) {
        if (bell->at <= now_) bell->notify();
      }
    }
  }

 private:
  struct Bell final : Timer {
    explicit Bell(JumpingClock& owner) : clock(owner), timer(owner.loop_) {}
    asio::awaitable<void> wait_until(Instant until) override {
      if (rung || until <= clock.now_) {
        rung = false;
        co_return;
      }
      at = until;
      clock.sleeping_.insert(this);
      timer.expires_at(asio::steady_timer::time_point::max());
      boost::system::error_code ignored;
      co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
      clock.sleeping_.erase(this);
      rung = false;
    }
    void notify() override {
      rung = true;
      timer.cancel();
    }
    ~Bell() override { clock.sleeping_.erase(this); }
    JumpingClock& clock;
    asio::steady_timer timer;
    Instant at{};
    bool rung = false;
  };

  asio::io_context& loop_;
  Instant now_ = Instant(hours(24 * 365 * 50));
  std::set<Bell*> sleeping_;
};

class Notices final : public Observer {
 public:
  void changed(const Job&, const HistoryLine&, std::optional<Millis>) override {}
  void notice(std::string_view, const std::string&, const std::string& sentence) override {
    notices.push_back(sentence);
  }
  std::vector<std::string> notices;
};

class Drawer final : public BudgetStore {
 public:
  asio::awaitable<Result<std::vector<StoredBudget>>> budgets() override { co_return kept; }
  asio::awaitable<Result<void>> save_budgets(std::vector<StoredBudget> changed) override {
    kept = std::move(changed);
    co_return Result<void>();
  }
  std::vector<StoredBudget> kept;
};

QuotaKey reads_of(const std::string& what, const std::string& subscription = "sub") {
  return {subscription, "Microsoft.RecoveryServices/vaults/" + what + "/read", true};
}

class RateLimiterTest : public testing::Test {
 protected:
  ~RateLimiterTest() override {
    budgets.stop();
    loop.restart();
    loop.poll();
  }

  void ask(const std::string& name, QuotaKey key, RequestPriority priority) {
    auto body = [this, name, key, priority]() -> asio::awaitable<void> {
      const bool may = co_await budgets.acquire("", key, priority);
      sent.push_back(may ? name : "not " + name);
      at.push_back(clock.now());
    };
    asio::co_spawn(loop, std::move(body), asio::detached);
    loop.restart();
    loop.poll();
  }

  static RequestPriority by(Urgency urgency, int priority = 0, JobId job = "") {
    return {urgency, priority, std::move(job), false};
  }

  void use_up_the_credit(const QuotaKey& key) {
    for (int i = 0; i < 10; ++i) ask("first", key, RequestPriority::background());
    sent.clear();
    at.clear();
  }

  void answer(const QuotaKey& key, int status, Headers headers, std::string body) {
    HttpResponse response{status, std::move(headers), std::move(body)};
    const RateLimitReport report = read_rate_limit(response, clock.now());
    budgets.report("", key, &report);
  }

  asio::io_context loop{1};
  JumpingClock clock{loop};
  Notices observer;
  const Policy policy;
  BudgetPolicy budget{50, 10, 1000, 1000};
  RateLimiter budgets{clock, observer, budget, policy};
  std::vector<std::string> sent;
  std::vector<Instant> at;
};

TEST_F(RateLimiterTest, RequestsAreServedByUrgencyThenPriorityThenArrival) {
  const QuotaKey key = reads_of("backupJobs");
  use_up_the_credit(key);
  ask("a", key, by(Urgency::background));
  ask("b", key, by(Urgency::background));
  ask("important", key, by(Urgency::background, 5));
  ask("urgent", key, by(Urgency::urgent));
  clock.run_until(clock.now() + hours(1));
  EXPECT_EQ(sent, (std::vector<std::string>{"urgent", "important", "a", "b"}));
}

TEST_F(RateLimiterTest, EachActionAndSubscriptionHasABudgetOfItsOwn) {
  use_up_the_credit(reads_of("backupJobs"));
  ask("points", reads_of("recoveryPoints"), RequestPriority::background());
  ask("elsewhere", reads_of("backupJobs", "other"), RequestPriority::background());
  EXPECT_EQ(sent, (std::vector<std::string>{"points", "elsewhere"}));
}

TEST_F(RateLimiterTest, ARefusalStopsItsActionAndNothingElse) {
  const QuotaKey key = reads_of("backupJobs");
  ask("one", key, RequestPriority::background());
  answer(
      key, 429, {},
      R"({"error":{"code":"ResourceRequestsThrottled","message":"too many requests for 'x', limit of '40' for an hour. )"
      R"(Please try again after '300' seconds."}})");
  const Instant refused_at = clock.now();
  ask("two", key, by(Urgency::urgent));
  ask("points", reads_of("recoveryPoints"), RequestPriority::background());
  EXPECT_EQ(sent, (std::vector<std::string>{"one", "points"}));
  clock.run_until(refused_at + hours(1));
  ASSERT_EQ(sent.size(), 3U);
  EXPECT_GE(at.back(), refused_at + seconds(300));
  EXPECT_LT(at.back(), refused_at + seconds(310));
  EXPECT_EQ(observer.notices.size(), 1U);
  EXPECT_EQ(budgets.view().front().limit, 40);
}

TEST_F(RateLimiterTest, ARefusalOfTheSubscriptionStopsAllItsReads) {
  ask("one", reads_of("backupJobs"), RequestPriority::background());
  answer(reads_of("backupJobs"), 429, {{"Retry-After", "20"}}, R"({"error":{"code":"SubscriptionRequestsThrottled"}})");
  ask("points", reads_of("recoveryPoints"), RequestPriority::background());
  ask("write", QuotaKey{"sub", "x/restore/action", false}, RequestPriority::background());
  ask("elsewhere", reads_of("recoveryPoints", "other"), RequestPriority::background());
  EXPECT_EQ(sent, (std::vector<std::string>{"one", "write", "elsewhere"}));
}

TEST_F(RateLimiterTest, WhatTheServiceSaysIsLeftIsAllThatIsSpent) {
  const QuotaKey key = reads_of("backupJobs");
  ask("one", key, RequestPriority::background());
  answer(key, 200, {{"x-ms-ratelimit-remaining-subscription-resource-requests", "3"}}, "{}");
  for (int i = 0; i < 10; ++i) ask("more", key, by(Urgency::urgent));
  EXPECT_EQ(sent.size(), 4U);
}

TEST_F(RateLimiterTest, AJobThatSomethingElseConcernsIsLetGo) {
  const QuotaKey key = reads_of("backupJobs");
  use_up_the_credit(key);
  ask("job 1", key, by(Urgency::background, 0, "1"));
  ask("job 2", key, by(Urgency::background, 0, "2"));
  ASSERT_TRUE(budgets.waiting("2"));
  EXPECT_EQ(budgets.waiting("2")->position, 2);
  EXPECT_EQ(budgets.waiting("2")->limit_per_hour, 50);
  EXPECT_EQ(budgets.waiting("2")->key.short_name(), "vaults/backupJobs");
  budgets.cancel_wait("1");
  clock.run_until(clock.now() + seconds(1));
  EXPECT_EQ(sent, (std::vector<std::string>{"not job 1"}));
  EXPECT_EQ(budgets.waiting("2")->position, 1);
  EXPECT_FALSE(budgets.waiting("1"));
}

TEST_F(RateLimiterTest, NoRequestWaitsAfterStop) {
  const QuotaKey key = reads_of("backupJobs");
  use_up_the_credit(key);
  ask("a", key, RequestPriority::background());
  ask("b", key, RequestPriority::background());
  budgets.stop();
  loop.restart();
  loop.poll();
  EXPECT_EQ(sent, (std::vector<std::string>{"not a", "not b"}));
}

TEST_F(RateLimiterTest, ARestartTakesUpWhatIsLeft) {
  const QuotaKey key = reads_of("backupJobs");
  Drawer drawer;
  BudgetSaver saver(clock, observer, budgets, drawer);
  asio::co_spawn(loop, saver.run(), asio::detached);
  use_up_the_credit(key);
  clock.run_until(clock.now() + seconds(1));
  ASSERT_EQ(drawer.kept.size(), 1U);

  RateLimiter again(clock, observer, budget, policy);
  again.restore(drawer.kept);
  EXPECT_FALSE(again.has_headroom("", key, Millis(0)));
  EXPECT_EQ(again.view().front().left, 40);
  saver.stop();
  clock.run_until(clock.now() + seconds(1));
}

TEST_F(RateLimiterTest, ASecondsReadsAreBoundedWhateverTheHourAllows) {
  budget = {100'000, 0, 10, 10};
  for (int i = 0; i < 100; ++i) ask("x", reads_of("backupJobs"), RequestPriority::background());
  EXPECT_EQ(sent.size(), 20U);
  clock.run_until(clock.now() + seconds(5));
  EXPECT_NEAR(static_cast<double>(sent.size()), 70, 2);
}

}  // namespace
}  // namespace azrestored
