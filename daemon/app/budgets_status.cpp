#include "daemon/app/budgets_status.hpp"

#include <nlohmann/json.hpp>

namespace azrestored {

using nlohmann::json;

json budgets_status(RateLimiter& budgets) {
  json list = json::array();
  for (const BudgetView& each : budgets.view()) {
    list.push_back({{"profile", each.profile},
                    {"subscription", each.subscription},
                    {"action", each.action},
                    {"limitPerHour", each.limit == 0 ? json() : json(each.limit)},
                    {"left", each.limit == 0 ? json() : json(each.left)},
                    {"waiting", each.waiting},
                    {"refusedUntil", each.blocked_until ? json(to_rfc3339(*each.blocked_until)) : json()}});
  }
  return list;
}

}  // namespace azrestored
