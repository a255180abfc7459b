// Recovery points, as far as they matter to choosing and showing one. Pure.
// Facts: API.md 2.3 (fields), 2.4 (tiers).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.hpp"

namespace azrestored {

/// What of a recovery point matters to choosing it, showing it, and knowing what may be asked of it.
struct RecoveryPoint {
  std::string id;           // decimal digits, kept as text (API.md 2.4)
  Instant time{};           // when the data was taken
  std::string consistency;  // "AppConsistent", "CrashConsistent", "FileSystemConsistent", or what the service says
  std::vector<std::string> tiers;                  // valid ones only: "InstantRP", "HardenedRP", "ArchivedRP"
  bool managed = true;                             // of a VM with managed disks
  bool rehydrated = false;                         // one of the tiers was brought back from the archive for a while
  bool encrypted = false;                          // by Azure Disk Encryption, when the data was taken
  std::optional<bool> private_access{};            // on any disk; nullopt when the service does not say
  std::optional<bool> original_storage_account{};  // unmanaged VMs: the account of the disks is still there
  std::vector<std::string> zones{};                // of a VM that is pinned to one
  std::string os_type{};                           // "Windows", "Linux"
  std::string size{};                              // "Standard_D2s_v3"
  std::string security_type{};                     // "None", "TrustedLaunch", "ConfidentialVM"
  std::string extended_location{};                 // the edge zone's name
  std::optional<int> disks_included{};             // in the backup, the OS disk among them
  std::optional<int> disks_attached{};             // to the VM, backed up or not
};

/// Rows of earlier versions lack members: what they do not say is not known.
void to_json(nlohmann::json& json, const RecoveryPoint& point);
void from_json(const nlohmann::json& json, RecoveryPoint& point);

/// Where the point's data can be read from, by API.md 2.4: "Snapshot", "VaultStandard", "SnapshotAndVaultStandard",
/// "VaultArchive", "SnapshotAndVaultArchive" or "VaultStandardRehydrated"; "" when the point names no tier we know.
/// Only "VaultArchive" has to be rehydrated before it can be restored.
std::string_view effective_tier(const RecoveryPoint& point);

}  // namespace azrestored
