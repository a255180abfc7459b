# A simulated Azure and a daemon for scripts that measure a whole run. To be sourced. The Azure, its settings and its
# three job files are those of the demo (tests/support/demo.py). Needs `set -euo pipefail` and the project's top folder
# as working folder. Defines $work, a folder that is removed at the end, and:
#   start_azure BIN ARGUMENT...    BIN/azrestore-sim, a thousand times faster than Azure, with more arguments
#   start_daemon COMMAND...        the daemon by this command; its process is $daemon, its log $work/azrestored.log
#   stop_daemon                    SIGTERM; fails unless it ends with 0
#   wait_for SECONDS WHAT COMMAND...   until the command succeeds
work=$(mktemp -d "${TMPDIR:-/tmp}/azrestored-stage.XXXXXX")
daemon=
children=()

end_stage() {
  local child
  for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap end_stage EXIT
trap 'exit 1' INT TERM

wait_for() {
  local deadline=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" &>/dev/null; do
    if [ "$SECONDS" -ge "$deadline" ]; then
      echo "Timeout: waited for $what." >&2
      [ ! -e "$work/azrestored.log" ] || tail -20 "$work/azrestored.log" >&2
      exit 1
    fi
    sleep 0.2
  done
}

demo() { python3 tests/support/demo.py "$1" "$work" "${@:2}"; }
ctl() { "$bin/azrestorectl" --config "$work/azrestored.json" "$@"; }

start_azure() {
  bin=$1
  tests/support/make_ca.sh "$work/ca"
  demo make
  "$bin/azrestore-sim" --state "$work/azure.json" --tls-cert "$work/ca/server.pem" --tls-key "$work/ca/server.key" \
    --http-port 0 --port-file "$work/ports.json" --log "$work/requests.log" --retry-after 0 --time-scale 1000 \
    "${@:2}" &>"$work/azure.log" &
  children+=($!)
  wait_for 60 "the simulated Azure" test -e "$work/ports.json"
  demo settings >"$work/azrestored.json"
}

start_daemon() {
  "$@" --config "$work/azrestored.json" >>"$work/azrestored.log" 2>&1 &
  daemon=$!
  children+=("$daemon")
  wait_for 120 azrestored ctl status
}

stop_daemon() {
  kill -TERM "$daemon"
  local ending=0
  wait "$daemon" || ending=$?
  [ "$ending" -eq 0 ] || { echo "azrestored ended with $ending." >&2; tail -40 "$work/azrestored.log" >&2; return 1; }
}
