// Reads the queries of GET /v1/jobs and GET /v1/spool (daemon/control/protocol.hpp). Pure.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "core/base/result.hpp"
#include "core/store/job_store.hpp"

namespace azrestored {

/// Reads `members` into `query`. Returns a sentence about the first fault, or "".
std::string read_list_query(const std::map<std::string, std::string>& members, JobQuery& query);

/// The number of files of each folder, or an error with a sentence.
Result<std::size_t> read_spool_query(const std::map<std::string, std::string>& members);

}  // namespace azrestored
