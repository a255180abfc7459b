// Reads a job file. The grammar is in job_file.cpp. Pure.
// Intake checks a job file completely. The store keeps its text verbatim with the job, and the runner reads it again
// with the same function, so that nothing about a request is stored twice.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/jobfile/spec.hpp"
#include "core/json/fault.hpp"

namespace azrestored {

/// Maximum size of a job file: 1 MiB. The other limits are UTF-8 and 64 levels (JsonDocument).
inline constexpr std::size_t max_job_file_bytes = 1U << 20U;

/// Reads and checks a job file. Returns a spec, or adds at least one fault. Finds all faults in one pass.
std::optional<JobSpec> read_job_spec(std::string_view text, std::vector<Fault>& faults);

}  // namespace azrestored
