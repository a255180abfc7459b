// What a failed or cancelled restore may have left in Azure, and what another attempt would do beside it. Azure
// restores the disks first: if a later step fails, they stay (azure-backup-api.md 3.3). Pure.
#pragma once

#include <string>
#include <vector>

#include "core/job/job.hpp"

namespace azrestored {

/// Sentences without the last full stop, for a job whose backup job failed or was cancelled; otherwise empty.
std::vector<std::string> left_behind_of(const Job& job);

}  // namespace azrestored
