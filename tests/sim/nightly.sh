#!/usr/bin/env bash
# tests/sim/nightly.sh [COUNT [FIRST]]: COUNT seeds of the simulation (default 10,000,000) from seed FIRST (default 1),
# on all cores. It prints the totals of each block of 100,000 seeds and stops at the first seed that breaks an
# invariant. It writes only to build/release.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. tests/support/install_packages.sh

readonly count=${1:-10000000} first=${2:-1} block=100000

install_packages
cmake --preset release >/dev/null
cmake --build --preset release --parallel "$(nproc)" --target sim_seeds

# 255 makes xargs stop; blocks that are running end by themselves.
seq "$first" "$block" $((first + count - 1)) |
  xargs --max-procs="$(nproc)" --replace=SEED sh -c \
    'n=$(( '"$first + $count"' - SEED )); [ "$n" -lt '$block' ] || n='$block'
     build/release/tests/sim/sim_seeds SEED "$n" || exit 255'
echo "$count seeds from $first: no invariant broke."
