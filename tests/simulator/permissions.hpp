// Permissions at a vault: Azure RBAC as "Permissions - List For Resource" returns it (Microsoft.Authorization,
// api-version 2022-04-01), enforced for every call. The state file has the permissions; they are the same for every
// client.
#pragma once

#include <string>

#include "http_message.hpp"
#include "json.hpp"
#include "state_file.hpp"

namespace azsim {

/// True if a permission of the vault includes the action, such as "Microsoft.RecoveryServices/vaults/backupJobs/read".
[[nodiscard]] bool permits(const VaultSpec& vault, const std::string& action);

[[nodiscard]] Json permissions_body(const VaultSpec& vault);

/// Resource Manager's refusal of an action that is not permitted.
[[nodiscard]] Response forbidden(const std::string& action, const std::string& scope);

}  // namespace azsim
