#!/usr/bin/env bash
# tests/nightly.sh [STEP...]: the full form of the checks that .ci/run omits or shortens. Runs all steps in this order,
# or only those named:
#   headers     every header compiles on its own
#   proof       tests/proof.sh: 100,000 seeds, every crash, every safeguard removed
#   seeds       tests/sim/nightly.sh: ten million seeds
#   fuzz        tests/fuzz.sh: ten minutes for each target, without a seed
#   torture     tests/torture.sh: 500 kills
#   soak        tests/soak.sh: half an hour of faults
#   sanitizers  tests/sanitizers.sh: leaks, threads, valgrind
#   hostile     tests/hostile.sh: 100,000 files at once
#   coverage    tests/coverage.sh
# A step that fails does not stop the others. Prints the result and the time of each at the end; exit status 0 only if
# all of them passed. Takes about five hours on two cores.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2
unset AZRESTORED_SIM_SEEDS

readonly steps=(headers proof seeds fuzz torture soak sanitizers hostile coverage)

headers() {
  cmake --preset dev >/dev/null && tests/support/check_headers.sh . build/dev --all
}

run() {
  case $1 in
    headers) headers ;;
    seeds) tests/sim/nightly.sh ;;
    fuzz) tests/fuzz.sh 600 ;;
    *) "tests/$1.sh" ;;
  esac
}

[ $# -gt 0 ] || set -- "${steps[@]}"
for step in "$@"; do
  [[ " ${steps[*]} " == *" $step "* ]] || { echo "$step is not a step; the steps are: ${steps[*]}." >&2; exit 2; }
done

results=()
failed=0
for step in "$@"; do
  printf '\n== %s, %s ==\n' "$step" "$(date '+%F %T')"
  begin=$SECONDS result=passed
  run "$step" || { result=FAILED; failed=1; }
  results+=("$(printf '%-11s %s %6d s' "$step" "$result" $((SECONDS - begin)))")
done
printf '\n'
printf '%s\n' "${results[@]}"
exit $failed
