#!/usr/bin/env bash
# az_restores.sh AT_ONCE LOG VM...: restores with Debian's azure-cli, as a user would run them: restores the disks of
# each VM and waits for the job, AT_ONCE of them at a time. Writes a line to LOG for each finished restore. compare.py
# prepares the environment.
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
