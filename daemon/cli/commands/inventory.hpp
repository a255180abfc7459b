// Common part of `vms` and `points`.
#pragma once

#include <map>
#include <string>

#include "daemon/cli/commands/commands.hpp"

namespace azrestored::cli {

/// The query parameters that select the vault, the profile and the region.
std::map<std::string, std::string> query_of(const Vault& vault);

}  // namespace azrestored::cli
