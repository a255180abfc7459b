// The label of a request to Azure in the metrics: the last word of the action whose quota it uses, such as "backupJobs"
// or "restore". azrestored follows URLs from Azure's responses unchanged. So only known words become labels, and the
// number of time series stays bounded. Pure.
#pragma once

#include <span>
#include <string_view>

#include "core/http/message.hpp"

namespace azrestored {

/// The label of an action (core/budget/quota_key.hpp); "other" for one that azrestored does not know.
std::string_view arm_call_of_action(std::string_view action);

/// The label of a request; "other" also for one without a subscription.
std::string_view arm_call_of(const HttpRequest& request);

/// All labels, with "other".
std::span<const std::string_view> arm_calls();

}  // namespace azrestored
