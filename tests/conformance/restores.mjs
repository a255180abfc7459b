// restores.mjs URL INTERVAL_MS VM...: restores the disks of many VMs with Microsoft's
// JavaScript client, as a user would write it (tests/bench/compare.py runs it): one client for all, its own poller for
// each operation, then each job is read every INTERVAL_MS until it ends. Prints the name of each VM whose job has
// completed.
import { setTimeout as delay } from "node:timers/promises";
import * as azure from "./simulator.mjs";

const [url, interval, ...vms] = process.argv.slice(2);
const every = Number(interval);
const credential = { getToken: async () => ({ token: process.env.BENCH_TOKEN, expiresOnTimestamp: Date.now() + 3600_000 }) };
const client = azure.clientOf(url, { credential });
const nameIn = (address) => decodeURIComponent(new URL(address).pathname.split("/").pop());

async function restore(vm, { container, item }) {
  let first;
  const poller = await client.restores.beginTrigger(
    azure.vault, azure.group, "Azure", container, item, "7001", { properties: azure.disksOrder(vm, "7001") },
    { onResponse: (response) => (first ??= response) });
  await poller.pollUntilDone();
  const operation = nameIn(first.headers.get("azure-asyncoperation"));
  const { properties } = await client.backupOperationStatuses.get(azure.vault, azure.group, operation);
  for (;;) {
    const job = await client.jobDetails.get(azure.vault, azure.group, properties.jobId);
    if (!["InProgress", "Cancelling"].includes(job.properties.status)) return job.properties.status;
    await delay(every);
  }
}

const items = new Map();
for (const item of await azure.all(client.backupProtectedItems.list(
  azure.vault, azure.group, { filter: "backupManagementType eq 'AzureIaasVM' and itemType eq 'VM'" }))) {
  const [, container, name] = item.id.match(/protectionContainers\/([^/]+)\/protectedItems\/([^/]+)/);
  items.set(item.properties.friendlyName, { container, item: name });
}
await Promise.all(vms.map((vm) => restore(vm, items.get(vm)).then(
  (status) => status === "Completed" && console.log(vm),
  (error) => console.error(vm, error.code ?? error.name, error.message))));
