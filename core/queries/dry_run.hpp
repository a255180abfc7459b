// A dry run of a restore: runs the job (item, vault, point, rules, pre-flight) up to its POST, and returns the request
// instead of sending it. It writes no row and starts nothing in Azure; the pre-flight is a check only.
#pragma once

#include <nlohmann/json.hpp>

#include "core/engine/perform.hpp"
#include "core/job/policy.hpp"
#include "core/jobfile/spec.hpp"

namespace azrestored {

/// {"ok": true if a submitted job would send the request now, "problem": null or {"code", "message", "httpStatus",
///  "requestId", "correlationId", "recommendations"}, "warnings": [...], "request": null or {"method", "url",
///  "headers", "body"}, "protectedItem", "recoveryPoint", "region"}. Gives up after three consecutive failed reads, and
///  before a wait that ends later than two minutes after the start.
asio::awaitable<nlohmann::json> dry_run(Performer& performer, Clock& clock, const Policy& policy, SharedSpec spec);

}  // namespace azrestored
