// Makes a job that can be stored from a job file. Pure.
#pragma once

#include <string>
#include <utility>

#include "core/base/instant.hpp"
#include "core/job/job.hpp"
#include "core/job/new_job.hpp"
#include "core/jobfile/spec.hpp"

namespace azrestored {

/// What is known about a dropped file apart from its text.
struct Submission {
  JobId id;
  std::string file_name;  // names the job if the file contains no name
  std::int64_t uid = 0;   // of the file's owner
  Instant at{};
};

/// The job in state Queued, and the first line of its history.
std::pair<NewJob, HistoryLine> new_job(const JobSpec& spec, std::string text, const Submission& submission);

}  // namespace azrestored
