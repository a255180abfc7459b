// Reads the settings of a vault, and what its Resource Guard protects (azure-backup-api.md 3.3, 3.6, 6). Pure.
#pragma once

#include <string>
#include <vector>

#include "core/azure/vault_facts.hpp"
#include "core/base/result.hpp"
#include "core/http/message.hpp"

namespace azrestored {

/// From the response to GET V. `transient` if it is not a vault: a vault has a location.
Result<VaultFacts> read_vault_facts(const HttpResponse& response);

/// From the response to GET V/backupResourceGuardProxies: the values for "resourceGuardOperationRequests" of a restore;
/// empty if no guard protects restores. `transient` if the response is not a list.
Result<std::vector<std::string>> read_guard_requests(const HttpResponse& response);

}  // namespace azrestored
