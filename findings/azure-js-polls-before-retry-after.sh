#!/bin/bash
# Expected: a poller of a long-running operation waits as long as Retry-After of the 202 says before it asks for the
#   status, as the rules of Azure Resource Manager want it.
# Seen: beginTriggerAndWait of Microsoft's JavaScript client asks at once, and a second time at once, whatever the 202
#   and the first status say. It respects Retry-After from the second status on. So each operation costs two extra
#   reads, and a service that counts early reads against a quota sees them from well-behaved programs.
# Versions: @azure/arm-recoveryservicesbackup 12.0.0, @azure/core-lro 2.7.2, Node 18 or later.
# Output (Retry-After is 2 s in each response):
#   status read 1: at once
#   status read 2: at once
#   status read 3: after Retry-After
# azrestored: waits for Retry-After of the 202 as well.
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

cat > poll.mjs <<'JS'
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { RecoveryServicesBackupClient } from "@azure/arm-recoveryservicesbackup";

const seconds = 2;
let url, reads = 0, answered;
const tls = { key: readFileSync("key.pem"), cert: readFileSync("certificate.pem") };
const server = createServer(tls, (request, response) => {
  request.resume().on("end", () => {
    const headers = { "retry-after": String(seconds), "content-type": "application/json" };
    if (request.method === "POST") {
      const operation = { "azure-asyncoperation": `${url}/operation`, location: `${url}/result` };
      response.writeHead(202, { ...headers, ...operation }).end();
    } else if (request.url.startsWith("/operation")) {
      const waited = Date.now() - answered >= seconds * 1000 - 100;
      console.log(`status read ${++reads}: ${waited ? "after Retry-After" : "at once"}`);
      const status = reads < 3 ? "InProgress" : "Succeeded";
      response.writeHead(200, headers).end(JSON.stringify({ id: "/o", name: "o", status }));
    } else {
      response.writeHead(204).end();
    }
    answered = Date.now();
  });
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
url = `https://127.0.0.1:${server.address().port}`;
const credential = { getToken: async () => ({ token: "token", expiresOnTimestamp: Date.now() + 3_600_000 }) };
const client = new RecoveryServicesBackupClient(credential, "11111111-2222-4333-8444-555555555555",
                                                { endpoint: url, $host: url });
const properties = { objectType: "IaasVMRestoreRequest", recoveryPointId: "7001", recoveryType: "RestoreDisks",
                     region: "westus" };
await client.restores.beginTriggerAndWait("vault", "group", "Azure", "container", "item", "7001", { properties });
server.close();
JS
seen=$(timeout 120 node poll.mjs)
expected='status read 1: at once
status read 2: at once
status read 3: after Retry-After'
echo "$seen"
[ "$seen" = "$expected" ] || { printf 'changed; expected:\n%s\n' "$expected" >&2; exit 1; }
