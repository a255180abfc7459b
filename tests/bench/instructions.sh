#!/usr/bin/env bash
# instructions.sh: the functions of functions_bench in instructions instead of time, counted by callgrind: the
# difference between many iterations and a few. The result has no noise, so two commits can be compared on a busy
# machine.
set -euo pipefail

few=2 many=12
[ -z "${BENCH_BRIEF-}" ] || many=3

# counted NAME ITERATIONS: instructions of the whole program.
counted() {
  BENCH_ONLY=$1 BENCH_ITERATIONS=$2 valgrind --tool=callgrind --callgrind-out-file=/dev/null "$BENCH_BIN/functions_bench" \
    2>&1 | sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}
each() { echo $((($(counted "$1" $many) - $(counted "$1" $few)) / (many - few))); }

for name in "read a page of 200 jobs" "read a job's details" "read a job file" "evolve a tracked job" decide \
            "progress to JSON text" "progress from JSON text"; do
  ours=$(each "$name")
  beside=$(BENCH_BESIDE=1 each "$name")
  ratio=$(awk -v a="$ours" -v b="$beside" 'BEGIN { printf "%.4f", a / b }')
  printf '{"name":"instructions: %s","value":%s,"unit":"instructions","beside":%s,"ratio":%s,"bar":null,"ok":null,"noise":0}\n' \
    "$name" "$ours" "$beside" "$ratio"
done
