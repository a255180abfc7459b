#!/usr/bin/env bash
# tests/package.sh: builds the Debian package and lets lintian judge it. Prints where it is; exit status 0 only when there
# is neither an error nor a warning. Installs what a Debian 12 machine lacks.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tests/support/install_packages.sh
. tests/support/build_package.sh

install_packages
build_package
lintian --allow-root --fail-on error,warning "$package"
echo "$package"
