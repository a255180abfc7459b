// The rules of the service that need the recovery point or the vault to be known (API.md 3.3, 6): what is certain to be
// refused is refused before the POST, with rule and remedy in one sentence; what may have changed since the rule was
// written down only warns. What the job file alone tells was checked at the door (core/jobfile/job_file.cpp). Pure.
//
// Breaking a rule of the first kind ends a job, so each row of the tables names its source; where sources disagree or
// are old, the rule is of the second kind. The rules themselves: point_rules.cpp, vault_rules.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/azure/problem.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/azure/vault_facts.hpp"
#include "core/job/job.hpp"
#include "core/jobfile/spec.hpp"

namespace azrestored {

struct RuleVerdict {
  std::vector<Problem> refusals;  // codes "RuleX", the same for ever; not empty: do not send the request
  std::vector<std::string> warnings;
};

/// The rules that the point alone decides.
RuleVerdict check_point_rules(const JobSpec& spec, const RecoveryPoint& point);

/// All rules. A vault that could not be read is nullopt: its rules are skipped, and one warning names what was not
/// checked.
RuleVerdict check_restore_rules(const JobSpec& spec, const std::optional<VaultFacts>& vault,
                                const RecoveryPoint& point);

}  // namespace azrestored
