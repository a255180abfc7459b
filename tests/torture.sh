#!/usr/bin/env bash
# tests/torture.sh [SEED]: the long form of the torture tests, about ten minutes. 500 random kill -9 of the release
# build while 200 jobs run against the simulated Azure with many faults, then one at every crash point of the dev build
# (the release build has none). SEED repeats the random numbers of an earlier run, which prints it. Builds in
# build/release and build/dev. Leaves no other files.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tests/support/install_packages.sh

install_packages
for preset in release dev; do
  cmake --preset "$preset" >/dev/null
  cmake --build --preset "$preset" --parallel "$(nproc)" --target azrestored azrestorectl azrestore-sim torture_tests
done

if [ $# -gt 0 ]; then export AZRESTORED_TORTURE_SEED=$1; fi
AZRESTORED_TORTURE_JOBS=200 AZRESTORED_TORTURE_KILLS=500 timeout 1200 \
  build/release/tests/torture/torture_tests --gtest_filter='Torture.*'
timeout 1200 build/dev/tests/torture/torture_tests --gtest_filter='MarkedPoints.*'
echo "torture.sh: done, in $SECONDS s"
