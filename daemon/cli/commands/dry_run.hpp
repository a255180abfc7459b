// Dry run of job files for `submit --dry-run` and `validate --online`: through azrestored up to the request that would
// be sent. Starts nothing, and writes nothing into the spool.
#pragma once

#include <vector>

#include "daemon/cli/connect/context.hpp"
#include "daemon/cli/connect/job_files.hpp"

namespace azrestored::cli {

/// Tries each file and prints the result. The files must have no faults. Returns done if a submit would send all
/// requests, otherwise the code for what prevents it; failed if that differs between files.
ExitCode try_job_files(Context& context, const std::vector<JobFile>& files);

}  // namespace azrestored::cli
