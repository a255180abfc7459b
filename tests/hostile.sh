#!/usr/bin/env bash
# tests/hostile.sh [FILES]: puts FILES (100,000) files into the spool of the release build at once. One in a hundred is
# a valid job, the others are invalid in different ways. Exit status 0 only if each valid file became one successful
# restore, each invalid file is in rejected/ with its reason, and the peak of the daemon's memory is below 512 MiB.
# Meanwhile `azrestorectl status` runs once a second and must succeed. Each refusal is synced to the disk, so the disk
# determines the time; TMPDIR=/dev/shm avoids it. BIN=FOLDER measures programs that are already built. Needs about 1 GB
# of temporary files; leaves only the release build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tests/support/install_packages.sh
. tests/support/small_stage.sh

readonly files=${1:-100000}
readonly good=$((files / 100))
readonly bad=$((files - good))
readonly most_kib=$((512 * 1024))

make_files() {
  python3 - "$work" "$files" <<'PYTHON'
import json, os, sys
work, files = sys.argv[1], int(sys.argv[2])
job = json.load(open(f"{work}/web01-disks.json"))
bad = ["", "{", "[]", '{"name": "\xff"}', '{"vault": 7}', "[" * 70, "not JSON at all", '{"name": "only a name"}']
os.makedirs(f"{work}/pile")
for i in range(files):
    with open(f"{work}/pile/file-{i:06}.json", "w", encoding="latin-1") as out:
        out.write(json.dumps({**job, "name": f"drill-{i:06}"}) if i % 100 == 0 else bad[i % len(bad)])
PYTHON
}

count() { find "$work/spool/$1" -type f "${@:2}" -printf x | wc -c; }
is_taken() { [ "$(count accepted)" -eq "$good" ] && [ "$(count rejected -name '*.reason')" -eq "$bad" ]; }
all_succeeded() { [ "$(ctl status --json | python3 -c 'import json,sys; print(json.load(sys.stdin)["jobs"].get("succeeded", 0))')" -eq "$good" ]; }
restores() { python3 -c 'import sys; sys.path.insert(0, "tests/support"); import demo, pathlib; print(len(demo.report(pathlib.Path(sys.argv[1]))["restores"]))' "$work"; }
peak_kib() { sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$daemon/status"; }

if [ -z "${BIN:-}" ]; then
  install_packages
  cmake --preset release >/dev/null
  cmake --build --preset release --parallel "$(nproc)" --target azrestored azrestorectl azrestore-sim >/dev/null
fi
start_azure "${BIN:-$PWD/build/release/bin}"
make_files
# A file that ends inside its JSON is refused when it has not changed for this long.
python3 - "$work/azrestored.json" <<'PYTHON'
import json, pathlib, sys
settings = pathlib.Path(sys.argv[1])
known = json.loads(settings.read_text())
known["spool"]["settleTime"] = "1s"
settings.write_text(json.dumps(known))
PYTHON
mkdir -p "$work/spool"
mv "$work/pile" "$work/spool/incoming"
SECONDS=0
start_daemon "$bin/azrestored"
first=$(peak_kib)
asked=0
while ! is_taken; do
  ctl status >/dev/null
  asked=$((asked + 1))
  [ "$SECONDS" -lt 1800 ] || { echo "Some files are still unprocessed after 30 minutes." >&2; exit 1; }
  sleep 1
done
taken=$SECONDS
wait_for 900 "all restores" all_succeeded
done_after=$SECONDS
peak=$(peak_kib)
[ "$(find "$work/spool/incoming" "$work/spool/claimed" -type f | wc -l)" -eq 0 ] || { echo "Files are left in incoming/ or claimed/." >&2; exit 1; }
[ "$(restores)" -eq "$good" ] || { echo "$(restores) restores instead of $good." >&2; exit 1; }
[ "$peak" -lt "$most_kib" ] || { echo "The daemon has used $peak KiB; the limit is $most_kib KiB." >&2; exit 1; }
stop_daemon
echo "$files files at once: $good jobs and $bad refusals in $taken s, all restores done after $done_after s;" \
     "peak memory $((peak / 1024)) MiB ($((first / 1024)) MiB at the start), $asked times asked meanwhile"
