// Where read budgets survive a restart.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/budget/hourly_quota.hpp"

namespace azrestored {

namespace asio = boost::asio;

/// What is left of a read budget (core/budget/rate_limiter.hpp), as a restart finds it.
struct StoredBudget {
  std::string profile;  // of the sign-in
  std::string subscription;
  std::string action;  // "Microsoft.RecoveryServices/vaults/backupJobs/read"
  HourBudget::Kept kept;
};

/// Where budgets survive a restart. Apart from JobStore, as it is asked by another part and at other times.
class BudgetStore {
 public:
  virtual ~BudgetStore() = default;
  virtual asio::awaitable<Result<std::vector<StoredBudget>>> budgets() = 0;
  /// Each replaces the one of the same profile, subscription and action.
  virtual asio::awaitable<Result<void>> save_budgets(std::vector<StoredBudget> budgets) = 0;
};

}  // namespace azrestored
