// What is left of Azure's budgets, for `azrestorectl status`.
#pragma once

#include <nlohmann/json.hpp>

#include "core/rate_budgets.hpp"

namespace azrestored {

/// [{profile, subscription, action, limitPerHour, left, waiting, refusedUntil}]; the limits are null where Azure has
/// told none.
nlohmann::json budgets_status(RateBudgets& budgets);

}  // namespace azrestored
