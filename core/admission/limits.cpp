#include "core/admission/limits.hpp"

namespace azrestored {

std::string_view setting_of(Cap cap) {
  switch (cap) {
    case Cap::subscription:
      return "limits.concurrentRestoresPerSubscription";
    case Cap::vault:
      return "limits.concurrentRestoresPerVault";
    case Cap::storage_account:
      return "limits.concurrentRestoresPerStorageAccount";
    case Cap::target_group:
      return "limits.concurrentRestoresPerTargetResourceGroup";
  }
  return "";
}

int Caps::of(Cap cap) const {
  switch (cap) {
    case Cap::subscription:
      return per_subscription;
    case Cap::vault:
      return per_vault;
    case Cap::storage_account:
      return per_storage_account;
    case Cap::target_group:
      return per_target_group;
  }
  return 0;
}

}  // namespace azrestored
