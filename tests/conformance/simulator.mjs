// azrestore-sim for the conformance tests: the Azure that it simulates, its process, and clients for it. Its
// certificate is trusted through NODE_EXTRA_CA_CERTS, which run.sh sets, so TLS is fully checked.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { RecoveryServicesBackupClient } from "@azure/arm-recoveryservicesbackup";
import { ClientSecretCredential } from "@azure/identity";

export const subscription = "11111111-2222-4333-8444-555555555555";
export const tenant = "aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa";
export const clientId = "bbbbbbbb-2222-4222-8222-bbbbbbbbbbbb";
export const group = "contoso-backup";
export const vault = "contoso-vault";
export const region = "westus";
export const secondaryRegion = "eastus";

const secret = "conformance~secret&with=odd+signs%";
export const groupId = (name) => `/subscriptions/${subscription}/resourceGroups/${name}`;
export const vaultId = `${groupId(group)}/providers/Microsoft.RecoveryServices/vaults/${vault}`;
export const vmId = (name) => `${groupId("contoso-web")}/providers/Microsoft.Compute/virtualMachines/${name}`;
export const storageId = `${groupId("contoso-staging")}/providers/Microsoft.Storage/storageAccounts/contosostaging`;
const guardId = `${groupId("contoso-guards")}/providers/Microsoft.DataProtection/resourceGuards/contoso-guard`;

const point = (name, day, more = {}) => ({ name, time: `2025-11-${day}T22:00:00.1234567Z`, disks: [0, 1], ...more });
const quick = { operationSeconds: 0.2, jobSeconds: 0.3, validationTakesSeconds: 0.2 };

const protectedVm = (name, script = {}) => ({
  vm: vmId(name),
  points: [point("7001", 19), point("7002", 20, { type: "CrashConsistent" }), point("7003", 21)],
  // JavaScript reads numbers as floating-point and cannot return large integers exactly.
  secondaryPoints: [point("810000000000000001", 19), point("810000000000000002", 20)],
  restore: { ...quick, oddAccessToken: false, ...script },
});

const stateWith = (certificate) => ({
  vaults: [
    {
      id: vaultId,
      location: region,
      secondaryRegion,
      items: [
        protectedVm("web01"),
        protectedVm("web02", { validation: [{ code: "UserErrorQuota", message: "Too few cores.", recommendations: ["Ask."] }] }),
        protectedVm("slow01", { jobSeconds: 600, cancelSeconds: 0.3 }),
        protectedVm("broken01", { result: "Failed" }),
      ],
    },
    { id: `${vaultId}-guarded`, location: region, resourceGuards: [{ id: guardId }] },
  ],
  clients: [{ tenantId: tenant, clientId, secret, certificate }],
});

/// The promise resolves when the simulator listens. `folder` has the certificates of run.sh and is used for files.
export async function startSimulator(folder) {
  const file = (name) => join(folder, name);
  writeFileSync(file("state.json"), JSON.stringify(stateWith(file("application.pem"))));
  const words = ["--state", file("state.json"), "--port", "0", "--port-file", file("ports.json"), "--retry-after", "0",
                 "--page-size", "2", "--tls-cert", file("server.pem"), "--tls-key", file("server.key")];
  const child = spawn(process.env.AZRESTORE_SIM, words, { stdio: ["ignore", "ignore", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  for (const deadline = Date.now() + 20_000; !existsSync(file("ports.json")); await delay(20)) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error("azrestore-sim does not start");
  }
  const url = `https://127.0.0.1:${JSON.parse(readFileSync(file("ports.json"))).https}`;
  return {
    url,
    report: async () => (await fetch(`${url}/_sim/report`)).json(),
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

/// The options that direct Microsoft's identity library to the simulator's token endpoint.
export const authority = (url) => ({ authorityHost: url, disableInstanceDiscovery: true });

export function clientOf(url, { credential, apiVersion } = {}) {
  credential ??= new ClientSecretCredential(tenant, clientId, secret, authority(url));
  return new RecoveryServicesBackupClient(credential, subscription, { endpoint: url, $host: url, apiVersion });
}

export async function all(pages) {
  const rows = [];
  for await (const row of pages) rows.push(row);
  return rows;
}

/// Container and item of a VM, cut out of the listed item's id as the service spells them.
export async function findItem(client, vm) {
  const filter = "backupManagementType eq 'AzureIaasVM' and itemType eq 'VM'";
  const items = await all(client.backupProtectedItems.list(vault, group, { filter }));
  const id = items.find((item) => item.properties.friendlyName === vm).id;
  const [, container, item] = id.match(/protectionContainers\/([^/]+)\/protectedItems\/([^/]+)/);
  return { id, container, item };
}

export const disksOrder = (vm, recoveryPointId, where = region) => ({
  objectType: "IaasVMRestoreRequest",
  recoveryPointId,
  recoveryType: "RestoreDisks",
  sourceResourceId: vmId(vm),
  targetResourceGroupId: groupId("contoso-restored"),
  storageAccountId: storageId,
  region: where,
  createNewCloudService: false,
  originalStorageAccountOption: false,
});
