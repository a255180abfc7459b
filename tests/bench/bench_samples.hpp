// The input of the function benchmarks: responses and files of realistic size and shape.
#pragma once

#include <string>

#include "core/http/message.hpp"
#include "core/job/job.hpp"

namespace azrestored::bench {

inline const Instant now = parse_rfc3339("2026-11-20T10:00:00Z").value();

/// A page of a vault's job list, with the service's number of restore jobs per page (azure-backup-api.md 1.4: 200).
HttpResponse page_of_jobs(int rows = 200);
/// The details of one restore job with its tasks and property bag.
HttpResponse job_details();
/// A job file of the usual size.
std::string job_file();
/// A job whose restore runs in Azure, with all facts that a job collects.
Job tracked_job();

}  // namespace azrestored::bench
