#!/usr/bin/env bash
# tests/run.sh [CTEST-ARGUMENT...]: builds everything with sanitizers and with warnings as errors, and runs every test;
# then tests/proof.sh, which needs optimized programs. With arguments: only the tests of the first part that they choose.
# Installs what a Debian 12 machine lacks, and Microsoft's JavaScript client from npm into tests/conformance. For one test again and again: tests/run.sh -R NAME --repeat until-fail:20
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tests/support/install_packages.sh

install_packages
tests/conformance/install.sh
cmake --preset dev
cmake --build --preset dev --parallel "$(nproc)"
# Each test has folders, ports and processes of its own, so they may run side by side.
# Most of them wait for what takes its time, and not for a processor.
ctest --test-dir build/dev --output-on-failure --no-tests=error --parallel $((2 * $(nproc))) \
  --output-junit "$PWD/build/dev/junit.xml" "$@"
[ $# -gt 0 ] || tests/proof.sh
