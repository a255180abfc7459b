// See azure_json.hpp: the properties of a vault, and its resource guards.
#include <utility>

#include "azure_json.hpp"
#include "text.hpp"

namespace azsim {
namespace {

Json identity_body(const VaultSpec& vault) {
  Json body;
  const std::string system = vault.system_identity ? "SystemAssigned" : "";
  const std::string user = vault.user_identities.empty() ? "" : "UserAssigned";
  body["type"] = system + (system.empty() || user.empty() ? "" : ", ") + user;
  if (vault.system_identity) {
    body["principalId"] = "12121212-0000-4000-8000-000000000001";
    body["tenantId"] = "12121212-0000-4000-8000-000000000002";
  }
  for (const std::string& id : vault.user_identities) {
    body["userAssignedIdentities"][id]["clientId"] = "12121212-0000-4000-8000-000000000003";
    body["userAssignedIdentities"][id]["principalId"] = "12121212-0000-4000-8000-000000000004";
  }
  return body;
}

}  // namespace

Json vault_body(const VaultSpec& vault) {
  Json body;
  body["id"] = vault.id;
  body["name"] = last_segment(vault.id);
  body["type"] = "Microsoft.RecoveryServices/vaults";
  body["location"] = vault.location;
  body["etag"] = "W/\"datetime'simulated'\"";
  Json& properties = body["properties"];
  properties["provisioningState"] = "Succeeded";
  properties["privateEndpointStateForBackup"] = "None";
  properties["publicNetworkAccess"] = "Enabled";
  if (vault.cross_subscription)
    properties["restoreSettings"]["crossSubscriptionRestoreSettings"]["crossSubscriptionRestoreState"] =
        *vault.cross_subscription;
  if (vault.redundancy) properties["redundancySettings"]["standardTierStorageRedundancy"] = *vault.redundancy;
  if (vault.cross_region) properties["redundancySettings"]["crossRegionRestore"] = *vault.cross_region;
  if (vault.multi_user) properties["securitySettings"]["multiUserAuthorization"] = *vault.multi_user;
  body["sku"]["name"] = "Standard";
  if (vault.system_identity || !vault.user_identities.empty()) body["identity"] = identity_body(vault);
  return body;
}

/// For a vault whose backups are encrypted with Microsoft's keys.
Json encryption_config_body(const VaultSpec& vault) {
  Json body;
  body["id"] = vault.id + "/backupEncryptionConfigs/backupResourceEncryptionConfig";
  body["name"] = "backupResourceEncryptionConfig";
  body["type"] = "Microsoft.RecoveryServices/vaults/backupEncryptionConfigs";
  Json& p = body["properties"];
  p["encryptionAtRestType"] = "MicrosoftManaged";
  p["infrastructureEncryptionState"] = "Disabled";
  p["lastUpdateStatus"] = "NotEnabled";
  return body;
}

Json container_body(const VaultSpec& vault, const ItemSpec& item) {
  Json body;
  body["id"] = vault.id + "/backupFabrics/Azure/protectionContainers/" + item.container;
  body["name"] = item.container;
  body["type"] = "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers";
  Json& p = body["properties"];
  p["virtualMachineId"] = item.vm;
  p["virtualMachineVersion"] = "Compute";
  p["resourceGroup"] = segment_after(item.vm, "resourceGroups");
  p["friendlyName"] = last_segment(item.vm);
  p["backupManagementType"] = "AzureIaasVM";
  p["registrationStatus"] = "Registered";
  p["healthStatus"] = "Healthy";
  p["containerType"] = "Microsoft.Compute/virtualMachines";
  return body;
}

Json guard_proxy_body(const VaultSpec& vault, const GuardSpec& guard) {
  Json body;
  body["id"] = vault.id + "/backupResourceGuardProxies/VaultProxy";
  body["name"] = "VaultProxy";
  body["type"] = "Microsoft.RecoveryServices/vaults/backupResourceGuardProxies";
  Json& p = body["properties"];
  p["resourceGuardResourceId"] = guard.id;
  p["resourceGuardOperationDetails"] = Json::array();
  for (const GuardedOperation& guarded : guard.operations) {
    Json row;
    row["vaultCriticalOperation"] = guarded.operation;
    row["defaultResourceRequest"] = guarded.request;
    p["resourceGuardOperationDetails"].push_back(std::move(row));
  }
  p["lastUpdatedTime"] = "2025-01-01T00:00:00.0000000Z";
  return body;
}

}  // namespace azsim
