// Common parts of class Azure: one request with the names in its path looked up, and the usual responses.
// Private to azure*.cpp.
#pragma once

#include <string>
#include <vector>

#include "azure.hpp"
#include "azure_json.hpp"
#include "json.hpp"
#include "listing.hpp"

namespace azsim {

struct Azure::Call {
  const Request& request;
  const RouteMatch& match;
  const Caller& caller;
  Instant now;
  std::string version;
  bool across_regions = false;  // the call concerns the secondary region, and errors have its envelope
  const VaultSpec* vault = nullptr;
  const ItemSpec* item = nullptr;
  const PointSpec* point = nullptr;
  const Job* job = nullptr;
  const Operation* operation = nullptr;

  [[nodiscard]] const std::vector<PointSpec>& points_of(const ItemSpec& of) const {
    return across_regions ? of.secondary_points : of.points;
  }
  /// A refusal by the service, in the envelope of this call.
  [[nodiscard]] Response refuse(unsigned status, const std::string& code, const std::string& message) const;
  [[nodiscard]] Response not_found(const std::string& what) const;
};

[[nodiscard]] Response empty(unsigned status);

[[nodiscard]] Response with_body(unsigned status, const Json& body, bool chunked = true);
/// `cause`: who made the error, "service" (backup) or "gateway" (Resource Manager).
[[nodiscard]] Response error(unsigned status, const std::string& code, const std::string& message,
                             const char* cause = "service");

/// The body as JSON, or the refusal of one that is not. `refusal.status` 0: no refusal.
struct PostedBody {
  Json json;
  Response refusal;
};
[[nodiscard]] PostedBody read_body(const Request& request);

/// Rows of a page, with the link to the next one. The last of several pages has `"nextLink": null`; a single page has
/// no link. Both were observed (azure-backup-api.md 2.1).
[[nodiscard]] Response page_response(const Request& request, const Target& target, Json rows, const Page& page);

/// Addresses are signed since 2024 (azure-backup-api.md 4.2, 12.1).
[[nodiscard]] bool signs(const std::string& version);

}  // namespace azsim
