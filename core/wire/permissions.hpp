// The caller's rights on a vault: Azure RBAC's documented "Permissions - List For Resource" (Microsoft.Authorization,
// api-version 2022-04-01). This call was never recorded, so callers must accept a refusal. The response does not
// contain deny assignments, nor rights at another scope. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/azure/arm_id.hpp"
#include "core/http/message.hpp"
#include "core/wire/lists.hpp"
#include "core/wire/requests.hpp"

namespace azrestored {

/// The rights of one role: all actions that `actions` name, except those that `not_actions` name.
struct Permission {
  std::vector<std::string> actions;
  std::vector<std::string> not_actions;
};

HttpRequest list_permissions(const ArmTarget& target, const VaultId& vault);
Result<Page<Permission>> read_permissions(const HttpResponse& response);

/// True if the pattern matches the action, without regard to letter case. `*` matches any characters, also slashes and
/// none.
bool names_action(std::string_view pattern, std::string_view action);

/// True if one of the permissions allows the action ("Microsoft.RecoveryServices/Vaults/read"). An action that one
/// permission excludes may be allowed by another.
bool allows(std::span<const Permission> permissions, std::string_view action);

}  // namespace azrestored
