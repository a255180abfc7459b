// What `submit --dry-run` and `validate --online` share: job files tried through azrestored up to the request that
// would be sent. Nothing is started, nothing is dropped.
#pragma once

#include <vector>

#include "daemon/cli/connect/context.hpp"
#include "daemon/cli/connect/job_files.hpp"

namespace azrestored::cli {

/// Tries each of the files, which are good by themselves, and prints what came of it. done when a submit would send
/// every one; else the code that fits what is in the way, failed when that differs from file to file.
ExitCode try_job_files(Context& context, const std::vector<JobFile>& files);

}  // namespace azrestored::cli
