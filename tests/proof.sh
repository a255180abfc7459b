#!/usr/bin/env bash
# tests/proof.sh: what the README says of "never twice, never none", shown anew. Optimized, without sanitizers:
# 100,000 seeds of the simulation on one core, a crash at each port call of every scenario, and each safeguard removed by
# itself until an invariant breaks. Leaves nothing behind but build/release. Exit status 0 only when all of it held.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tests/support/install_packages.sh

install_packages
cmake --preset release
cmake --build --preset release --parallel "$(nproc)" --target proof
exec ctest --test-dir build/release --label-regex proof --output-on-failure --no-tests=error --verbose --parallel "$(nproc)" "$@"
