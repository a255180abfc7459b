#!/bin/bash
# Expected: JavaScript objects go to the service as they are. A member that the client's version does not know (a
#   newer setting of the service, a name in the wrong case) is sent, and the service accepts or refuses it.
# Seen: Microsoft's JavaScript client sends only the members that its own version knows, and drops the others without
#   an error or a warning. The restore starts without the setting. In responses it keeps unknown members, so an object
#   that is read, changed and sent back loses them on the way.
# Versions: @azure/arm-recoveryservicesbackup 12.0.0, @azure/core-client 1.9.4, Node 18 or later.
# Output ("storageAccountID" and "newerSetting" were given as well):
#   sent: objectType recoveryPointId recoveryType region
#   received: newerSetting objectType recoveryPointType
# azrestored: refuses a member that it does not know, with a suggestion; extraProperties passes newer settings
#   through.
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

cat > members.mjs <<'JS'
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { RecoveryServicesBackupClient } from "@azure/arm-recoveryservicesbackup";

let url;
const names = (object) => Object.keys(object).sort().join(" ");
const point = { objectType: "IaasVMRecoveryPoint", recoveryPointType: "AppConsistent", newerSetting: true };
const tls = { key: readFileSync("key.pem"), cert: readFileSync("certificate.pem") };
const server = createServer(tls, (request, response) => {
  let body = "";
  request.on("data", (part) => (body += part)).on("end", () => {
    if (request.method === "POST") {
      console.log(`sent: ${names(JSON.parse(body).properties)}`);
      response.writeHead(202, { "azure-asyncoperation": `${url}/operation`, location: `${url}/result` }).end();
    } else {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ id: "/o", name: "o", status: "Succeeded", properties: point }));
    }
  });
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
url = `https://127.0.0.1:${server.address().port}`;
const credential = { getToken: async () => ({ token: "token", expiresOnTimestamp: Date.now() + 3_600_000 }) };
const client = new RecoveryServicesBackupClient(credential, "11111111-2222-4333-8444-555555555555",
                                                { endpoint: url, $host: url });
const properties = { objectType: "IaasVMRestoreRequest", recoveryPointId: "7001", recoveryType: "RestoreDisks",
                     region: "westus", storageAccountID: "/subscriptions/11111111-2222-4333-8444-555555555555/...",
                     newerSetting: true };
await client.restores.beginTriggerAndWait("vault", "group", "Azure", "container", "item", "7001", { properties });
const received = await client.recoveryPoints.get("vault", "group", "Azure", "container", "item", "7001");
console.log(`received: ${names(received.properties)}`);
server.close();
JS
seen=$(timeout 120 node members.mjs)
expected='sent: objectType recoveryPointId recoveryType region
received: newerSetting objectType recoveryPointType'
echo "$seen"
[ "$seen" = "$expected" ] || { printf 'changed; expected:\n%s\n' "$expected" >&2; exit 1; }
