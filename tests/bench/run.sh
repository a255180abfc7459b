#!/usr/bin/env bash
# tests/bench/run.sh [--brief] [NAME...]: runs the benchmarks. Builds the release preset and the drivers, runs the
# drivers one after the other (all in the file `drivers`, or those named), prints one table and writes
# build/bench/results.json. With --brief each driver measures only enough to show that it works.
#
# A driver prints its figures on standard output, one JSON object per line (grammar: figure.hpp). Its environment:
#   AZRESTORED_BIN   folder of azrestored, azrestorectl and azrestore-sim
#   BENCH_BIN        folder of the drivers' own programs
#   BENCH_BRIEF      set with --brief
# Standard error is shown directly. Exit status 1 if a driver fails. A missed target is shown, but is not a failure: on
# a shared machine a single time proves nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. tests/support/install_packages.sh

here=tests/bench
out=build/bench
export AZRESTORED_BIN=$PWD/build/release/bin BENCH_BIN=$PWD/build/release/bench
if [ "${1-}" = --brief ]; then
  export BENCH_BRIEF=1
  shift
fi

declare -A program
names=()
while read -r name file _; do
  case $name in '' | '#'*) continue ;; esac
  program[$name]=$file
  names+=("$name")
done <"$here/drivers"
chosen=("${@:-${names[@]}}")
[ $# -gt 0 ] || chosen=("${names[@]}")
for name in "${chosen[@]}"; do
  [ -n "${program[$name]-}" ] || { echo "run.sh: no driver '$name'; the drivers are: ${names[*]}" >&2; exit 2; }
done

install_packages
[ -e build/release/CMakeCache.txt ] || cmake --preset release
cmake --build --preset release --parallel "$(nproc)" --target azrestored azrestorectl azrestore-sim bench

mkdir -p "$out"
: >"$out/lines"
failed=0
noise() { printf '{"driver":"%s","machineNoise":%s}\n' "$1" "$("$BENCH_BIN/noise_bench")" >>"$out/lines"; }
for name in "${chosen[@]}"; do
  file=$here/${program[$name]}
  [ -e "$file" ] || file=$BENCH_BIN/${program[$name]}
  echo "── $name" >&2
  noise "$name"
  "$file" >>"$out/lines" || { echo "run.sh: the driver '$name' failed" >&2; failed=1; }
  noise "$name"
done
python3 "$here/table.py" "$out/lines" "$out/results.json" || failed=1
exit $failed
