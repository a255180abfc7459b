#!/usr/bin/env bash
# check_architecture.sh SOURCE: what the compiler does not see. Dependencies point one way (README "How it is built"), the
# simulator shares nothing with the core, and no expression that awaits holds a brace or a capture, which g++ 12 destroys
# twice.
set -u
cd "$1" || exit 2
faults=0

# forbid WHAT PATTERN FILE...
forbid() {
  local what=$1 pattern=$2 found
  shift 2
  if found=$(grep -nE "$pattern" "$@"); then
    printf '%s\n%s\n\n' "$what" "$found"
    faults=1
  fi
}

forbid "core/ knows no socket, SQL or log:" \
  '#include *[<"](sqlite3|boost/beast|boost/asio/(ip|ssl|local)|spdlog|daemon/|persistence/|config/)' core/*.hpp core/*.cpp
forbid "persistence/ knows core only:" '#include *[<"](boost/beast|spdlog|daemon/|config/)' persistence/*.hpp persistence/*.cpp
forbid "config/ knows core only:" '#include *[<"](sqlite3|boost/|spdlog|daemon/|persistence/)' config/*.hpp config/*.cpp
forbid "azrestore-sim shares no header with what it tests:" '#include *"(core|daemon|persistence|config)/' \
  tests/simulator/*.hpp tests/simulator/*.cpp
forbid "co_await with a brace or a capture in one expression:" \
  'co_await[^;]*[({,][[:space:]]*(\{|[A-Za-z_:]+\{[^}]|\[[&=a-z])' core/*.cpp persistence/*.cpp daemon/*.cpp tests/simulator/*.cpp
exit $faults
