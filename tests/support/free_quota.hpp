// Quotas for tests of something else: larger than any test needs, so that a request waits only after a refusal.
#pragma once

#include "core/budget/budget_policy.hpp"
#include "core/budget/rate_limiter.hpp"

namespace azrestored::test {

class FreeQuota final : Clock, Observer {
 public:
  operator RateLimiter&() { return budgets_; }  // NOLINT(google-explicit-constructor)

 private:
  /// Time passes as soon as a request waits after a refusal.
  class QuickTimer final : public Timer {
   public:
    explicit QuickTimer(Instant& now) : now_(now) {}
    asio::awaitable<void> wait_until(Instant at) override {
      now_ = at;
      co_return;
    }
    void notify() override {}

   private:
    Instant& now_;
  };

  [[nodiscard]] Instant now() const override { return now_; }
  std::unique_ptr<Timer> make_timer() override { return std::make_unique<QuickTimer>(now_); }
  void changed(const Job&, const HistoryLine&, std::optional<Millis>) override {}
  void notice(std::string_view, const std::string&, const std::string&) override {}

  Instant now_ = Instant(std::chrono::hours(24 * 365 * 50));
  const Policy policy_;
  const BudgetPolicy budget_{.reads_per_hour = 1'000'000,
                             .reserve_percent = 0,
                             .subscription_reads_per_s = 10'000,
                             .subscription_writes_per_s = 10'000};
  RateLimiter budgets_{*this, *this, budget_, policy_};
};

}  // namespace azrestored::test
