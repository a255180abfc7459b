#!/bin/bash
# Expected: an option of type int reads decimal numbers. "010" (from a script that pads with zeros) is 10 or an error.
# Seen: CLI11 reads a leading 0 as octal: "010" is 8, without an error. A range check sees the octal value, and says
#   that 08 is not in the range from 1 to 1000. So a padded day, hour or count works from 1 to 7, is wrong from 10 on,
#   and fails at 08 and 09.
# Version: CLI11 2.1.2+ds-1 (Debian 12).
# Output:
#   7: 7
#   07: 7
#   08: --limit: Value 08 not in range 1 to 1000
#   010: 8
#   0100: 64
# azrestored: parses durations and times itself; the one number that CLI11 reads for azrestorectl is list --limit.
# Needs: g++ (C++17) of the machine.
# Exit status: 0 as described, 1 changed, 2 could not be tried.
set -Eeuo pipefail
trap 'echo "could not be tried (line $LINENO)" >&2; exit 2' ERR
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
package=libcli11-dev=2.1.2+ds-1
apt-get -qq -o APT::Sandbox::User=root download "$package" || { echo "cannot be had: $package" >&2; exit 2; }
dpkg-deb -x libcli11*.deb root

cat > limit.cpp <<'CPP'
#include <CLI/CLI.hpp>
#include <iostream>
int main(int argc, char** argv) try {
  CLI::App app;
  int limit = 0;
  app.add_option("--limit", limit)->check(CLI::Range(1, 1000));
  app.parse(argc, argv);
  std::cout << limit << '\n';
} catch (const CLI::ParseError& error) {
  std::cout << error.what() << '\n';
}
CPP
g++ -std=c++17 -isystem root/usr/include limit.cpp -o limit

seen=$(for number in 7 07 08 010 0100; do echo "$number: $(./limit --limit "$number")"; done)
expected='7: 7
07: 7
08: --limit: Value 08 not in range 1 to 1000
010: 8
0100: 64'
echo "$seen"
[ "$seen" = "$expected" ] || { printf 'changed; expected:\n%s\n' "$expected" >&2; exit 1; }
