// A job file for every path that a job can take. The storage account names the job to the model of Azure.
#include <nlohmann/json.hpp>

#include "tests/sim/world.hpp"

namespace azrestored::sim {
namespace {

using nlohmann::json;

const std::string group = "/subscriptions/s/resourceGroups/rg";

std::string vault_of(JobKind kind, int number) {
  if (kind == JobKind::guarded) return "guarded";
  return number % 3 == 0 ? "open" : "v" + std::to_string(number % 3);
}

json restore_of(JobKind kind, int number) {
  json restore = {
      {"recoveryType", "RestoreDisks"},
      {"storageAccountId", group + "/providers/Microsoft.Storage/storageAccounts/a" + std::to_string(number)}};
  if (kind == JobKind::original) {
    restore["recoveryType"] = "OriginalLocation";
    return restore;
  }
  restore["targetResourceGroupId"] = group;
  if (kind != JobKind::alternate) return restore;
  const std::string network = group + "/providers/Microsoft.Network/virtualNetworks/n";
  restore["recoveryType"] = "AlternateLocation";
  restore["targetVirtualMachineId"] =
      group + "/providers/Microsoft.Compute/virtualMachines/copy" + std::to_string(number);
  restore["virtualNetworkId"] = network;
  restore["subnetId"] = network + "/subnets/default";
  return restore;
}

}  // namespace

std::string job_file(JobKind kind, int number) {
  // vm3 has backups in the archive only.
  const std::string vm = kind == JobKind::archived ? "vm3" : "vm" + std::to_string(number % 3);
  json file = {{"name", "a" + std::to_string(number)},
               {"vault", group + "/providers/Microsoft.RecoveryServices/vaults/" + vault_of(kind, number)},
               {"restore", restore_of(kind, number)}};
  if (kind == JobKind::by_item) {
    const std::string name = "iaasvmcontainerv2;rg;" + vm;
    file["protectedItem"] = {{"container", "IaasVMContainer;" + name}, {"item", "VM;" + name}};
  } else {
    file["virtualMachine"] = vm;
  }
  if (kind == JobKind::original) file["replaceDisksOf"] = vm;
  if (kind == JobKind::unchecked) file["validate"] = "none";
  if (kind == JobKind::checked_locally) file["validate"] = "local";
  if (kind == JobKind::cross_region) file["crossRegion"]["region"] = "eastus";
  if (kind == JobKind::archived) file["rehydration"] = {{"priority", "Standard"}, {"retention", "P15D"}};
  return file.dump();
}

}  // namespace azrestored::sim
