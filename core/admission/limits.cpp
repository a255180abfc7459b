#include "core/admission/limits.hpp"

namespace azrestored {

std::string_view setting_of(ConcurrencyLimit cap) {
  switch (cap) {
    case ConcurrencyLimit::subscription:
      return "limits.concurrentRestoresPerSubscription";
    case ConcurrencyLimit::vault:
      return "limits.concurrentRestoresPerVault";
    case ConcurrencyLimit::storage_account:
      return "limits.concurrentRestoresPerStorageAccount";
    case ConcurrencyLimit::target_group:
      return "limits.concurrentRestoresPerTargetResourceGroup";
  }
  return "";
}

int ConcurrencyLimits::of(ConcurrencyLimit cap) const {
  switch (cap) {
    case ConcurrencyLimit::subscription:
      return per_subscription;
    case ConcurrencyLimit::vault:
      return per_vault;
    case ConcurrencyLimit::storage_account:
      return per_storage_account;
    case ConcurrencyLimit::target_group:
      return per_target_group;
  }
  return 0;
}

}  // namespace azrestored
