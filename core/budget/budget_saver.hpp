// Saves the read quotas when they change, so that a restart does not begin a new burst. One thread. The limiter and the
// store must outlive it.
#pragma once

#include <memory>

#include "core/base/clock.hpp"
#include "core/budget/budget_store.hpp"
#include "core/budget/rate_limiter.hpp"
#include "core/job/observer.hpp"

namespace azrestored {

class BudgetSaver {
 public:
  BudgetSaver(Clock& clock, Observer& observer, RateLimiter& budgets, BudgetStore& store);
  ~BudgetSaver();
  BudgetSaver(const BudgetSaver&) = delete;
  BudgetSaver& operator=(const BudgetSaver&) = delete;

  /// Saves until stop(). A failure is reported as a notice and retried. Its only effect is that a restart could exceed
  /// a quota.
  asio::awaitable<void> run();
  void stop();

 private:
  Clock& clock_;
  Observer& observer_;
  RateLimiter& budgets_;
  BudgetStore& store_;
  std::unique_ptr<Timer> timer_;
  bool stopping_ = false;
};

}  // namespace azrestored
