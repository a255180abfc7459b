// Budgets for tests of something else: more than any of them asks for, so that nobody waits.
#pragma once

#include <stdexcept>

#include "core/rate_budgets.hpp"

namespace azrestored::tests {

class FreeBudgets final : Clock, Observer {
 public:
  operator RateBudgets&() { return budgets_; }  // NOLINT(google-explicit-constructor)

 private:
  class NoAlarm final : public Alarm {
   public:
    asio::awaitable<void> wait_until(Instant) override { throw std::logic_error("nobody waits for a budget here"); }
    void ring() override {}
  };

  [[nodiscard]] Instant now() const override { return Instant(std::chrono::hours(24 * 365 * 50)); }
  std::unique_ptr<Alarm> make_alarm() override { return std::make_unique<NoAlarm>(); }
  void changed(const Job&, const HistoryLine&) override {}
  void notice(std::string_view, const std::string&, const std::string&) override {}

  BudgetPolicy policy_{1'000'000, 0, 10'000, 10'000};
  RateBudgets budgets_{*this, *this, policy_};
};

}  // namespace azrestored::tests
