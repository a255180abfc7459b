// What a request to Azure is called in the metrics: the last word of the action that Azure counts it against, such as
// "backupJobs" or "restore". Azure hands out URLs that are followed as they are, so only known words become names: the
// number of time series stays bounded, whatever an answer says. Pure.
#pragma once

#include <span>
#include <string_view>

#include "core/http/message.hpp"

namespace azrestored {

/// Of an action as core/budget/quota_key.hpp tells it; "other" for one that azrestored does not know.
std::string_view arm_call_of_action(std::string_view action);

/// Of a request; "other" also for one to no subscription.
std::string_view arm_call_of(const HttpRequest& request);

/// Every name, "other" included.
std::span<const std::string_view> arm_calls();

}  // namespace azrestored
