#include "tests/support/sample_azure.hpp"

namespace azrestored::test {
namespace {

std::string subscription() {
  return "/subscriptions/11111111-2222-4333-8444-555555555555";
}

std::string network_id() {
  return group_id("contoso-net") + "/providers/Microsoft.Network/virtualNetworks/contoso-vnet";
}

Json job(const std::string& name, const std::string& vm, Json restore) {
  return {{"name", name}, {"vault", vault_id()}, {"virtualMachine", vm_id(vm)}, {"restore", std::move(restore)}};
}

}  // namespace

std::string group_id(const std::string& name) {
  return subscription() + "/resourceGroups/" + name;
}

std::string vm_id(const std::string& name) {
  return group_id("contoso-web") + "/providers/Microsoft.Compute/virtualMachines/" + name;
}

std::string vault_id() {
  return group_id("contoso-backup") + "/providers/Microsoft.RecoveryServices/vaults/contoso-vault";
}

std::string storage_id() {
  return group_id("contoso-staging") + "/providers/Microsoft.Storage/storageAccounts/contosostaging";
}

Json protected_vm(const std::string& name, const Json& script) {
  Json restore = {{"operationSeconds", 0.1}, {"jobSeconds", 0.3}, {"validationTakesSeconds", 0.05}};
  restore.update(script);
  return {{"vm", vm_id(name)},
          {"points",
           {{{"name", "7001"}, {"time", "2025-11-19T22:00:00.1234567Z"}, {"type", "AppConsistent"}},
            {{"name", "7002"}, {"time", "2025-11-20T22:00:00.7654321Z"}, {"type", "CrashConsistent"}}}},
          {"restore", restore}};
}

Json replicated_vm(const std::string& name, const Json& script) {
  Json vm = protected_vm(name, script);
  const Json tiers = {{{"type", "HardenedRP"}, {"status", "Valid"}}};
  vm["secondaryPoints"] = {{{"name", "9001"}, {"time", "2025-11-18T20:00:00.1234567Z"}, {"tiers", tiers}},
                           {{"name", "9002"}, {"time", "2025-11-19T22:00:00.1234567Z"}, {"tiers", tiers}}};
  return vm;
}

Json azure_with(const Json& items, const Json& more) {
  Json vault = {{"id", vault_id()}, {"location", "westus"}, {"secondaryRegion", "eastus"}, {"items", items}};
  vault.merge_patch(more);
  const Json client = {{"tenantId", tenant_id}, {"clientId", client_id}, {"secret", client_secret}};
  return {{"vaults", Json::array({vault})},
          {"clients", Json::array({client})},
          {"accessTokens", Json::array({access_token})}};
}

Json disks_job(const std::string& name, const std::string& vm) {
  return job(name, vm,
             {{"recoveryType", "RestoreDisks"},
              {"storageAccountId", storage_id()},
              {"targetResourceGroupId", group_id("contoso-restored")}});
}

Json replace_disks_job(const std::string& name, const std::string& vm) {
  Json file = job(name, vm, {{"recoveryType", "OriginalLocation"}, {"storageAccountId", storage_id()}});
  file["replaceDisksOf"] = vm;
  return file;
}

Json new_vm_job(const std::string& name, const std::string& vm) {
  const std::string target = group_id("contoso-restored");
  return job(name, vm,
             {{"recoveryType", "AlternateLocation"},
              {"storageAccountId", storage_id()},
              {"targetResourceGroupId", target},
              {"targetVirtualMachineId", target + "/providers/Microsoft.Compute/virtualMachines/" + vm + "-copy"},
              {"virtualNetworkId", network_id()},
              {"subnetId", network_id() + "/subnets/default"}});
}

Json cross_region_job(const std::string& name, const std::string& vm) {
  Json file = disks_job(name, vm);
  file["crossRegion"]["region"] = "eastus";
  return file;
}

}  // namespace azrestored::test
