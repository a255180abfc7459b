// What a backup job that ended well reports as not done (azure-backup-api.md 5.3, 5.4): "completed with warnings" can
// mean that Azure did nothing of what was requested. Pure. Called once, with the outcome that read_job() made from the
// details of the backup job.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace azrestored {

/// Findings: each error, each task that failed, was skipped or cancelled and, with warnings, each task that was never
/// started. Empty if the job reports none. What the report does not mention is no finding.
std::vector<std::string> reported_trouble(const nlohmann::json& outcome);

}  // namespace azrestored
