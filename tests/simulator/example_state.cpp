// The state file that `--example-state` prints. It has every member once, so it is also the documentation.
// The simulator's own tests start from it, so `parse_state` always accepts it.
#include "state_file.hpp"

namespace azsim {

std::string example_state() {
  return R"({
  "vaults": [
    {
      "id": "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/contoso-backup/providers/Microsoft.RecoveryServices/vaults/contoso-vault",
      "location": "westus",
      "secondaryRegion": "eastus",
      "identity": {
        "systemAssigned": true,
        "userAssigned": [
          "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/contoso-backup/providers/Microsoft.ManagedIdentity/userAssignedIdentities/contoso-restore"
        ]
      },
      "redundancy": "GeoRedundant",
      "crossRegionRestore": "Enabled",
      "crossSubscriptionRestore": "Enabled",
      "multiUserAuthorization": null,
      "resourceGuards": [],
      "tenants": [],
      "permissions": [{ "actions": ["*"], "notActions": [] }],
      "items": [
        {
          "vm": "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/contoso-web/providers/Microsoft.Compute/virtualMachines/web01",
          "container": "IaasVMContainer;iaasvmcontainerv2;contoso-web;web01",
          "item": "VM;iaasvmcontainerv2;contoso-web;web01",
          "points": [
            {
              "name": "70010000000001",
              "time": "2026-11-19T22:00:00.1234567Z",
              "type": "AppConsistent",
              "tiers": [
                { "type": "InstantRP", "status": "Valid" },
                { "type": "HardenedRP", "status": "Valid" }
              ],
              "managed": true,
              "disks": [0, 1],
              "excludedDisks": [],
              "encrypted": false,
              "privateAccess": false,
              "originalStorageAccountOption": false,
              "osType": "Linux",
              "vmSize": "Standard_D2s_v5",
              "zones": ["1"],
              "securityType": "None",
              "extendedLocation": ""
            },
            { "name": "70010000000002", "time": "2026-11-20T22:00:00.7654321Z" }
          ],
          "secondaryPoints": [
            { "name": "710000000000000001", "time": "2026-11-19T22:00:00.1234567Z", "disks": [0, 1] }
          ],
          "restore": {
            "operationSeconds": 5,
            "jobSeconds": 120,
            "cancelSeconds": 2,
            "result": "Completed",
            "operationResult": "Succeeded",
            "error": {
              "errorCode": 400003,
              "errorTitle": "RestoreOperationFailed",
              "errorString": "The state file makes this simulated restore fail.",
              "recommendations": ["Change the state file and try again."]
            },
            "jobIdEqualsOperationId": true,
            "cancel": "accept",
            "cancellableFraction": 0.9,
            "alwaysCancellable": false,
            "rehydrationSeconds": 60,
            "propertyBag": {},
            "validation": [],
            "validationTakesSeconds": 1,
            "validationOutcome": "succeeded",
            "accessTokenSeconds": 3600,
            "oddAccessToken": true
          }
        },
        {
          "vm": "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/contoso-data/providers/Microsoft.Compute/virtualMachines/db01",
          "points": [{ "name": "70020000000001", "time": "2026-11-20T23:30:00Z" }],
          "restore": { "jobSeconds": 300, "result": "Failed", "cancel": "accept-then-refuse" }
        }
      ]
    }
  ],
  "clients": [
    {
      "tenantId": "aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa",
      "clientId": "bbbbbbbb-2222-4222-8222-bbbbbbbbbbbb",
      "secret": "a-secret-for-tests-only",
      "certificate": "",
      "federatedAssertions": ["a-federated-assertion-for-tests-only"]
    }
  ],
  "accessTokens": [
    "static-token-for-tests",
    { "token": "static-token-of-a-tenant", "tenantId": "aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa" }
  ],
  "imds": { "enabled": true, "systemAssigned": true, "tenantId": "" },
  "appService": { "header": "a-header-for-tests-only", "identities": [{ "clientId": "bbbbbbbb-2222-4222-8222-000000000001" }] },
  "arc": { "file": "/var/opt/azcmagent/tokens/simulated.key", "content": "proof", "tenantId": "" },
  "tokenErrors": []
}
)";
}

}  // namespace azsim
