// A job's extendedInfo: tasks, progress and the property bag of each kind of restore (azure-backup-api.md 5.4, 5.5,
// 12.1).
#pragma once

#include <string_view>

#include "json.hpp"
#include "world.hpp"

namespace azsim {

[[nodiscard]] Json job_details(const Job& job, std::string_view version, Instant now);

}  // namespace azsim
