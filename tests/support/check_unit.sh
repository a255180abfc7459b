#!/usr/bin/env bash
# check_unit.sh UNIT PROGRAM: systemd-analyze verify of the unit, with PROGRAM and the script next to the unit instead
# of the installed ones.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
sed -e "s#^ExecStart=/usr/bin/azrestored#ExecStart=$2#" \
  -e "s#^ExecStartPre=-/usr/libexec/azrestored/start-pace#ExecStartPre=$(dirname "$1")/start-pace.sh#" "$1" >"$folder/azrestored.service"
grep -q "^ExecStart=$2" "$folder/azrestored.service"
said=$(systemd-analyze verify --man=no "$folder/azrestored.service" 2>&1)
[ -z "$said" ] || { echo "$said"; exit 1; }
