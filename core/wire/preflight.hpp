// The pre-flight: Azure's own validation of a restore request (azure-backup-api.md 7). Pure.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/job/event.hpp"
#include "core/wire/requests.hpp"

namespace azrestored {

HttpRequest post_preflight(const ArmTarget& target, const VaultId& vault, const ProtectedItem& item,
                           const std::string& point_id, const nlohmann::json& properties);
/// PreflightAsked, PreflightPassed, PreflightFailed, PreflightSkipped or ReadFailed.
Event read_preflight_answer(const HttpResponse& response, Instant now);
/// PreflightRunning, PreflightPassed, PreflightFailed, PreflightSkipped or ReadFailed.
Event read_preflight_result(const HttpResponse& response, Instant now);

}  // namespace azrestored
