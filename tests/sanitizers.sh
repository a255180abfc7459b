#!/usr/bin/env bash
# tests/sanitizers.sh [leaks|threads|valgrind]...: checks that the sanitizers of the normal test run cannot make; all
# three by default.
#   leaks     proves that LeakSanitizer works here (a program with a planted leak must fail), then lets the sanitized
#             daemon restore three VMs and end by SIGTERM: a leak would be its exit code
#   threads   ThreadSanitizer: every suite with threads, and the same run of the daemon
#   valgrind  memcheck of the release build, with --track-fds: the unit tests, and the same run of the daemon
# Slow: each builds its own preset (dev, tsan, release). Leaves these builds, and the suites' output in build/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tests/support/install_packages.sh
. tests/support/small_stage.sh

readonly programs=(azrestored azrestorectl azrestore-sim)
figures=()

build() {
  cmake --preset "$1" >/dev/null
  cmake --build --preset "$1" --parallel "$(nproc)" --target "${@:2}" >"$work/build.log" ||
    { tail -40 "$work/build.log" >&2; exit 1; }
}

restored() { [ "$(ctl status --json | grep -c '"succeeded":3')" -eq 1 ]; }

# whole_run BIN COMMAND...: three restores, then SIGTERM. The command runs BIN's daemon.
whole_run() {
  rm -rf "${work:?}"/*
  start_azure "$1"
  start_daemon "${@:2}"
  cp "$work"/{web01-disks,db01-replace,app01-copy}.json "$work/spool/incoming/"
  wait_for 300 "the restores" restored
  stop_daemon
}

leaks() {
  printf 'int main() { volatile char* lost = new char[100]; lost = nullptr; return lost != nullptr; }\n' >"$work/leak.cpp"
  g++ -g -fsanitize=address "$work/leak.cpp" -o "$work/leak"
  if "$work/leak" 2>"$work/leak.said"; then echo "LeakSanitizer does not detect a planted leak on this machine." >&2; exit 1; fi
  grep -q "detected memory leaks" "$work/leak.said"
  build dev "${programs[@]}"
  whole_run "$PWD/build/dev/bin" "$PWD/build/dev/bin/azrestored"
  figures+=("leaks: a planted one detected, none in a run of the daemon")
}

threads() {
  local suite count=0
  local suites=(contract/contract_tests unit/unit_tests)
  build tsan "${programs[@]}" "${suites[@]##*/}"
  export TSAN_OPTIONS="suppressions=$PWD/tests/support/tsan.supp exitcode=66"
  for suite in "${suites[@]}"; do
    (cd build/tsan && "tests/$suite" >"${suite##*/}.out" 2>&1) ||
      { echo "$suite: see build/tsan/${suite##*/}.out" >&2; exit 1; }
    count=$((count + $(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "build/tsan/${suite##*/}.out")))
  done
  whole_run "$PWD/build/tsan/bin" "$PWD/build/tsan/bin/azrestored"
  unset TSAN_OPTIONS
  figures+=("threads: $count tests of ${#suites[@]} suites and a run of the daemon without a race")
}

memcheck=(valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite,indirect,possible
          --errors-for-leak-kinds=definite,indirect,possible --track-fds=yes)

valgrind_() {
  build release "${programs[@]}" unit_tests
  "${memcheck[@]}" --log-file=build/release/unit_tests.valgrind build/release/tests/unit/unit_tests \
    >build/release/unit_tests.out || { tail -40 build/release/unit_tests.valgrind >&2; exit 1; }
  local count
  count=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' build/release/unit_tests.out)
  whole_run "$PWD/build/release/bin" "${memcheck[@]}" --log-file=build/release/azrestored.valgrind \
    "$PWD/build/release/bin/azrestored"
  local open
  open=$(awk '/Open (file descriptor|AF_)/ { getline; own += !/inherited from parent/ } END { print own + 0 }' \
    build/release/azrestored.valgrind)
  [ "$open" -eq 0 ] || { echo "$open descriptors are open at the end; see build/release/azrestored.valgrind" >&2; exit 1; }
  figures+=("valgrind: $count unit tests and a run of the daemon without an error, a leak or an open descriptor")
}

install_packages
[ $# -gt 0 ] || set -- leaks threads valgrind
for part in "$@"; do
  case $part in
    leaks | threads) "$part" ;;
    valgrind) valgrind_ ;;
    *) echo "usage: tests/sanitizers.sh [leaks|threads|valgrind]..." >&2; exit 2 ;;
  esac
done
printf '%s\n' "${figures[@]}" "That took $SECONDS seconds."
