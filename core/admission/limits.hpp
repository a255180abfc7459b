// The limits on concurrent restores of one subscription, vault, storage account and target resource group. They are
// azrestored's own: no limit of Azure on concurrent restores is known (azure-backup-api.md 9.4). config/azrestored.json
// has the reasons for the defaults. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace azrestored {

enum class ConcurrencyLimit { subscription, vault, storage_account, target_group };
inline constexpr std::array all_concurrency_limits = {ConcurrencyLimit::subscription, ConcurrencyLimit::vault,
                                                      ConcurrencyLimit::storage_account,
                                                      ConcurrencyLimit::target_group};

/// The position in all_concurrency_limits.
constexpr std::size_t index_of(ConcurrencyLimit cap) {
  return static_cast<std::size_t>(cap);
}

/// The name of the limit in the settings: "limits.concurrentRestoresPerVault".
std::string_view setting_of(ConcurrencyLimit cap);

/// Maximum numbers of concurrent restores.
struct ConcurrencyLimits {
  int per_subscription = 10000;
  int per_vault = 1000;
  int per_storage_account = 400;
  int per_target_group = 800;

  [[nodiscard]] int of(ConcurrencyLimit cap) const;
};

}  // namespace azrestored
