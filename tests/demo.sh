#!/usr/bin/env bash
# tests/demo.sh: demonstrates azrestored in a minute and without Azure. Three job files become three restored VMs in a
# simulated Azure, although the daemon is killed at the worst moment: after it has requested a restore and before the
# response arrives. Exit status 0 only if every restore was started exactly once and succeeded. Installs missing
# packages on Debian 12. Leaves no files, unless something failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tests/support/install_packages.sh

readonly jobs=(web01-disks db01-replace app01-copy)
readonly bin=$PWD/build/release/bin
work=        # the folder of this run
daemon=      # the daemon's process
children=()  # every process that this script started
done=no

heading() {
  if [ -t 1 ]; then printf '\n\033[1m%s\033[0m\n' "$*"; else printf '\n%s\n' "$*"; fi
}

clean_up() {
  local child
  for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
  wait
  if [ "$done" = yes ]; then
    rm -rf "$work"
  elif [ -n "$work" ]; then
    echo "The demo failed. Settings, logs and database of this run are in $work" >&2
  fi
}
trap clean_up EXIT
trap 'exit 1' INT TERM

# wait_for WHAT COMMAND...: waits until the command succeeds, at most 40 seconds.
wait_for() {
  local what=$1 deadline=$((SECONDS + 40))
  shift
  until "$@" &>/dev/null; do
    if [ "$SECONDS" -ge "$deadline" ]; then
      echo "Timeout: waited 40 seconds for $what." >&2
      exit 1
    fi
    sleep 0.1
  done
}

demo() { python3 tests/support/demo.py "$1" "$work" "${@:2}"; }
ctl() { "$bin/azrestorectl" --config "$work/azrestored.json" "$@"; }
has_reached() { [[ $(ctl show "$2" --json) == *"\"state\":\"$1\""* ]]; }
is_known() { [[ $(ctl show "$1" --json) == *'"id"'* ]]; }

build() {
  cmake --preset release >"$work/cmake.log" || { cat "$work/cmake.log" >&2; return 1; }
  cmake --build --preset release --parallel "$(nproc)" --target azrestored azrestorectl azrestore-sim
}

start_azure() {
  tests/support/make_ca.sh "$work/ca"
  demo make
  # Azure starts the third restore but delays its response; the daemon is killed in this time. Azure's list shows a job
  # some time after its start, so that the daemon stays in doubt long enough to be seen.
  "$bin/azrestore-sim" --state "$work/azure.json" --tls-cert "$work/ca/server.pem" --tls-key "$work/ca/server.key" \
    --http-port 0 --port-file "$work/ports.json" --log "$work/requests.log" --retry-after 1 --time-scale 10 \
    --job-list-lag 80 --fault 'POST .*app01.*/restore\?@1=delay:30000' &>"$work/azure.log" &
  children+=($!)
  wait_for "the simulated Azure" test -e "$work/ports.json"
  demo settings >"$work/azrestored.json"
  echo "It listens on $(demo endpoint) and runs ten times faster than Azure."
}

start_daemon() {
  "$bin/azrestored" --config "$work/azrestored.json" &>>"$work/azrestored.log" &
  daemon=$!
  children+=("$daemon")
  wait_for "azrestored" ctl status
}

drop_job_files() {
  cp "$work/web01-disks.json" "$work/db01-replace.json" "$work/spool/incoming/"
  echo "web01-disks   restores the disks of web01          (cp into the spool)"
  echo "db01-replace  replaces the disks of db01           (cp into the spool)"
  mv "$work/app01-copy.json" "$work/spool/incoming/"
  echo "app01-copy    creates a new VM from app01's backup  (mv into the spool)"
  local job
  for job in "${jobs[@]}"; do wait_for "$job" is_known "$job"; done
}

# Through a pipe, so that watch prints lines. On the terminal it would draw over the other output.
watch_jobs() {
  mkfifo "$work/watched"
  sed --unbuffered 's/^/    /' <"$work/watched" &
  showing=$!
  "$bin/azrestorectl" --config "$work/azrestored.json" watch "${jobs[@]}" >"$work/watched" 2>&1 &
  watching=$!
  children+=("$showing" "$watching")
}

heading "azrestored restores three VMs, each exactly once, although the daemon is killed meanwhile."
work=$(mktemp -d "${TMPDIR:-/tmp}/azrestored-demo.XXXXXX")

heading "1. Building azrestored, azrestorectl and azrestore-sim"
install_packages
build

heading "2. Starting a simulated Azure with HTTPS: a vault with three VMs"
SECONDS=0
start_azure

heading "3. Starting the daemon and dropping three job files into its spool"
start_daemon
echo "azrestored runs as process $daemon."
drop_job_files

heading "4. azrestorectl watch"
watch_jobs
wait_for "the start of app01's restore" demo begun app01
wait_for "the restore of db01" has_reached tracking db01-replace
sleep 2  # long enough to be seen
kill -9 "$daemon"
wait "$daemon" 2>/dev/null || true
echo ">>> kill -9 $daemon. Azure has started to restore app01, but the daemon did not get the response."
sleep 2
echo ">>> Restarting azrestored. Before it may send the request again, it must find out whether app01 is being restored."
start_daemon
wait "$watching" || true  # the table shows how the jobs ended
wait "$showing"

heading "5. The result: azrestorectl compared with the simulated Azure's own count"
for job in "${jobs[@]}"; do ctl show "$job" --json >"$work/$job.shown" || true; done
demo table "${jobs[@]}"
echo "That took $SECONDS seconds."
done=yes
