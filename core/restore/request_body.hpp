// The body of the restore request (azure-backup-api.md 3.2). Pure.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "core/azure/arm_id.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/job/job.hpp"
#include "core/jobfile/spec.hpp"

namespace azrestored {

/// The restore request: the members of the job file, plus those that azrestored fills in. `guard_requests` are the
/// requests that the vault's Resource Guard requires (read_guard_requests()); empty without a guard.
nlohmann::json restore_request(const JobSpec& spec, const ProtectedItem& item, const RecoveryPoint& point,
                               const std::string& vault_region, std::span<const std::string> guard_requests);

/// The same, filled in with what the job knows. Its item and its recovery point have been found.
nlohmann::json restore_request(const JobSpec& spec, const Progress& known);

}  // namespace azrestored
