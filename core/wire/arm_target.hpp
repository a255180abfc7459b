// The target of requests: the service with its api-versions, and the location of restore jobs.
#pragma once

#include <string>

#include "core/azure/arm_id.hpp"

namespace azrestored {

/// The address and the api-versions of the service.
struct ArmTarget {
  std::string endpoint;                    // "https://management.azure.com", without a trailing slash
  std::string api_version;                 // of vaults, items, points, restores and jobs
  std::string cross_region_api_version{};  // of the same in the secondary region (azure-backup-api.md 6)
};

/// The location of a vault's restore jobs: the vault's own region, or the secondary region, where POSTs that change
/// nothing list and read them.
struct RestoreScope {
  VaultId vault;
  std::string cross_region;  // "" for the vault's own region
};

}  // namespace azrestored
