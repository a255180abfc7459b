#!/usr/bin/env bash
# check_headers.sh SOURCE BUILD [--all]: each header compiles on its own, with the definitions of the build in BUILD. By
# default: the headers that differ from main (without such a branch, or on it: from the last commit but one) and those
# not committed yet. --all: every header; takes some minutes. Two at a time. Ends with 1 when a header does not compile.
set -euo pipefail
commands=$(realpath "$2")/compile_commands.json
readonly commands all=${3:-}
cd "$1"
readonly folders=(core daemon persistence config tests)

# The definitions of azrestored_options: those of a library that has no others.
definitions() {
  python3 - "$commands" <<'PYTHON'
import json, shlex, sys
for entry in json.load(open(sys.argv[1])):
    if "CMakeFiles/azrestored_core_base.dir/" in entry["command"]:
        sys.exit(print("\n".join(word for word in shlex.split(entry["command"]) if word.startswith("-D"))))
sys.exit(f"{sys.argv[1]} has no file of azrestored_core_base; configure the build again.")
PYTHON
}

# The commit to compare with; nothing outside of a work tree of git.
base() {
  local ref commit
  git rev-parse --verify --quiet HEAD >/dev/null 2>&1 || return 0
  for ref in origin/main main; do
    if commit=$(git merge-base HEAD "$ref" 2>/dev/null) && [ "$commit" != "$(git rev-parse HEAD)" ]; then
      echo "$commit"
      return
    fi
  done
  git rev-parse --verify --quiet HEAD~1 || git hash-object -t tree /dev/null
}

headers() {
  local base
  base=$(base)
  if [ "$all" = --all ] || [ -z "$base" ]; then
    find "${folders[@]}" -name '*.hpp'
  else
    git diff --name-only --diff-filter=d --relative "$base" -- "${folders[@]/%//*.hpp}"
    git ls-files --others --exclude-standard -- "${folders[@]/%//*.hpp}"
  fi | sort -u
}

# compile HEADER DEFINITION...
compile() {
  local header=$1 said
  shift
  said=$(echo "#include \"$header\"" | "${CXX:-g++}" -std=c++20 -fsyntax-only -x c++ -I . "$@" - 2>&1) && return
  echo "$header does not compile on its own; include in it what it uses:"
  grep -m 3 'error:' <<<"$said" || head -n 5 <<<"$said"
  return 1
}
export -f compile

options=$(definitions)
mapfile -t options <<<"$options"
mapfile -t found < <(headers)
status=0
if [ ${#found[@]} -gt 0 ]; then
  # xargs hands on a status of its own. One command a header, so that a fault does not hide the next.
  printf '%s\0' "${found[@]}" |
    xargs -0 --max-procs=2 --replace=HEADER bash -c 'compile "$@"' compile HEADER "${options[@]}" || status=1
fi
echo "${#found[@]} headers checked."
exit $status
