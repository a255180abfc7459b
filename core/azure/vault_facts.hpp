// The settings of a vault that decide which restores it allows (azure-backup-api.md 3.3, 3.6, 6). Pure. azrestored
// reads them once for a job and stores them with it.
//
// A setting that the response does not contain is unknown (nullopt). Rules that need it are then not applied.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace azrestored {

struct VaultFacts {
  std::string location;
  std::string redundancy;                    // "LocallyRedundant", "GeoRedundant", "ZoneRedundant"; "" if unknown
  std::optional<bool> cross_region_restore;  // enabled
  bool system_identity = false;              // the vault has a system-assigned identity
  std::vector<std::string> user_identities;  // ARM ids of its user-assigned identities
  std::optional<bool> cross_subscription;    // enabled; Microsoft's client treats nullopt as true
  std::optional<bool> guarded;               // by a Resource Guard (multi-user authorization)
};

void to_json(nlohmann::json& json, const VaultFacts& facts);
void from_json(const nlohmann::json& json, VaultFacts& facts);

}  // namespace azrestored
