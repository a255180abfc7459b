// Azure's rules that depend on the recovery point or the vault (azure-backup-api.md 3.3, 6). A request that Azure would
// certainly refuse is refused before the POST, with the rule and the remedy in one sentence. If the rule may have
// changed, it only warns. Rules that depend on the job file alone are checked when the file is read
// (core/jobfile/job_file.cpp). Pure.
//
// A broken rule of the first kind ends the job, so each row of the tables names its source. If sources disagree or are
// old, the rule is of the second kind. The rules are in point_rules.cpp and vault_rules.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/azure/problem.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/azure/vault_facts.hpp"
#include "core/base/instant.hpp"
#include "core/job/job.hpp"
#include "core/jobfile/spec.hpp"

namespace azrestored {

struct RuleVerdict {
  std::vector<Problem> refusals;  // with stable codes "RuleX"; if not empty, do not send the request
  std::vector<std::string> warnings;
};

/// Checks the rules that depend only on the point.
RuleVerdict check_point_rules(const JobSpec& spec, const RecoveryPoint& point);

/// The obstacles of point_obstacles.hpp as refusals, with the remedy. `now` by Azure's clock.
std::vector<Problem> point_obstacles(const RecoveryPoint& point, Instant now);

/// Checks all rules. `vault` is nullopt if the vault could not be read: then its rules are skipped, and one warning
/// names what was not checked.
RuleVerdict check_restore_rules(const JobSpec& spec, const std::optional<VaultFacts>& vault,
                                const RecoveryPoint& point);

}  // namespace azrestored
