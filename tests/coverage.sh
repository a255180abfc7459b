#!/usr/bin/env bash
# tests/coverage.sh: builds core/, persistence/ and config/ with line counters (preset "coverage"), runs
# the unit, contract, simulation and control tests, and prints the line coverage of each folder and every line that did
# not run, with its reason from tests/coverage_exceptions.txt. Ends with 1 if a folder has less than 95 % or a test
# fails. Leaves build/coverage, and in it coverage.json and a log of each suite. g++ 12 counts only the first line of a
# coroutine, not its body. So the figures exclude the coroutines (runner, supervisor, performer); the simulation's
# invariants cover these. Not included: the tests of the spool and of the adapters, which test daemon/ and would double
# the build; and those that run the real programs, because a killed program loses its counts.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tests/support/install_packages.sh

needed_packages+=(gcovr)
install_packages

build=build/coverage
suites=(unit_tests contract_tests sim_tests)

cmake --preset coverage >/dev/null
cmake --build "$build" --target "${suites[@]}" --parallel "$(nproc)" | tail -n 1
find "$build" -name '*.gcda' -delete

failed=()
for suite in "${suites[@]}"; do
  program=$(find "$build/tests" -type f -name "$suite" -perm -u+x)
  timeout 900 "$program" --gtest_brief=1 >"$build/$suite.log" 2>&1 || failed+=("$suite")
  echo "$suite: $(grep -E '^\[  (PASSED|FAILED)' "$build/$suite.log" | head -n 1)"
done

gcovr --root . --object-directory "$build" --filter core/ --filter persistence/ --filter config/ \
  --json "$build/coverage.json" "$build/core" "$build/persistence" "$build/config"
status=0
tests/support/coverage_table.py "$build/coverage.json" tests/coverage_exceptions.txt 95 || status=1
if [ ${#failed[@]} -gt 0 ]; then
  echo "Failed, see $build/SUITE.log: ${failed[*]}" >&2
  status=1
fi
exit $status
