#!/usr/bin/env bash
# tests/fuzz.sh [SECONDS [TARGET...]]: builds the fuzz targets with clang and libFuzzer (preset "fuzz") and runs each
# for SECONDS (30), one per processor at a time. Starts from tests/fuzz/corpus/TARGET and tests/fuzz/regressions/TARGET,
# and from the inputs of earlier runs in FUZZ_FOLDER (default: azrestored-fuzz in the temporary folder), which also gets
# new inputs, logs and findings. FUZZ_SEED makes a run repeatable. Prints a line for each target; ends with 1 if there
# is a finding. After a fix, keep the input of the finding in tests/fuzz/regressions/TARGET, where ctest replays it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds=${1:-30}
shift || true
folder=${FUZZ_FOLDER:-${TMPDIR:-/tmp}/azrestored-fuzz}
program=build/fuzz/tests/fuzz/fuzz

if ! command -v clang++-16 >/dev/null; then
  . tests/support/install_packages.sh
  needed_packages+=(clang-16 libclang-rt-16-dev)
  install_packages
fi
[ -f build/fuzz/build.ninja ] || cmake --preset fuzz >/dev/null
cmake --build build/fuzz --target fuzz --parallel "$(nproc)" | tail -n 1

mapfile -t known < <("$program" --target=?)
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=("${known[@]}")

# fuzz_one TARGET: runs one target; its output goes to its log.
fuzz_one() {
  local target=$1 options=("-seed=${FUZZ_SEED:-0}") sources=()
  mkdir -p "$folder/$target/inputs" "$folder/$target/findings"
  sources=("$folder/$target/inputs")
  for source in "tests/fuzz/corpus/$target" "tests/fuzz/regressions/$target"; do
    [ ! -d "$source" ] || sources+=("$source")
  done
  [ "$target" != job_file ] || sources+=(config/examples tests/mistakes/jobs)
  [ "$target" != settings ] || cp config/azrestored.json tests/mistakes/settings/*.json "$folder/settings/inputs/"
  [ ! -f "tests/fuzz/dictionaries/$target.dict" ] || options+=("-dict=tests/fuzz/dictionaries/$target.dict")
  # A finding ends the run of its target: the next findings would mostly be the same.
  "$program" "--target=$target" "${options[@]}" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
    -max_len="${FUZZ_MAX_LEN:-8192}" -print_final_stats=1 -artifact_prefix="$folder/$target/findings/" "${sources[@]}" \
    >"$folder/$target/log" 2>&1 || true
}

mkdir -p "$folder"
for target in "${targets[@]}"; do
  while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do wait -n; done
  rm -rf "${folder:?}/$target/findings"
  fuzz_one "$target" &
done
wait

# show TARGET: prints its line of the table; returns 1 if it has a finding.
show() {
  local target=$1 log=$folder/$1/log executions edges rate took verdict=none
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  rate=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log")
  edges=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
  took=$(sed -n 's/^Done [0-9]* runs in \([0-9]*\) second.*/\1/p' "$log")
  # A run without a final line has ended with a finding or did not start.
  if [ -z "$took" ] || [ -n "$(find "$folder/$target/findings" -type f)" ]; then
    verdict=$(grep -m 1 -E 'broken: |ERROR: |runtime error: |what\(\):  ' "$log" || tail -n 1 "$log")
  fi
  printf '%-17s %12s %8s %8s %7s  %s\n' "$target" "${executions:--}" "${rate:--}" "${took:--}" "${edges:--}" "$verdict"
  [ "$verdict" = none ]
}

printf '%-17s %12s %8s %8s %7s  %s\n' target executions exec/s seconds edges finding
found=0
for target in "${targets[@]}"; do
  show "$target" || found=$((found + 1))
done
echo "${#targets[@]} targets, $found with a finding; inputs, logs and findings are in $folder"
[ "$found" -eq 0 ]
