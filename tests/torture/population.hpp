// The VMs and the jobs of the long runs: each job restores its own VM, and the VM's script decides how the restore must
// end in Azure and in the daemon. So the simulator's count by VM is a count by job.
#pragma once

#include <string>
#include <vector>

#include "tests/support/sample_azure.hpp"

namespace azrestored::test {

struct Member {
  std::string name;          // of the VM and of the job
  Json script;               // how its restores run in Azure
  bool across = false;       // restored in the vault's secondary region
  std::string state;         // the final state that the job must have
  std::string azure_status;  // the final status of its only backup job; "" if there must be none
};

/// `size` members of all kinds, one after the other: successes, warnings, findings, failures, lost operations, other
/// region.
std::vector<Member> mixed_population(int size);

/// The simulator's state file with one VM for each member.
Json azure_of(const std::vector<Member>& members);

Json job_file(const Member& member);

}  // namespace azrestored::test
