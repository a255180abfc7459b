#!/usr/bin/env bash
# tests/soak.sh [MINUTES]: the release build at work for so long (30) in bad weather. Fails when its resident memory has
# grown by more than 5 % since the first minute, when a descriptor was leaked, or when a job was not done exactly once.
# At least 3 minutes, or there is nothing to compare. Prints one line of figures. Builds what it needs in build/release;
# leaves nothing else behind.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tests/support/install_packages.sh

readonly minutes=${1:-30}
install_packages
cmake --preset release >/dev/null
cmake --build --preset release --parallel "$(nproc)" --target azrestored azrestorectl azrestore-sim soak
# With the lowest priority: it is to be left running beside other work.
AZRESTORED_SOAK_SECONDS=$((minutes * 60)) exec nice -n 19 timeout $((minutes * 120 + 300)) build/release/tests/torture/soak
