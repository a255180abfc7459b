// Where requests go: the service and its api-versions, and where a restore's jobs are.
#pragma once

#include <string>

#include "core/azure/arm_id.hpp"

namespace azrestored {

/// Where the service is and which dialect to speak.
struct ArmTarget {
  std::string endpoint;                    // "https://management.azure.com", without a trailing slash
  std::string api_version;                 // of vaults, items, points, restores and jobs
  std::string cross_region_api_version{};  // of the same in the secondary region (API.md 6)
};

/// Where a vault's restore jobs are: beside the vault, or in the secondary region, where they are listed and read by
/// POSTs that change nothing.
struct JobPlace {
  VaultId vault;
  std::string cross_region;  // "" beside the vault
};

}  // namespace azrestored
