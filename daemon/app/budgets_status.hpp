// What is left of Azure's quotas, for `azrestorectl status`.
#pragma once

#include <nlohmann/json.hpp>

#include "core/budget/rate_limiter.hpp"

namespace azrestored {

/// [{profile, subscription, action, limitPerHour, left, waiting, refusedUntil}]. limitPerHour and left are null if
/// Azure has reported no limit.
nlohmann::json budgets_status(RateLimiter& budgets);

}  // namespace azrestored
