// A restore tried without doing it: the job goes its way (item, vault, point, rules, pre-flight) up to its POST, which
// is shown instead of sent. No row is written and nothing is started in Azure; the pre-flight only asks.
#pragma once

#include <nlohmann/json.hpp>

#include "core/engine/perform.hpp"
#include "core/job/policy.hpp"
#include "core/jobfile/spec.hpp"

namespace azrestored {

/// {"ok": true when a submit would send the request now, "problem": null or {"code", "message", "recommendations"},
///  "warnings": [...], "request": null or {"method", "url", "headers", "body"}, "protectedItem", "recoveryPoint",
///  "region"}. A read that keeps failing ends it after a few tries, a slow pre-flight after two minutes.
asio::awaitable<nlohmann::json> dry_run(Performer& performer, Clock& clock, const Policy& policy, SharedSpec spec);

}  // namespace azrestored
