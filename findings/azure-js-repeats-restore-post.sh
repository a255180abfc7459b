#!/bin/bash
# Expected: a client repeats only requests that are safe to repeat. The POST that starts a restore is not: the service
#   has no idempotency key, and each POST that arrives may start a restore of its own.
# Seen: Microsoft's JavaScript client for Azure Backup sends the restore POST again, by itself and by default. It does
#   so after a 504 (the gateway gave up, the service may have begun) and after a connection that closes without a
#   response: up to three times. The caller sees one call and one result. All copies carry one x-ms-client-request-id.
#   retryOptions.maxRetries = 0 prevents it, and switches off the retries of reads as well.
# Versions: @azure/arm-recoveryservicesbackup 12.0.0, @azure/core-rest-pipeline 1.20.0, Node 18 or later.
# Output:
#   504 to all: 4 POSTs, 1 request id; RestError 504
#   connection closed once: 2 POSTs, 1 request id; done
#   504 to all, maxRetries 0: 1 POST, 1 request id; RestError 504
# azrestored: does not repeat that POST after an unclear result. It first looks for a backup job with its request id.
# Needs: node, npm and openssl of the machine. The service is a server on the loopback address.
# Exit status: 0 as described, 1 changed, 2 could not be tried.
set -Eeuo pipefail
trap 'echo "could not be tried (line $LINENO)" >&2; exit 2' ERR
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > package.json <<'JSON'
{
  "private": true,
  "type": "module",
  "dependencies": { "@azure/arm-recoveryservicesbackup": "12.0.0" },
  "overrides": {
    "@azure/core-auth": "1.9.0",
    "@azure/core-client": "1.9.4",
    "@azure/core-lro": "2.7.2",
    "@azure/core-paging": "1.6.2",
    "@azure/core-rest-pipeline": "1.20.0",
    "@azure/core-tracing": "1.2.0",
    "@azure/core-util": "1.12.0",
    "@azure/logger": "1.2.0",
    "@typespec/ts-http-runtime": "0.2.3"
  }
}
JSON
npm install --prefix "$work" --cache "$work/cache" --ignore-scripts --no-audit --no-fund >npm.log 2>&1 ||
  { echo "the pinned npm packages cannot be had" >&2; exit 2; }
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1 \
  -addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out certificate.pem 2>/dev/null
export NODE_EXTRA_CA_CERTS=$work/certificate.pem

cat > restore.mjs <<'JS'
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { RecoveryServicesBackupClient } from "@azure/arm-recoveryservicesbackup";

let posts, url, answerPost;
const tls = { key: readFileSync("key.pem"), cert: readFileSync("certificate.pem") };
const server = createServer(tls, (request, response) => {
  request.resume().on("end", () => {
    if (request.method === "POST") {
      posts.push(request.headers["x-ms-client-request-id"]);
      answerPost(response);
    } else {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ id: "/o", name: "o", status: "Succeeded" }));
    }
  });
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
url = `https://127.0.0.1:${server.address().port}`;
const credential = { getToken: async () => ({ token: "token", expiresOnTimestamp: Date.now() + 3_600_000 }) };
const properties = { objectType: "IaasVMRestoreRequest", recoveryPointId: "7001", recoveryType: "RestoreDisks",
                     region: "westus" };

async function restore(what, answer, options = {}) {
  posts = [];
  answerPost = answer;
  const client = new RecoveryServicesBackupClient(credential, "11111111-2222-4333-8444-555555555555",
                                                  { endpoint: url, $host: url, ...options });
  const result = await client.restores
    .beginTriggerAndWait("vault", "group", "Azure", "container", "item", "7001", { properties },
                         { updateIntervalInMs: 10 })
    .then(() => "done", (error) => `${error.name} ${error.statusCode}`);
  const count = `${posts.length} POST${posts.length > 1 ? "s" : ""}`;
  console.log(`${what}: ${count}, ${new Set(posts).size} request id; ${result}`);
}
const gatewayTimeout = (response) => response.writeHead(504).end();
const accepted = (response) =>
  response.writeHead(202, { "azure-asyncoperation": `${url}/operation`, location: `${url}/result` }).end();
const closedOnce = (response) => (posts.length === 1 ? response.socket.destroy() : accepted(response));

await restore("504 to all", gatewayTimeout);
await restore("connection closed once", closedOnce);
await restore("504 to all, maxRetries 0", gatewayTimeout, { retryOptions: { maxRetries: 0 } });
server.close();
JS
seen=$(timeout 120 node restore.mjs)
expected='504 to all: 4 POSTs, 1 request id; RestError 504
connection closed once: 2 POSTs, 1 request id; done
504 to all, maxRetries 0: 1 POST, 1 request id; RestError 504'
echo "$seen"
[ "$seen" = "$expected" ] || { printf 'changed; expected:\n%s\n' "$expected" >&2; exit 1; }
