// Goal: however Azure counts, a quota is never exceeded and hardly any of it stays unused. Method: a model of Azure
// counts requests in fixed windows, or refills continuously, and refuses what exceeds the quota. A greedy client asks
// for all that the quota gives, hour after hour of model time.
#include "core/budget/hourly_quota.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/budget/quota_key.hpp"

namespace azrestored {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant start = Instant(hours(24 * 365 * 50));

/// Azure's counter of one action.
class Counter {
 public:
  enum class Kind { window, refill };
  Counter(Kind kind, int limit) : kind_(kind), limit_(limit), left_(limit) {}

  /// What is left after the request; -1 if it is refused.
  int take(Instant now) {
    if (kind_ == Kind::window && (end_ == Instant{} || now >= end_)) {
      end_ = now + hours(1);
      left_ = limit_;
    }
    if (kind_ == Kind::refill && last_ != Instant{}) {
      left_ = std::min<double>(limit_, left_ + limit_ * static_cast<double>((now - last_).count()) / 3'600'000);
    }
    last_ = now;
    if (left_ < 1) return -1;
    left_ -= 1;
    return static_cast<int>(left_);
  }
  [[nodiscard]] Millis until_end(Instant now) const { return end_ - now; }

 private:
  const Kind kind_;
  const int limit_;
  double left_;
  Instant end_{};
  Instant last_{};
};

struct Tally {
  int sent = 0;
  int refused = 0;
};

struct Service {
  Counter::Kind kind;
  int limit;
  bool reports_left;  // whether it reports how many are left
};

/// Sends everything that `budget` allows from `from` to `to`.
Tally spend_all(HourlyQuota& budget, Counter& counter, bool reports_left, Instant from, Instant to) {
  Tally tally;
  Instant now = from;
  for (;;) {
    const Instant at = budget.ready_at(Urgency::background, now);
    now = std::max(now, at);
    if (now >= to) return tally;
    if (budget.ready_at(Urgency::background, now) > now) continue;
    budget.consume(Urgency::background, now);
    ++tally.sent;
    const int left = counter.take(now);
    if (left < 0) {
      ++tally.refused;
      budget.on_throttled(counter.until_end(now), std::nullopt, now);
    } else if (reports_left) {
      budget.on_remaining(left, 0, true, now);
    }
  }
}

class EveryService : public testing::TestWithParam<Service> {};

TEST_P(EveryService, IsNeverAskedForMoreThanItGivesAndForHardlyLess) {
  const Service service = GetParam();
  Counter counter(service.kind, service.limit);
  HourlyQuota budget(150, 0.1);
  const Tally first = spend_all(budget, counter, service.reports_left, start, start + hours(2));
  const Tally then = spend_all(budget, counter, service.reports_left, start + hours(2), start + hours(12));
  EXPECT_EQ(first.refused + then.refused, 0);
  const int possible = 10 * (service.reports_left ? service.limit : std::min(service.limit, 150));
  EXPECT_GE(then.sent, possible * 85 / 100);
}

TEST_P(EveryService, IsNotOverdrawnByPeopleAndDoubtsEither) {
  const Service service = GetParam();
  Counter counter(service.kind, service.limit);
  HourlyQuota budget(150, 0.1);
  int refused = 0;
  const auto send = [&](Urgency urgency, Instant now) {
    if (budget.ready_at(urgency, now) > now) return;
    budget.consume(urgency, now);
    const int left = counter.take(now);
    if (left < 0) {
      ++refused;
    } else if (service.reports_left) {
      budget.on_remaining(left, 0, true, now);
    }
  };
  for (Instant now = start; now < start + hours(12); now += seconds(10)) {
    send(Urgency::background, now);
    send(Urgency::interactive, now);
    if ((now - start) % minutes(10) == Millis(0)) send(Urgency::urgent, now);
  }
  EXPECT_EQ(refused, 0);
}

/// Of two requests on their way at once, Azure may serve the second first, and the responses may arrive in either
/// order. The reported count then goes up and down without a refill.
TEST(HourlyQuota, AnswersThatOvertakeEachOtherAreNotTakenForABudgetThatRefills) {
  HourlyQuota budget(150, 0);
  Counter counter(Counter::Kind::window, 150);
  Instant now = start;
  for (int pair = 0; pair < 15; ++pair) {
    budget.consume(Urgency::background, now);
    budget.consume(Urgency::background, now);
    const int first = counter.take(now);
    const int second = counter.take(now);
    budget.on_remaining(second, 1, false, now);
    budget.on_remaining(first, 0, false, now);
    now += seconds(10);
  }
  EXPECT_FALSE(budget.kept().refills);
}

/// Thirty at once, whose responses arrive in the wrong order, leave too low a count; the next response corrects it.
TEST(HourlyQuota, ACountThatIsCorrectedAfterAThrongIsNotTakenForABudgetThatRefills) {
  HourlyQuota budget(150, 0.1);
  Instant now = start;
  for (int i = 0; i < 30; ++i) budget.consume(Urgency::background, now);
  int in_flight = 30;
  for (const int left : {120, 121, 149, 130}) budget.on_remaining(left, --in_flight, false, now);
  while (in_flight > 0) budget.on_remaining(140, --in_flight, false, now);
  for (int left = 119; left > 100; --left) {
    now += minutes(1);
    budget.consume(Urgency::background, now);
    budget.on_remaining(left, 0, true, now);
    EXPECT_EQ(budget.left(now), left);
  }
  EXPECT_FALSE(budget.kept().refills);
}

INSTANTIATE_TEST_SUITE_P(
    All, EveryService,
    testing::Values(Service{Counter::Kind::window, 60, true}, Service{Counter::Kind::window, 150, true},
                    Service{Counter::Kind::window, 300, true}, Service{Counter::Kind::window, 800, true},
                    Service{Counter::Kind::refill, 150, true}, Service{Counter::Kind::refill, 800, true},
                    Service{Counter::Kind::window, 150, false}, Service{Counter::Kind::refill, 800, false}),
    [](const auto& each) {
      return std::string(each.param.kind == Counter::Kind::window ? "Window" : "Refill") +
             std::to_string(each.param.limit) + (each.param.reports_left ? "Reporting" : "Silent");
    });

TEST(HourlyQuota, LetsAFewRestoresBurstAndSpreadsTheRest) {
  HourlyQuota budget(150, 0.1);
  int at_once = 0;
  while (budget.ready_at(Urgency::background, start) <= start) {
    budget.consume(Urgency::background, start);
    ++at_once;
  }
  EXPECT_EQ(at_once, 30);
  EXPECT_GT(budget.ready_at(Urgency::background, start), start + seconds(20));
}

TEST(HourlyQuota, KeepsRequestsBackForWhatIsUrgent) {
  HourlyQuota budget(100, 0.1);
  Instant now = start;
  for (; now < start + minutes(30); now += seconds(1)) {
    if (budget.ready_at(Urgency::background, now) <= now) budget.consume(Urgency::background, now);
  }
  while (budget.ready_at(Urgency::background, now) <= now) budget.consume(Urgency::background, now);
  int urgent = 0;
  while (budget.ready_at(Urgency::urgent, now) <= now) {
    budget.consume(Urgency::urgent, now);
    ++urgent;
  }
  EXPECT_GE(urgent, 5) << "half of the hour is left, and half of the reserve with it";
}

TEST(HourlyQuota, WaitsAsLongAsARefusalSays) {
  HourlyQuota budget(150, 0.1);
  budget.consume(Urgency::background, start);
  budget.on_throttled(seconds(324), 150, start);
  for (const Urgency urgency : {Urgency::urgent, Urgency::interactive, Urgency::background}) {
    EXPECT_GE(budget.ready_at(urgency, start), start + seconds(324));
  }
  EXPECT_LE(budget.ready_at(Urgency::urgent, start + seconds(326)), start + seconds(326));
}

TEST(HourlyQuota, AShortRefusalLeavesQuotaForReadsThatCanWait) {
  HourlyQuota budget(150, 0.1);
  budget.consume(Urgency::background, start);
  budget.on_throttled(seconds(5), std::nullopt, start);
  EXPECT_FALSE(budget.has_headroom(start));
  EXPECT_TRUE(budget.has_headroom(start, minutes(1)));
  budget.on_throttled(minutes(5), std::nullopt, start);
  EXPECT_FALSE(budget.has_headroom(start, minutes(1)));
}

TEST(HourlyQuota, DoesNotBurstAgainAfterARestart) {
  HourlyQuota before(150, 0.1);
  for (int i = 0; i < 30; ++i) before.consume(Urgency::background, start);
  HourlyQuota after(before.kept(), 0.1, start + seconds(5));
  EXPECT_GT(after.ready_at(Urgency::background, start + seconds(5)), start + seconds(20));
  EXPECT_EQ(after.left(start + seconds(5)), 120);
}

TEST(HourlyQuota, ForgetsNoRefusalInARestart) {
  HourlyQuota before(150, 0.1);
  before.consume(Urgency::background, start);
  before.on_throttled(minutes(30), std::nullopt, start);
  HourlyQuota after(before.kept(), 0.1, start + seconds(5));
  EXPECT_GE(after.ready_at(Urgency::urgent, start + seconds(5)), start + minutes(30));
}

TEST(HourlyQuota, IsWholeAgainWhenALongRestartHasPassedTheWindow) {
  HourlyQuota before(150, 0.1);
  for (int i = 0; i < 140; ++i) before.consume(Urgency::urgent, start);
  HourlyQuota after(before.kept(), 0.1, start + hours(3));
  EXPECT_EQ(after.left(start + hours(3)), 150);
}

TEST(HourlyQuota, HoldsBackNothingOfAnActionThatAzureDoesNotCountUntilItDoes) {
  HourlyQuota budget(150, 0.1);
  budget.on_unmetered();
  for (int i = 0; i < 1000; ++i) {
    ASSERT_LE(budget.ready_at(Urgency::background, start), start);
    budget.consume(Urgency::background, start);
  }
  budget.on_remaining(0, 0, true, start);
  EXPECT_GT(budget.ready_at(Urgency::urgent, start), start);
}

TEST(QuotaKey, IsTheTypesInThePath) {
  const auto of = [](std::string method, std::string path) {
    HttpRequest request;
    request.method = std::move(method);
    request.url = "https://management.azure.com" + path;
    const auto key = quota_key_of(request);
    return key ? key->subscription + " " + key->action : "none";
  };
  const std::string vault = "/subscriptions/sub/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/safe";
  EXPECT_EQ(of("GET", vault + "?api-version=1"), "sub Microsoft.RecoveryServices/vaults/read");
  EXPECT_EQ(of("GET", vault + "/backupJobs?$filter=x/y"), "sub Microsoft.RecoveryServices/vaults/backupJobs/read");
  EXPECT_EQ(of("GET", vault + "/backupJobs/1?x"), "sub Microsoft.RecoveryServices/vaults/backupJobs/read");
  EXPECT_EQ(of("POST", vault + "/backupJobs/1/cancel"),
            "sub Microsoft.RecoveryServices/vaults/backupJobs/cancel/action");
  EXPECT_EQ(of("GET", "/subscriptions//subscriptions/sub/providers/P/vaults/v/backupOperations/o"),
            "sub P/vaults/backupOperations/read");
  EXPECT_EQ(of("GET", "/tenants"), "none");
}

}  // namespace
}  // namespace azrestored
