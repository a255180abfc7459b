#!/usr/bin/env bash
# compare.sh: compares 100 restores with the usual alternatives. Installs the packages that only this benchmark needs:
# Debian's azure-cli, and Microsoft's JavaScript client from npm (tests/conformance). Then runs compare.py, which prints
# the figures.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. tests/support/install_packages.sh
needed_packages=(azure-cli)
install_packages >&2
tests/conformance/install.sh >&2
exec python3 tests/bench/compare.py "$@"
