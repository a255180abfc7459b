// Who may do what at a vault: Azure RBAC as far as "Permissions - List For Resource" tells it (Microsoft.Authorization,
// api-version 2022-04-01), held against every call. The state file says what the callers have; who calls makes no odds.
#pragma once

#include <string>

#include "http_message.hpp"
#include "json.hpp"
#include "state_file.hpp"

namespace azsim {

/// "Microsoft.RecoveryServices/vaults/backupJobs/read" is among what one of the vault's permissions gives.
[[nodiscard]] bool permits(const VaultSpec& vault, const std::string& action);

[[nodiscard]] Json permissions_body(const VaultSpec& vault);

/// Resource Manager's refusal of what is not permitted.
[[nodiscard]] Response forbidden(const std::string& action, const std::string& scope);

}  // namespace azsim
