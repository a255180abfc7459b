// The headers of every response of Resource Manager (azure-backup-api.md 9.2, 10): request ids, cache rules, remaining
// requests. Unless limits are enforced (rate_limits.hpp), the remaining requests only inform. A 429 then comes only
// from an injected fault, so tests stay predictable.
#pragma once

#include <map>
#include <string>

#include "dotnet_time.hpp"
#include "http_message.hpp"
#include "identifiers.hpp"
#include "routes.hpp"

namespace azsim {

class ArmHeaders {
 public:
  explicit ArmHeaders(Identifiers& ids) : ids_(ids) {}
  /// `location`: the region in the routing id. `limits`: the headers of the enforced limits. If it is empty, invented
  /// limits are counted down, so call this once per request.
  void add(Response& response, const Request& request, const RouteMatch& match, const std::string& location,
           const Pairs& limits, Instant now);
  /// The headers of an error of the gateway itself.
  void add_gateway(Response& response, const Request& request, Instant now);

 private:
  struct Budget {
    double left;
    Instant seen;
  };
  void add_made_up_limits(Response& response, const Request& request, const RouteMatch& match, Instant now);
  [[nodiscard]] std::string take(const std::string& name, double capacity, double refill_per_s, Instant now);
  void add_request_ids(Response& response, const Request& request, const std::string& location, int echoes,
                       Instant now);

  Identifiers& ids_;
  std::map<std::string, Budget> budgets_;
};

}  // namespace azsim
