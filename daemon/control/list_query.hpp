// The query of GET /v1/jobs (daemon/control/protocol.hpp), read. Pure.
#pragma once

#include <map>
#include <string>

#include "core/store/job_store.hpp"

namespace azrestored {

/// What is wrong with it in a sentence, or "" when `query` is as asked.
std::string read_list_query(const std::map<std::string, std::string>& members, JobQuery& query);

}  // namespace azrestored
