#include "persistence/sqlite/budget_rows.hpp"

#include "persistence/sqlite/time_columns.hpp"

namespace azrestored {

BudgetRows::BudgetRows(Database& database)
    : all_(database,
           "SELECT profile, subscription, action, reads_per_hour, reads_left, window_end_ms, blocked_until_ms, refills "
           "FROM rate_budget"),
      save_(database, "INSERT OR REPLACE INTO rate_budget VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)") {}

std::vector<StoredBudget> BudgetRows::all() {
  std::vector<StoredBudget> budgets;
  Cursor rows = all_.run();
  while (rows.step()) {
    StoredBudget budget{rows.text(0), rows.text(1), rows.text(2), {}};
    budget.kept.limit = static_cast<double>(rows.integer(3));
    budget.kept.left = static_cast<double>(rows.integer(4));
    budget.kept.window_end = from_ms(rows.integer(5));
    budget.kept.blocked_until = from_ms(rows.integer(6));
    budget.kept.refills = rows.integer(7) != 0;
    budgets.push_back(std::move(budget));
  }
  return budgets;
}

void BudgetRows::save(const StoredBudget& budget) {
  save_.execute(budget.profile, budget.subscription, budget.action, static_cast<std::int64_t>(budget.kept.limit),
                static_cast<std::int64_t>(budget.kept.left), to_ms(budget.kept.window_end),
                to_ms(budget.kept.blocked_until), budget.kept.refills ? 1 : 0);
}

}  // namespace azrestored
