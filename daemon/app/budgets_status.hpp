// What is left of Azure's budgets, for `azrestorectl status`.
#pragma once

#include <nlohmann/json.hpp>

#include "core/budget/rate_limiter.hpp"

namespace azrestored {

/// [{profile, subscription, action, limitPerHour, left, waiting, refusedUntil}]; the limits are null where Azure has
/// told none.
nlohmann::json budgets_status(RateLimiter& budgets);

}  // namespace azrestored
