// Who sent a request, as far as its tokens tell: the tenants they were issued by. "" is a tenant that is good
// everywhere, that of tokens which the state file does not tie to one.
#pragma once

#include <string>
#include <vector>

namespace azsim {

struct Caller {
  std::string tenant;
  std::vector<std::string> auxiliary_tenants;  // of x-ms-authorization-auxiliary (API.md 3.6)
};

}  // namespace azsim
