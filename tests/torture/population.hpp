// The VMs and the jobs of the long runs: each job restores a VM of its own, and the VM's script decides how that must
// end in Azure and in the daemon. So the simulator's count by VM is a count by job.
#pragma once

#include <string>
#include <vector>

#include "tests/support/sample_azure.hpp"

namespace azrestored::test {

struct Member {
  std::string name;          // of the VM and of the job
  Json script;               // how its restores go in Azure
  bool across = false;       // restored in the vault's secondary region
  std::string state;         // what the job must end as
  std::string azure_status;  // what its one backup job must end as; "" when there must be none
};

/// `size` members of every kind in turn: good endings, warnings, findings, failures, lost operations, other region.
std::vector<Member> mixed_population(int size);

/// The simulator's state file with a VM for each of them.
Json azure_of(const std::vector<Member>& members);

Json job_file(const Member& member);

}  // namespace azrestored::test
