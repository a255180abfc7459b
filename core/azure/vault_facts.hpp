// What a vault says about itself that decides which restores it allows (API.md 3.3, 3.6, 6). Pure; read once for a job and kept with it.
//
// What an answer does not say stays unknown (nullopt): a rule that needs it is then not applied.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace azrestored {

struct VaultFacts {
  std::string location;
  std::string redundancy;                    // "LocallyRedundant", "GeoRedundant", "ZoneRedundant"; "" when not said
  std::optional<bool> cross_region_restore;  // switched on
  bool system_identity = false;              // the vault has an identity of its own
  std::vector<std::string> user_identities;  // ARM ids of the identities that were given to it
  std::optional<bool> cross_subscription;    // switched on; Microsoft's client takes nullopt for true
  std::optional<bool> guarded;               // by a Resource Guard (multi-user authorization)
};

void to_json(nlohmann::json& json, const VaultFacts& facts);
void from_json(const nlohmann::json& json, VaultFacts& facts);

}  // namespace azrestored
