// From a job file's text to a job that can be stored. Pure.
#pragma once

#include <string>
#include <utility>

#include "core/base/instant.hpp"
#include "core/job/job.hpp"
#include "core/job/new_job.hpp"
#include "core/jobfile/spec.hpp"

namespace azrestored {

/// What is known of a dropped file beside its text.
struct Submission {
  JobId id;
  std::string file_name;  // names the job when the file gives no name
  std::int64_t uid = 0;   // of the file's owner
  Instant at{};
};

/// The job in state Queued and the first line of its history.
std::pair<NewJob, HistoryLine> new_job(const JobSpec& spec, std::string text, const Submission& submission);

}  // namespace azrestored
