// Restores across regions through the core of Microsoft's client: no published JavaScript package has these operations,
// so their descriptions are written here, in the form and with the names of the service's specification. Requests,
// sign-in, pages and polling are the client's own. Rules: the service's cross-region specification, api-version
// 2021-11-15.
import { createSerializer } from "@azure/core-client";
import { createHttpPoller } from "@azure/core-lro";

const apiVersion = "2021-11-15";
const string = { name: "String" };
const anything = { type: { name: "any" }, serializedName: "body" };
const serializer = createSerializer({}, false);

const path = (parameterPath) => ({ parameterPath, mapper: { serializedName: parameterPath, required: true, type: string } });
const host = { parameterPath: "$host", mapper: { serializedName: "$host", required: true, type: string }, skipEncoding: true };
const subscriptionId = path("subscriptionId");
const filter = { parameterPath: ["options", "filter"], mapper: { serializedName: "$filter", type: string } };
const version = {
  parameterPath: "crrApiVersion",
  mapper: { defaultValue: apiVersion, isConstant: true, serializedName: "api-version", type: string },
};
const contentType = {
  parameterPath: ["options", "contentType"],
  mapper: { defaultValue: "application/json", isConstant: true, serializedName: "Content-Type", type: string },
};
const accept = {
  parameterPath: "accept",
  mapper: { defaultValue: "application/json", isConstant: true, serializedName: "Accept", type: string },
};

const vaultPath =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.RecoveryServices/vaults/{vaultName}";
const itemPath =
  vaultPath + "/backupFabrics/{fabricName}/protectionContainers/{containerName}/protectedItems/{protectedItemName}";
const locationPath = "/subscriptions/{subscriptionId}/providers/Microsoft.RecoveryServices/locations/{azureRegion}";
const itemParameters = ["vaultName", "resourceGroupName", "fabricName", "containerName", "protectedItemName"].map(path);

const operation = (httpMethod, route, parameters, more = {}) => ({
  path: route,
  httpMethod,
  responses: { 200: { bodyMapper: anything }, default: { bodyMapper: anything } },
  queryParameters: [version],
  urlParameters: [host, subscriptionId, ...parameters],
  headerParameters: httpMethod === "POST" ? [contentType, accept] : [accept],
  requestBody: httpMethod === "POST" ? { parameterPath: "parameters", mapper: { ...anything, required: true } } : undefined,
  mediaType: httpMethod === "POST" ? "json" : undefined,
  serializer,
  ...more,
});

const specs = {
  items: operation("GET", vaultPath + "/backupProtectedItems/", ["vaultName", "resourceGroupName"].map(path),
                   { queryParameters: [version, filter] }),
  points: operation("GET", itemPath + "/recoveryPoints/", itemParameters),
  aadProperties: operation("GET", locationPath + "/backupAadProperties", [path("azureRegion")]),
  accessToken: operation("POST", itemPath + "/recoveryPoints/{recoveryPointId}/accessToken",
                         [...itemParameters, path("recoveryPointId")]),
  restore: operation("POST", locationPath + "/backupCrossRegionRestore", [path("azureRegion")],
                     { responses: { 200: {}, 201: {}, 202: {}, 204: {}, default: { bodyMapper: anything } } }),
  status: operation("GET", locationPath + "/backupCrrOperationsStatus/{operationId}", ["azureRegion", "operationId"].map(path)),
  job: operation("POST", locationPath + "/backupCrrJob", [path("azureRegion")]),
  jobs: operation("POST", locationPath + "/backupCrrJobs", [path("azureRegion")], { queryParameters: [version, filter] }),
};

export class CrossRegion {
  /// `client`: the published client, whose core this uses.
  constructor(client) {
    this.client = client;
  }

  call(name, args) {
    return this.client.sendOperationRequest({ options: {}, ...args }, specs[name]);
  }

  /// All rows of a list; the next page of a POSTed list is requested by the same POST.
  async list(name, args) {
    const rows = [];
    let page = await this.call(name, args);
    for (;;) {
      rows.push(...page.value);
      if (!page.nextLink) return rows;
      page = await this.client.sendOperationRequest(
        { options: {}, ...args }, { ...specs[name], path: page.nextLink, urlParameters: [], queryParameters: [] });
    }
  }

  /// The same poller as in the generated code of every long-running operation.
  async beginRestore(azureRegion, parameters, { onResponse } = {}) {
    const send = async (spec) => {
      let raw;
      const options = {
        onResponse: (response) => {
          raw = response;
          onResponse?.(response);
        },
      };
      const flatResponse = await this.client.sendOperationRequest({ azureRegion, parameters, options }, spec);
      return {
        flatResponse,
        rawResponse: { statusCode: raw.status, body: raw.parsedBody, headers: raw.headers.toJSON() },
      };
    };
    const { requestBody, mediaType, ...polling } = specs.restore;
    const poller = await createHttpPoller({
      requestMethod: "POST",
      requestPath: specs.restore.path,
      sendInitialRequest: () => send(specs.restore),
      sendPollRequest: (address) => send({ ...polling, httpMethod: "GET", path: address }),
    }, { intervalInMs: 50 });
    await poller.poll();
    return poller;
  }
}
