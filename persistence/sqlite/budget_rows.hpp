// Every statement on the table rate_budget. Used on the writer thread only. A failure of SQLite is thrown
// (DatabaseFailure).
#pragma once

#include <vector>

#include "core/budget/budget_store.hpp"
#include "persistence/sqlite/database.hpp"

namespace azrestored {

class BudgetRows {
 public:
  explicit BudgetRows(Database& database);

  std::vector<StoredBudget> all();
  void save(const StoredBudget& budget);

 private:
  Statement all_;
  Statement save_;
};

}  // namespace azrestored
