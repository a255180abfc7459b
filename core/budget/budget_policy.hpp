// How much of Azure's quotas azrestored uses: section "budget" of the settings (config/settings.hpp).
#pragma once

namespace azrestored {

/// How much of Azure's quotas azrestored uses (azure-backup-api.md 9.1, 9.2).
struct BudgetPolicy {
  int reads_per_hour = 150;           // budget.readsPerHour: for each action, until Azure reports its own limit
  int reserve_percent = 10;           // budget.reservePercent: reserved for cancels, in-doubt searches and operators
  int subscription_reads_per_s = 20;  // budget.subscriptionReadsPerSecond, of ARM's 25
  int subscription_writes_per_s = 8;  // budget.subscriptionWritesPerSecond, of ARM's 10
};

}  // namespace azrestored
