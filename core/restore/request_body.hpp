// The body of the restore request (API.md 3.2). Pure.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "core/azure/arm_id.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/job/job.hpp"
#include "core/jobfile/spec.hpp"

namespace azrestored {

/// The restore request (API.md 3.2): what the file gives, plus what the daemon fills in. `guard_requests` are those
/// that the vault's Resource Guard wants named (read_guard_requests), empty without one.
nlohmann::json restore_request(const JobSpec& spec, const ProtectedItem& item, const RecoveryPoint& point,
                               const std::string& vault_region, std::span<const std::string> guard_requests);

/// The same, filled in with what the job knows. Its item and its recovery point have been found.
nlohmann::json restore_request(const JobSpec& spec, const Progress& known);

}  // namespace azrestored
