// Recovery points: the fields that azrestored uses. Pure. Source: azure-backup-api.md 2.3 (fields), 2.4 (tiers).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.hpp"

namespace azrestored {

/// The fields that azrestored needs to choose and show a point, and to check the rules for it.
struct RecoveryPoint {
  std::string id;           // decimal digits, kept as text (azure-backup-api.md 2.4)
  Instant time{};           // when the backup was taken
  std::string consistency;  // "AppConsistent", "CrashConsistent", "FileSystemConsistent", or a new word of Azure's
  std::vector<std::string> tiers;                  // valid ones only: "InstantRP", "HardenedRP", "ArchivedRP"
  bool managed = true;                             // of a VM with managed disks
  bool rehydrated = false;                         // Azure rehydrated the archive tier for some days
  bool encrypted = false;                          // by Azure Disk Encryption, when the backup was taken
  std::optional<bool> private_access{};            // on any disk; nullopt if Azure does not report it
  std::optional<bool> original_storage_account{};  // unmanaged VMs: the storage account of the disks still exists
  std::vector<std::string> zones{};                // for a VM that is pinned to a zone
  std::string os_type{};                           // "Windows", "Linux"
  std::string size{};                              // "Standard_D2s_v3"
  std::string security_type{};                     // "None", "TrustedLaunch", "ConfidentialVM"
  std::string extended_location{};                 // the edge zone's name
  std::optional<int> disks_included{};             // in the backup, including the OS disk
  std::optional<int> disks_attached{};             // to the VM, backed up or not
  std::optional<Instant> expires_at{};             // nullopt: never, or Azure does not report it
  bool soft_deleted = false;                       // deleted, and Azure still keeps it for some days
  bool no_valid_tier = false;                      // Azure lists tiers, and its data can be read from none of them
};

/// The stored form. Rows of earlier versions lack members; the missing fields are then unknown.
void to_json(nlohmann::json& json, const RecoveryPoint& point);
void from_json(const nlohmann::json& json, RecoveryPoint& point);

/// Where Azure reads the point's data from (azure-backup-api.md 2.4): "Snapshot", "VaultStandard",
/// "SnapshotAndVaultStandard", "VaultArchive", "SnapshotAndVaultArchive" or "VaultStandardRehydrated"; "" if the point
/// has no known tier. Only "VaultArchive" must be rehydrated before a restore.
std::string_view effective_tier(const RecoveryPoint& point);

}  // namespace azrestored
