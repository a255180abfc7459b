// From the text of a dropped file to what the store takes in. Pure.
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

/// What a dropped file asks for: one job. What else a file may be one day (a recovery plan, a run of one) is a further
/// alternative here.
using Intake = std::variant<NewEntry>;

/// Reads the file. nullopt, and the reasons in `faults`, when nothing can be taken in.
std::optional<Intake> read_intake(std::string text, const Submission& submission, std::vector<Fault>& faults);

/// The jobs to be stored for it, together or not at all (JobStore::insert).
std::vector<NewEntry> entries_of(Intake intake);

/// The job in state Queued and the first line of its history.
NewEntry new_job(const JobSpec& spec, std::string text, const Submission& submission);

}  // namespace azrestored
