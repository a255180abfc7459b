// What a vault says of itself, and what its Resource Guard guards (API.md 3.3, 3.6, 6).
#pragma once

#include <string>
#include <vector>

#include "core/azure/vault_facts.hpp"
#include "core/base/result.hpp"
#include "core/http/message.hpp"

namespace azrestored {

/// Of GET V. `transient` when the answer is no vault: a vault has a location.
Result<VaultFacts> read_vault_facts(const HttpResponse& response);

/// Of GET V/backupResourceGuardProxies: what to name in "resourceGuardOperationRequests" of a restore; empty when
/// nobody guards restores. `transient` when the answer is no list.
Result<std::vector<std::string>> read_guard_requests(const HttpResponse& response);

}  // namespace azrestored
