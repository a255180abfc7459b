// Makes the jobs to store from the text of a dropped file. Pure.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/instant.hpp"
#include "core/job/job.hpp"
#include "core/job/new_job.hpp"
#include "core/jobfile/spec.hpp"
#include "core/json/fault.hpp"

namespace azrestored {

/// What is known about a dropped file apart from its text.
struct Submission {
  JobId id;
  std::string file_name;  // names the job if the file contains no name
  std::int64_t uid = 0;   // of the file's owner
  Instant at{};
};

/// What a dropped file requests: one job. Recovery plans, and runs of them, will be further alternatives.
using Intake = std::variant<NewEntry>;

/// Reads a dropped file. nullopt, with the reasons in `faults`, if the file is not valid.
std::optional<Intake> read_intake(std::string text, const Submission& submission, std::vector<Fault>& faults);

/// The jobs to insert for it: all of them or none (JobStore::insert).
std::vector<NewEntry> entries_of(Intake intake);

/// The job in state Queued, and the first line of its history.
NewEntry new_job(const JobSpec& spec, std::string text, const Submission& submission);

}  // namespace azrestored
