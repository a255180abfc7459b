// Reading a job file. This file's .cpp is the grammar and the one place that reads it.
// A job file is checked completely at the door; what passed once is kept verbatim with the job and read again by the
// same function, so that nothing about a request has to be stored twice.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/jobfile/spec.hpp"
#include "core/json/fault.hpp"

namespace azrestored {

/// Limits of a job file: 1 MiB, 64 levels, UTF-8.
inline constexpr std::size_t max_job_file_bytes = 1U << 20U;

/// Reads and checks a job file. Either a spec, or at least one fault; all faults are found in one pass.
std::optional<JobSpec> read_job_spec(std::string_view text, std::vector<Fault>& faults);

}  // namespace azrestored
