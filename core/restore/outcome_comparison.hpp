// Asked versus got: what a backup job that ended well reports of itself (API.md 5.5), held against what the job file
// asked for. Pure; called once, with the outcome that read_job() made of the job's details.
//
// The report is texts for people, so that only a value that reads as expected can make a finding: a missing or odd one
// is unchecked, as is everything asked for that the report never tells.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "core/azure/recovery_point.hpp"
#include "core/jobfile/spec.hpp"

namespace azrestored {

struct Comparison {
  std::vector<std::string> findings;   // "asked for storage account a, the job reports b"
  std::vector<std::string> unchecked;  // what was asked for, by the job file's own names: "zones"
};

Comparison compare_outcome(const JobSpec& spec, const RecoveryPoint& point, const nlohmann::json& outcome);

}  // namespace azrestored
