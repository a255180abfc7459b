// What `vms` and `points` ask alike.
#pragma once

#include <map>
#include <string>

#include "daemon/cli/commands/commands.hpp"

namespace azrestored::cli {

/// The members of the request that say where to look.
std::map<std::string, std::string> query_of(const Vault& vault);

}  // namespace azrestored::cli
