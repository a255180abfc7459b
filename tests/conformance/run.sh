#!/usr/bin/env bash
# run.sh AZRESTORE_SIM: runs the conformance tests against that simulator, with certificates made for the run. Node
# reads the authority only at its start, so this script sets it. Needs node_modules (install.sh).
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: run.sh AZRESTORE_SIM" >&2; exit 2; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
command -v node >/dev/null || { echo "node is not installed; run: apt-get install nodejs npm, then tests/conformance/install.sh" >&2; exit 1; }
[ -d "$here/node_modules" ] || { echo "node_modules is missing; run: tests/conformance/install.sh" >&2; exit 1; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$here/../support/make_ca.sh" "$folder"
# The application that signs in by certificate: the public half for the simulator, both halves for the client.
openssl req -x509 -newkey rsa:2048 -nodes -subj "/CN=azrestored conformance" -days 1 \
  -keyout "$folder/application.key" -out "$folder/application.pem" 2>/dev/null
cat "$folder/application.key" "$folder/application.pem" >"$folder/application-with-key.pem"

export AZRESTORE_SIM=$1 CONFORMANCE_FOLDER=$folder NODE_EXTRA_CA_CERTS=$folder/ca.pem
unset HTTP_PROXY HTTPS_PROXY http_proxy https_proxy  # loopback only
node "$here/conformance_test.mjs"
