// Compares what a successful backup job reports (azure-backup-api.md 5.5) with what the job file asked for. Pure.
// Called once, with the outcome that read_job() made from the details of the backup job.
//
// The report consists of texts for people. So only a value in the expected form can produce a finding. If a value is
// missing, has another form, or is never reported, its property is listed as unchecked.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "core/azure/recovery_point.hpp"
#include "core/jobfile/spec.hpp"

namespace azrestored {

struct OutcomeComparison {
  std::vector<std::string> findings;   // "requested storage account a, but Azure reports b"
  std::vector<std::string> unchecked;  // properties of the job file that could not be compared: "zones"
};

OutcomeComparison compare_outcome(const JobSpec& spec, const RecoveryPoint& point, const nlohmann::json& outcome);

}  // namespace azrestored
