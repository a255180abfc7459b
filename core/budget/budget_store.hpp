// The port that keeps read quotas over a restart. The daemon implements it with SQLite.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/budget/hourly_quota.hpp"

namespace azrestored {

namespace asio = boost::asio;

/// The stored state of a read quota (core/budget/rate_limiter.hpp).
struct StoredBudget {
  std::string profile;  // the sign-in profile
  std::string subscription;
  std::string action;  // "Microsoft.RecoveryServices/vaults/backupJobs/read"
  HourlyQuota::Snapshot kept;
};

/// Stores quotas. Separate from JobStore, because other code uses it at other times.
class BudgetStore {
 public:
  virtual ~BudgetStore() = default;
  virtual asio::awaitable<Result<std::vector<StoredBudget>>> budgets() = 0;
  /// Each quota replaces the stored one of the same profile, subscription and action.
  virtual asio::awaitable<Result<void>> save_budgets(std::vector<StoredBudget> budgets) = 0;
};

}  // namespace azrestored
