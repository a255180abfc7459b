// What the benches of functions work on: answers and files of the size and shape that the service and people send.
#pragma once

#include <string>

#include "core/http/message.hpp"
#include "core/job/job.hpp"

namespace azrestored::bench {

inline const Instant now = parse_rfc3339("2026-11-20T10:00:00Z").value();

/// A page of a vault's job list, with as many restore jobs as the service puts into one (API.md 1.4: 200).
HttpResponse page_of_jobs(int rows = 200);
/// The details of one restore job with its tasks and property bag.
HttpResponse job_details();
/// A job file of the usual size.
std::string job_file();
/// A job whose restore runs in Azure: everything that is learned on the way is in it.
Job tracked_job();

}  // namespace azrestored::bench
