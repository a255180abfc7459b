#!/usr/bin/env bash
# tests/package.sh: builds the Debian package and checks it with lintian. Prints its path; exit status 0 only without
# errors and warnings. Installs missing packages on Debian 12.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tests/support/install_packages.sh
. tests/support/build_package.sh

install_packages
build_package
lintian --allow-root --fail-on error,warning "$package"
echo "$package"
