// What the parts of class Azure share: one request with the names in its path looked up, and the usual responses.
// Private to azure*.cpp.
#pragma once

#include <string>

#include "azure.hpp"
#include "json.hpp"

namespace azsim {

struct Azure::Call {
  const Request& request;
  const RouteMatch& match;
  Instant now;
  std::string version;
  const VaultSpec* vault = nullptr;
  const ItemSpec* item = nullptr;
  const PointSpec* point = nullptr;
  const Job* job = nullptr;
  const Operation* operation = nullptr;
};

[[nodiscard]] Response with_body(unsigned status, const Json& body, bool chunked = true);
/// `cause`: who made the error, "service" (backup) or "gateway" (Resource Manager).
[[nodiscard]] Response error(unsigned status, const std::string& code, const std::string& message,
                             const char* cause = "service");

}  // namespace azsim
