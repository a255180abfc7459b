// What the caller may do at a vault: Azure RBAC's documented "Permissions - List For Resource"
// (Microsoft.Authorization, api-version 2022-04-01), and what its answer allows. No recording shows this call: whoever
// asks has to be content with a refusal. Deny assignments are not told, and what applies in one region or at another
// scope is not this vault's. Pure.
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

/// What one role gives: all that its actions name, but for what its not_actions name.
struct Permission {
  std::vector<std::string> actions;
  std::vector<std::string> not_actions;
};

HttpRequest list_permissions(const ArmTarget& target, const VaultId& vault);
Result<Page<Permission>> read_permissions(const HttpResponse& response);

/// True when the pattern names the action: `*` stands for any characters, also none and slashes; case does not count.
bool names_action(std::string_view pattern, std::string_view action);

/// True when one of the permissions allows the action ("Microsoft.RecoveryServices/Vaults/read"). What one excludes
/// another may still give.
bool allows(std::span<const Permission> permissions, std::string_view action);

}  // namespace azrestored
