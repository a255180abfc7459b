// Goal: an independent client sees the simulator as Azure. Method: Microsoft's own JavaScript client uses a vault over
// HTTPS like a user, without any error; then the simulator's report is checked.
// Run by run.sh, which makes the certificates.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ClientCertificateCredential } from "@azure/identity";
import { CrossRegion } from "./cross_region.mjs";
import * as azure from "./simulator.mjs";

const { group, vault } = azure;
const folder = process.env.CONFORMANCE_FOLDER;
let simulator, client;

before(async () => {
  simulator = await azure.startSimulator(folder);
  client = azure.clientOf(simulator.url);
});
after(() => simulator?.stop());

async function until(what, holds) {
  for (const deadline = Date.now() + 20_000; ; await delay(50)) {
    const value = await what();
    if (holds(value)) return value;
    assert.ok(Date.now() < deadline, `not in time: ${JSON.stringify(value)}`);
  }
}

const jobOf = (name, of = client) => of.jobDetails.get(vault, group, name);
const ended = (job) => !["InProgress", "Cancelling"].includes(job.properties.status);
/// The last name in the path of an address.
const nameIn = (address) => decodeURIComponent(new URL(address).pathname.split("/").pop());

/// Restores disks through the client's poller; returns the headers and the status of the operation.
async function restoreDisks(vm, { of = client, point = "7001" } = {}) {
  const { container, item } = await azure.findItem(of, vm);
  let first, operation;
  const poller = await of.restores.beginTrigger(
    vault, group, "Azure", container, item, point, { properties: azure.disksOrder(vm, point) },
    { updateIntervalInMs: 50, onResponse: (response) => (first ??= response) });
  operation = nameIn(first.headers.get("azure-asyncoperation"));
  await poller.pollUntilDone();
  assert.equal(poller.getOperationState().status, "succeeded");
  const status = await of.backupOperationStatuses.get(vault, group, operation);
  return { requestId: first.request.headers.get("x-ms-client-request-id"), first, status, job: status.properties.jobId };
}

test("a client secret signs in", async () => {
  assert.equal((await azure.all(client.backupJobs.list(vault, group))).length > 0, true);
  const report = await simulator.report();
  assert.equal(report.tokenRequests[0].with, "secret");
  assert.equal(report.unauthenticated, 0);
});

test("a certificate signs in, by the assertion that Microsoft's library makes", async () => {
  const credential = new ClientCertificateCredential(azure.tenant, azure.clientId,
                                                     join(folder, "application-with-key.pem"), azure.authority(simulator.url));
  const { token } = await credential.getToken(`${simulator.url}/.default`);
  assert.ok(token);
  const report = await simulator.report();
  const { with: way, algorithm, granted } = report.tokenRequests.at(-1);
  assert.deepEqual([way, algorithm, granted], ["certificate", "PS256", true]);
});

test("a wrong secret is refused in a form that the library understands", async () => {
  const { ClientSecretCredential } = await import("@azure/identity");
  const credential = new ClientSecretCredential(azure.tenant, azure.clientId, "wrong", azure.authority(simulator.url));
  await assert.rejects(credential.getToken(`${simulator.url}/.default`), /AADSTS7000215/);
});

test("protected items are listed, page by page", async () => {
  const pages = [];
  for await (const page of client.backupProtectedItems.list(vault, group).byPage()) pages.push(page.length);
  assert.deepEqual(pages, [2, 2]);
  const items = await azure.all(client.backupProtectedItems.list(vault, group));
  assert.deepEqual(items.map((item) => item.properties.friendlyName), ["web01", "web02", "slow01", "broken01"]);
  const { properties } = items[0];
  assert.equal(properties.protectedItemType, "Microsoft.Compute/virtualMachines");
  assert.equal(properties.protectionState, "Protected");
  assert.equal(properties.lastRecoveryPoint.toISOString(), "2025-11-21T22:00:00.123Z");
});

test("recovery points are listed and read", async () => {
  const { container, item } = await azure.findItem(client, "web01");
  const points = await azure.all(client.recoveryPoints.list(vault, group, "Azure", container, item));
  assert.deepEqual(points.map((point) => point.name), ["7003", "7002", "7001"]);
  assert.equal(points[1].properties.objectType, "IaasVMRecoveryPoint");
  assert.equal(points[1].properties.recoveryPointType, "CrashConsistent");
  assert.ok(points[1].properties.recoveryPointTime instanceof Date);
  const one = await client.recoveryPoints.get(vault, group, "Azure", container, item, "7001");
  assert.deepEqual(one.properties.recoveryPointTierDetails.map((tier) => [tier.type, tier.status]),
                   [["InstantRP", "Valid"], ["HardenedRP", "Valid"]]);
  assert.deepEqual(one.properties.recoveryPointDiskConfiguration.includedDiskList.map((disk) => disk.lun), [-1, 0, 1]);
});

test("recovery points are filtered by a window of time", async () => {
  const { container, item } = await azure.findItem(client, "web01");
  const filter = "startDate eq '2025-11-20 12:00:00 AM' and endDate eq '2025-11-20 11:59:59 PM'";
  const points = await azure.all(client.recoveryPoints.list(vault, group, "Azure", container, item, { filter }));
  assert.deepEqual(points.map((point) => point.name), ["7002"]);
});

for (const apiVersion of [undefined, "2024-04-01"]) {
  test(`disks are restored by the client's own poller, api-version ${apiVersion ?? "of the client"}`, async () => {
    const of = azure.clientOf(simulator.url, { apiVersion });
    const { requestId, status, job, first } = await restoreDisks("web01", { of });
    assert.equal(first.status, 202);
    assert.equal(status.status, "Succeeded");
    assert.equal(status.properties.objectType, "OperationStatusJobExtendedInfo");
    const done = await until(() => jobOf(job, of), ended);
    assert.equal(done.properties.status, "Completed");
    assert.equal(done.properties.activityId, requestId);
    const mine = (await simulator.report()).restores.filter((restore) => restore.requestId === requestId);
    assert.equal(mine.length, 1);
  });
}

test("a job is read in detail, with every type that the client declares", async () => {
  const { job } = await restoreDisks("web01");
  const { properties } = await until(() => jobOf(job), ended);
  assert.equal(properties.jobType, "AzureIaaSVMJob");
  assert.ok(properties.startTime instanceof Date && properties.endTime instanceof Date);
  assert.match(properties.duration, /^PT/);
  assert.equal(properties.extendedInfo.progressPercentage, 100);
  assert.equal(properties.extendedInfo.propertyBag["Target Storage Account Name"], "contosostaging");
  assert.equal(properties.extendedInfo.tasksList[0].taskId, "Transfer data from vault");
});

test("a failed job reports its reason", async () => {
  const { job } = await restoreDisks("broken01");
  const { properties } = await until(() => jobOf(job), ended);
  assert.equal(properties.status, "Failed");
  assert.equal(properties.errorDetails[0].errorCode, 400003);
});

test("jobs are listed and filtered", async () => {
  const { job } = await restoreDisks("web01");
  const filter = "operation eq 'Restore' and backupManagementType eq 'AzureIaasVM'";
  const jobs = await azure.all(client.backupJobs.list(vault, group, { filter }));
  assert.equal(jobs[0].name, job);
  assert.ok(jobs.every((row) => row.properties.operation === "Restore"));
});

test("a job is cancelled", async () => {
  const { job } = await restoreDisks("slow01");
  const running = await jobOf(job);
  assert.ok(running.properties.actionsInfo.length === 1);
  let answer;
  await client.jobCancellations.trigger(vault, group, job, { onResponse: (response) => (answer = response) });
  assert.equal(answer.status, 202);
  const operation = nameIn(answer.headers.get("location"));
  const result = async () => {
    let code;
    await client.jobOperationResults.get(vault, group, job, operation, { onResponse: (response) => (code = response.status) });
    return code;
  };
  await until(result, (code) => code === 204);
  assert.equal((await until(() => jobOf(job), ended)).properties.status, "Cancelled");
});

test("a restore is validated before it is started", async () => {
  for (const [vm, codes] of [["web01", []], ["web02", ["UserErrorQuota"]]]) {
    const { id } = await azure.findItem(client, vm);
    const request = {
      id: `${id}/recoveryPoints/7001`,
      properties: { objectType: "ValidateIaasVMRestoreOperationRequest", restoreRequest: azure.disksOrder(vm, "7001") },
    };
    let first;
    const poller = await client.validateOperation.beginTrigger(
      vault, group, request, { updateIntervalInMs: 50, onResponse: (response) => (first ??= response) });
    await poller.pollUntilDone();
    const status = await client.validateOperationStatuses.get(vault, group, nameIn(first.headers.get("azure-asyncoperation")));
    const findings = (answer) => (answer?.validationResults ?? []).map((finding) => finding.code);
    assert.equal(status.status, "Succeeded");
    assert.equal(status.properties.objectType, "OperationStatusValidateOperationExtendedInfo");
    assert.deepEqual(findings(status.properties.validateOperationResponse), codes);
    const atOnce = await client.operation.validate(vault, group, request);
    assert.deepEqual(findings(atOnce.validateOperationResponse), codes);
  }
});

test("resource guards are listed", async () => {
  assert.deepEqual(await azure.all(client.resourceGuardProxies.list(vault, group)), []);
  const [proxy] = await azure.all(client.resourceGuardProxies.list(`${vault}-guarded`, group));
  const guarded = proxy.properties.resourceGuardOperationDetails.map((row) => row.vaultCriticalOperation);
  assert.ok(guarded.some((name) => name.endsWith("/recoveryPoints/restore/action")));
});

test("a refusal reaches the caller as the client's own error", async () => {
  const { container, item } = await azure.findItem(client, "web01");
  const order = { ...azure.disksOrder("web01", "7001"), region: "northeurope" };
  await assert.rejects(
    client.restores.beginTriggerAndWait(vault, group, "Azure", container, item, "7001", { properties: order }),
    (error) => error.name === "RestError" && error.statusCode === 400 && error.code === "BMSUserErrorInvalidInput");
});

test("a virtual machine's disks are restored across regions", async () => {
  const crossRegion = new CrossRegion(client);
  const azureRegion = azure.secondaryRegion;
  const inVault = { vaultName: vault, resourceGroupName: group };
  const items = await crossRegion.list("items", { ...inVault, options: { filter: "itemType eq 'VM'" } });
  assert.equal(items.length, 4);
  const { container, item } = await azure.findItem(client, "web01");
  const ofItem = { ...inVault, fabricName: "Azure", containerName: container, protectedItemName: item };
  const points = await crossRegion.list("points", ofItem);
  const recoveryPointId = points[0].name;
  assert.equal(recoveryPointId, "810000000000000002");

  const aad = await crossRegion.call("aadProperties", { azureRegion });
  const token = await crossRegion.call("accessToken", { ...ofItem, recoveryPointId, parameters: aad });
  let first;
  const poller = await crossRegion.beginRestore(azureRegion, {
    crossRegionRestoreAccessDetails: token.properties,
    restoreRequest: azure.disksOrder("web01", recoveryPointId, azureRegion),
  }, { onResponse: (response) => (first ??= response) });
  await poller.pollUntilDone();
  assert.equal(poller.getOperationState().status, "succeeded");

  const operationId = nameIn(first.headers.get("azure-asyncoperation"));
  assert.match(operationId, /==$/);
  const status = await crossRegion.call("status", { azureRegion, operationId });
  const parameters = { resourceId: azure.vaultId, jobName: status.properties.jobId };
  const done = await until(() => crossRegion.call("job", { azureRegion, parameters }), ended);
  assert.equal(done.properties.status, "Completed");
  assert.equal(done.properties.operation, "CrossRegionRestore");
  assert.equal(done.properties.activityId, first.request.headers.get("x-ms-client-request-id"));
});

test("cross-region jobs are listed page by page, and apart from the vault's own", async () => {
  const crossRegion = new CrossRegion(client);
  const azureRegion = azure.secondaryRegion;
  const { container, item } = await azure.findItem(client, "web01");
  const ofItem = { vaultName: vault, resourceGroupName: group, fabricName: "Azure", containerName: container,
                   protectedItemName: item, recoveryPointId: "810000000000000001" };
  const aad = await crossRegion.call("aadProperties", { azureRegion });
  for (let i = 0; i < 3; ++i) {
    const token = await crossRegion.call("accessToken", { ...ofItem, parameters: aad });
    const poller = await crossRegion.beginRestore(azureRegion, {
      crossRegionRestoreAccessDetails: token.properties,
      restoreRequest: azure.disksOrder("web01", ofItem.recoveryPointId, azureRegion),
    });
    await poller.pollUntilDone();
  }
  const jobs = await crossRegion.list("jobs", {
    azureRegion, parameters: { resourceId: azure.vaultId }, options: { filter: "operation eq 'CrossRegionRestore'" } });
  assert.ok(jobs.length >= 3);
  assert.equal(new Set(jobs.map((job) => job.name)).size, jobs.length);
  const own = await azure.all(client.backupJobs.list(vault, group));
  assert.ok(own.every((job) => job.properties.operation !== "CrossRegionRestore"));
});

test("a cross-region refusal reaches the caller in its own envelope", async () => {
  const crossRegion = new CrossRegion(client);
  await assert.rejects(crossRegion.call("aadProperties", { azureRegion: azure.region }),
                       (error) => error.statusCode === 400 && error.details.ErrorCode === "BMSUserErrorRegionNotSupported");
});

test("nothing that the client sent was unknown to the simulator", async () => {
  const report = await simulator.report();
  assert.deepEqual(report.unknownRoutes, []);
  for (const route of ["operationsStatus", "validateOperationsStatuses", "crrOperationsStatus"])
    assert.ok(report.requestsByRoute[route] > 0, `the poller never read ${route}`);
  const refused = report.badRequests.map((request) => request.code);
  assert.deepEqual(refused.sort(), ["BMSUserErrorInvalidInput", "BMSUserErrorRegionNotSupported"]);
});
