// How many restores may be under way at once in one subscription, in one vault, at one storage account and into one
// resource group. The limits are ours: API.md 9.4 knows none of Azure's on restores at once. config/azrestored.json
// argues the defaults. Pure.
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

/// The cap's name in the settings: "limits.concurrentRestoresPerVault".
std::string_view setting_of(Cap cap);

/// Restores under way at once.
struct Caps {
  int per_subscription = 10000;
  int per_vault = 1000;
  int per_storage_account = 400;
  int per_target_group = 800;

  [[nodiscard]] int of(Cap cap) const;
};

}  // namespace azrestored
