// The caller of a request as its tokens identify it: the tenants that issued them. "" is the tenant of tokens for which
// the state file names none; it is valid everywhere.
#pragma once

#include <string>
#include <vector>

namespace azsim {

struct Caller {
  std::string tenant;
  std::vector<std::string> auxiliary_tenants;  // of x-ms-authorization-auxiliary (azure-backup-api.md 3.6)
};

}  // namespace azsim
