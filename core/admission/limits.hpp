// The limits on concurrent restores of one subscription, vault, storage account and target resource group. They are
// azrestored's own: no limit of Azure on concurrent restores is known (azure-backup-api.md 9.4). config/azrestored.json
// has the reasons for the defaults. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace azrestored {

enum class Cap { subscription, vault, storage_account, target_group };
inline constexpr std::array all_caps = {Cap::subscription, Cap::vault, Cap::storage_account, Cap::target_group};

/// The position in all_caps.
constexpr std::size_t index_of(Cap cap) {
  return static_cast<std::size_t>(cap);
}

/// The name of the limit in the settings: "limits.concurrentRestoresPerVault".
std::string_view setting_of(Cap cap);

/// Maximum numbers of concurrent restores.
struct Caps {
  int per_subscription = 10000;
  int per_vault = 1000;
  int per_storage_account = 400;
  int per_target_group = 800;

  [[nodiscard]] int of(Cap cap) const;
};

}  // namespace azrestored
