// Reads the query of GET /v1/jobs (daemon/control/protocol.hpp). Pure.
#pragma once

#include <map>
#include <string>

#include "core/store/job_store.hpp"

namespace azrestored {

/// Reads `members` into `query`. Returns a sentence about the first fault, or "".
std::string read_list_query(const std::map<std::string, std::string>& members, JobQuery& query);

}  // namespace azrestored
