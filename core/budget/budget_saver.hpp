// Saves what is left of the read budgets as it changes, so that a restart begins no new burst. One thread; the limiter and
// the store outlive it.
#pragma once

#include <memory>

#include "core/base/clock.hpp"
#include "core/budget/budget_store.hpp"
#include "core/budget/rate_limiter.hpp"
#include "core/job/observer.hpp"

namespace azrestored {

class BudgetSaver {
 public:
  BudgetSaver(Clock& clock, Observer& observer, RateBudgets& budgets, BudgetStore& store);
  ~BudgetSaver();
  BudgetSaver(const BudgetSaver&) = delete;
  BudgetSaver& operator=(const BudgetSaver&) = delete;

  /// Saves until stop(). A failure is reported as a notice and tried again: without it, only a restart is less polite.
  asio::awaitable<void> run();
  void stop();

 private:
  Clock& clock_;
  Observer& observer_;
  RateBudgets& budgets_;
  BudgetStore& store_;
  std::unique_ptr<Alarm> alarm_;
  bool stopping_ = false;
};

}  // namespace azrestored
