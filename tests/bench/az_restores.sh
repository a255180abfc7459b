#!/usr/bin/env bash
# az_restores.sh AT_ONCE LOG VM...: what a person with Debian's azure-cli would run: each VM's disks are restored and the
# job waited for, AT_ONCE of them at a time. A line in LOG for each that came to its end. compare.py sets the scene.
set -euo pipefail
at_once=$1 log=$2
shift 2
export log

restore_one() {
  local vm=$1 job
  job=$(az backup restore restore-disks -g contoso-backup -v contoso-vault -c "$vm" -i "$vm" -r 7001 \
    --storage-account "$BENCH_STORAGE" --target-resource-group contoso-restored --query name -o tsv) || return 0
  az backup job wait -g contoso-backup -v contoso-vault -n "$job" -o none || return 0
  echo "$vm" >>"$log"
}
export -f restore_one
printf '%s\n' "$@" | xargs -P "$at_once" -I{} bash -c 'restore_one {}'
