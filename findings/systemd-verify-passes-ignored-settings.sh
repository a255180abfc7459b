#!/bin/bash
# Expected: systemd-analyze verify fails for a unit whose settings systemd will ignore, so "verify || exit 1" in CI is
#   a check of the unit.
# Seen: it prints a warning for each setting that it does not know or cannot read, and exits with 0. The service then
#   runs without its restart policy and without its hardening. --recursive-errors= makes the status count, and its
#   value "no" reads like the default but is not: with "no" the same unit fails.
# Version: systemd 252.39-1~deb12u2 (Debian 12).
# Output:
#   verify: 3 warnings, exit status 0
#   verify --recursive-errors=no: 3 warnings, exit status 1
# azrestored: the test of its unit fails if verify prints anything.
# Needs: the shared libraries that Debian's systemd depends on.
# Exit status: 0 as described, 1 changed, 2 could not be tried.
set -Eeuo pipefail
trap 'echo "could not be tried (line $LINENO)" >&2; exit 2' ERR
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in {systemd,libsystemd-shared,libsystemd0}=252.39-1~deb12u2; do
  apt-get -qq -o APT::Sandbox::User=root download "$package" || { echo "cannot be had: $package" >&2; exit 2; }
done
for file in *.deb; do dpkg-deb -x "$file" root; done
export LD_LIBRARY_PATH=$work/root/usr/lib/x86_64-linux-gnu/systemd:$work/root/usr/lib/x86_64-linux-gnu
LD_LIBRARY_PATH+=:$work/root/lib/x86_64-linux-gnu
export SYSTEMD_UNIT_PATH=$work/root/lib/systemd/system

cat > example.service <<'UNIT'
[Unit]
Description=Three settings that systemd ignores

[Service]
ExecStart=/bin/true
Restrt=on-failure
NoNewPrivilege=yes
TimeoutStopSec=90 seconsd
UNIT
judge() {  # OPTION...
  local status=0
  root/usr/bin/systemd-analyze --man=no "$@" verify ./example.service 2>said || status=$?
  echo "verify${*:+ $*}: $(grep -c 'example.service:[0-9]*:.*ignoring' said) warnings, exit status $status"
}
seen=$(judge; judge --recursive-errors=no)
expected='verify: 3 warnings, exit status 0
verify --recursive-errors=no: 3 warnings, exit status 1'
echo "$seen"
[ "$seen" = "$expected" ] || { printf 'changed; expected:\n%s\n' "$expected" >&2; exit 1; }
