#!/usr/bin/env bash
# tests/run.sh [CTEST-ARGUMENT...]: builds everything with sanitizers and with warnings as errors, and runs every test;
# then tests/proof.sh, which needs optimized programs. With arguments: only the tests of the first part that they
# select. Installs missing packages on Debian 12, and Microsoft's JavaScript client from npm into tests/conformance. To
# repeat one test: tests/run.sh -R NAME --repeat until-fail:20
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tests/support/install_packages.sh

install_packages
tests/conformance/install.sh
cmake --preset dev
cmake --build --preset dev --parallel "$(nproc)"
# Each test has its own folders, ports and processes, so tests can run in parallel. Most of them wait for timers, and
# not for a processor.
ctest --test-dir build/dev --output-on-failure --no-tests=error --parallel $((2 * $(nproc))) \
  --output-junit "$PWD/build/dev/junit.xml" "$@"
[ $# -gt 0 ] || tests/proof.sh
