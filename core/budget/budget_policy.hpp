// How much of what Azure allows is used: section "budget" of the settings (config/settings.hpp).
#pragma once

namespace azrestored {

/// How much of what Azure allows is used (API.md 9.1, 9.2).
struct BudgetPolicy {
  int reads_per_hour = 150;           // budget.readsPerHour: of each action, until the service tells its own number
  int reserve_percent = 10;           // budget.reservePercent: of them, kept for cancels, doubts and people
  int subscription_reads_per_s = 20;  // budget.subscriptionReadsPerSecond, of ARM's 25
  int subscription_writes_per_s = 8;  // budget.subscriptionWritesPerSecond, of ARM's 10
};

}  // namespace azrestored
