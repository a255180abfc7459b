// The headers that every answer of Resource Manager carries (API.md 9.2, 10): request ids, cache rules, what is left of
// the rate limits. Unless limits are in force (rate_limits.hpp) these only inform: a 429 comes from a fault on order
// then, so tests stay predictable.
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
  /// `location`: the region named in the routing id. `limits`: what is told of limits that are in force; when empty,
  /// made-up ones are counted down, so call once a request.
  void add(Response& response, const Request& request, const RouteMatch& match, const std::string& location,
           const Pairs& limits, Instant now);
  /// What a gateway's own error carries instead.
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
