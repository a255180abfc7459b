#!/usr/bin/env bash
# tests/soak.sh [MINUTES]: runs the release build for MINUTES (30) with many faults. Fails if its resident memory grows
# by more than 5 % after the first minute, if a descriptor is leaked, or if a job is not done exactly once. Needs at
# least 3 minutes for the comparison. Prints one line of figures. Builds in build/release; leaves no other files.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tests/support/install_packages.sh

readonly minutes=${1:-30}
install_packages
cmake --preset release >/dev/null
cmake --build --preset release --parallel "$(nproc)" --target azrestored azrestorectl azrestore-sim soak
# With the lowest priority, so that it can run during other work.
AZRESTORED_SOAK_SECONDS=$((minutes * 60)) exec nice -n 19 timeout $((minutes * 120 + 300)) build/release/tests/torture/soak
