#!/usr/bin/env bash
# install.sh: installs Microsoft's JavaScript client exactly as package-lock.json pins it, unless it is already
# installed and the lock file has not changed. Needs Node 18 or newer with npm, and the npm registry.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

installed=node_modules/.package-lock.json  # npm writes it last
if [ -e "$installed" ] && [ ! package-lock.json -nt "$installed" ] && [ ! package.json -nt "$installed" ]; then
  exit
fi
command -v npm >/dev/null || { echo "The conformance tests need Node 18 and npm; on Debian: apt-get install nodejs npm." >&2; exit 1; }
npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
