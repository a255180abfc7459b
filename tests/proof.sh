#!/usr/bin/env bash
# tests/proof.sh [CTEST-ARGUMENT...]: proves the promises of the README. Optimized, without sanitizers: 100,000 seeds of
# the simulation on one core (AZRESTORED_SIM_SEEDS sets another number), a crash at each port call of every scenario,
# and each safeguard removed separately until an invariant breaks. Leaves build/release. Exit status 0 only if every
# promise holds.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tests/support/install_packages.sh

install_packages
cmake --preset release
cmake --build --preset release --parallel "$(nproc)" --target proof
exec ctest --test-dir build/release --label-regex proof --output-on-failure --no-tests=error --verbose \
  --parallel "$(nproc)" --output-junit "$PWD/build/release/junit.xml" "$@"
