#include "core/budget/budget_saver.hpp"

#include <utility>
#include <vector>

#include "core/base/duration.hpp"

namespace azrestored {
namespace {

constexpr Millis save_retry = std::chrono::seconds(30);
/// The saver waits until a quota changes, which ends the wait earlier.
constexpr Millis long_time = std::chrono::hours(1);

}  // namespace

BudgetSaver::BudgetSaver(Clock& clock, Observer& observer, RateLimiter& budgets, BudgetStore& store)
    : clock_(clock), observer_(observer), budgets_(budgets), store_(store), timer_(clock.make_timer()) {
  budgets_.on_change([this] { timer_->notify(); });
}

BudgetSaver::~BudgetSaver() {
  budgets_.on_change(nullptr);
}

asio::awaitable<void> BudgetSaver::run() {
  while (!stopping_) {
    std::vector<StoredBudget> changed = budgets_.take_changed();
    if (changed.empty()) {
      co_await timer_->wait_until(clock_.now() + long_time);
      continue;
    }
    auto saved = co_await store_.save_budgets(std::move(changed));
    if (saved) continue;
    observer_.notice("store.failed", "",
                     "cannot save the remaining quotas: " + saved.error().sentence() + "; trying again in " +
                         to_duration(save_retry));
    const Instant until = clock_.now() + save_retry;
    while (!stopping_ && clock_.now() < until) co_await timer_->wait_until(until);
  }
}

void BudgetSaver::stop() {
  stopping_ = true;
  timer_->notify();
}

}  // namespace azrestored
