#!/usr/bin/env bash
# tests/system/booted.sh: tests the package in a booted Debian 12, from the view of its administrator and its users,
# with a simulated Azure. Each check is a function below; exit status 0 only if all of them succeed, 77 if no system can
# be booted. The system's files are kept in build/booted; all other files are removed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. tests/support/install_packages.sh
. tests/support/build_package.sh
. tests/support/small_stage.sh
. tests/support/booted_system.sh

readonly stage=/srv/stage
readonly spool=/var/spool/azrestored
failures=0

finish() {
  local ending=$?
  power_off
  end_stage
  exit "$ending"
}
trap finish EXIT

# check SENTENCE COMMAND...: reports whether the command succeeds; after a failure, also its output and the failed line.
# In the background, because `set -e` has no effect in a condition.
check() {
  local sentence=$1 ending=0 begin=$SECONDS
  shift
  (set -E && trap 'echo "This failed: $BASH_COMMAND"' ERR && "$@") >"$work/said" 2>&1 &
  wait $! || ending=$?
  if [ "$ending" -eq 0 ]; then
    echo "ok      $sentence ($((SECONDS - begin)) s)"
  else
    echo "failed  $sentence"
    sed 's/^/          /' "$work/said"
    failures=$((failures + 1))
  fi
}

# refuses COMMAND...: succeeds if the command fails, like `!`, but with an effect on `set -e`.
refuses() {
  if "$@"; then echo "This should have been refused: $*"; return 1; fi
}

demo() { nsenter --target "$leader" --net -- python3 tests/support/demo.py "$1" "$work" "${@:2}"; }
ctl() { inside azrestorectl "$@"; }
as() { inside runuser --user "$1" -- "${@:2}"; }
apt() { inside apt-get -y -qq -o Dpkg::Use-Pty=0 "$@" </dev/null; }

unit() { inside systemctl show --property "$1" --value azrestored.service; }
is_active() { [ "$(unit ActiveState)" = active ]; }
is_restarted_since() { is_active && [ "$(unit MainPID)" != "$1" ]; }
has_reached() { [[ $(ctl show "$2" --json) == *"\"state\":\"$1\""* ]]; }
exists() { inside test -e "$1"; }

# restored_once JOB...: Azure got exactly these restores, each once, and each has succeeded.
restored_once() {
  local job
  for job in "$@"; do
    wait_for 60 "the end of $job" has_reached succeeded "$job"
    ctl show "$job" --json >"$work/$job.shown"
  done
  demo table "$@"
}

# Ten times faster than Azure. It starts the restore of db01 long before its response.
start_azure_inside() {
  tests/support/make_ca.sh "$work/ca"
  demo make
  inside systemd-run --quiet --unit=azure azrestore-sim --state "$stage/azure.json" --tls-cert "$stage/ca/server.pem" \
    --tls-key "$stage/ca/server.key" --http-port 0 --port-file "$stage/ports.json" --log "$stage/requests.log" \
    --retry-after 1 --time-scale 10 --job-list-lag 80 --fault 'POST .*db01.*/restore\?@1=delay:30000'
  wait_for 20 "the simulated Azure" test -e "$work/ports.json"
}

use_azure_inside() {
  inside install -m 0644 "$stage/ca/ca.pem" /etc/azrestored/ca.pem
  inside install -d -m 0700 /etc/credstore
  inside install -m 0600 "$stage/token" /etc/credstore/azrestored.access-token
  demo service | inside tee /etc/azrestored/azrestored.json >/dev/null
  inside systemctl restart azrestored
}

installs() {
  apt install "$stage/package.deb"
  is_active
  [ "$(unit StatusText)" != "" ]
}

says() { [[ $(unit StatusText) == *"$1"* ]]; }

# The commands of the README as a new administrator copies them: all indented lines of that section.
the_readme_leads_to_a_restore() {
  awk '/^## From `apt install`/ {on = 1; next} /^## / {on = 0} on && /^    / {print substr($0, 5)}' README.md >"$work/readme.sh"
  grep --quiet 'azrestorectl watch' "$work/readme.sh"
  cp "$work/package.deb" "$work/$(basename "$first_package")"
  inside sh -c "cd $stage && sh -e readme.sh"
  [ "$(ctl show drill --json | grep --only-matching '"state":"[a-z]*"' | head -n 1)" = '"state":"succeeded"' ]
  inside systemctl stop azure azrestored
  inside rm -r /var/lib/azrestored/azrestored.db "$spool/accepted"
  inside systemd-tmpfiles --create
}

a_member_restores() {
  as member cp "$stage/web01-disks.json" "$spool/incoming/"
  wait_for 20 "a status with counts" says "1 running"
  restored_once web01-disks
  wait_for 20 "a status at rest" says "Idle"
}

# Only root can read the token's file; the user of the service cannot.
a_secret_is_a_credential() {
  refuses as azrestored cat /etc/credstore/azrestored.access-token
  refuses inside grep --recursive --quiet --fixed-strings "$(cat "$work/token")" /etc/azrestored /var/lib/azrestored "$spool"
}

journal() { inside journalctl --unit azrestored --quiet --output cat "$@"; }

the_journal_has_fields() {
  local job
  job=$(ctl show web01-disks --json | grep --only-matching '"id":"[^"]*"' | head -n 1 | cut -d '"' -f 4)
  journal "AZRESTORED_JOB=$job" AZRESTORED_TO=succeeded | grep job.changed
  journal "AZRESTORED_JOB=$job" --output json | grep --only-matching '"AZRESTORED_AZURE_REQUEST_ID":"[0-9a-f-]*"'
  journal AZRESTORED_EVENT=spool.rejected --priority 4..4 | grep empty.json
}

# 3: warnings; the disk of this system is in memory and may be small.
finds_no_problem() {
  local ending=0
  "$@" >"$work/doctor" || ending=$?
  cat "$work/doctor"
  [ "$ending" -eq 0 ] || [ "$ending" -eq 3 ]
  refuses grep '^problem' "$work/doctor"
}

doctor_finds_nothing_wrong() {
  local vault
  vault=$(grep --only-matching '/subscriptions/[^"]*/vaults/[^"]*' "$work/web01-disks.json")
  finds_no_problem ctl doctor --vault "$vault"
  grep '^ok  *sign-in' "$work/doctor"
  grep '^ok  *rights' "$work/doctor"
  finds_no_problem as member azrestorectl doctor
}

metrics_can_be_read() {
  inside azrestored --check-config | grep '"listen": ""'
  inside sed -i '1s/{/{"metrics": {"listen": "127.0.0.1:9633"},/' "$settings"
  inside systemctl restart azrestored
  nsenter --target "$leader" --net -- python3 -c 'import urllib.request
print(urllib.request.urlopen("http://127.0.0.1:9633/metrics", timeout=10).read().decode())' >"$work/metrics"
  grep '^azrestored_jobs{state="succeeded"} 1$' "$work/metrics"
  promtool check metrics <"$work/metrics"
}

no_core_is_kept() { inside grep 'Max core file size *0 *0' "/proc/$(unit MainPID)/limits"; }

settings=/etc/azrestored/azrestored.json
without_a_restart() { [ "$(unit MainPID)" = "$1" ] && [ "$(unit ActiveState)" = active ]; }

a_reload_takes_up_settings() {
  local before
  before=$(unit MainPID)
  inside sed -i -e 's/"jobInterval": "1s"/"jobInterval": "2s"/' -e 's/"readsPerHour": 10000/"readsPerHour": 9999/' "$settings"
  inside systemctl reload azrestored
  wait_for 10 "the new settings" journal AZRESTORED_EVENT=settings.reloaded --grep 'polling.jobInterval'
  wait_for 10 "what needs a restart" journal AZRESTORED_EVENT=settings.need-restart --grep 'budget.readsPerHour'
  without_a_restart "$before"
}

a_reload_refuses_what_is_wrong() {
  local before
  before=$(unit MainPID)
  inside cp "$settings" /root/good
  inside sed -i 's/"jobInterval": "2s"/"jobInterval": "2 apples"/' "$settings"
  refuses inside systemctl reload azrestored
  journal --grep '/polling/jobInterval, line [0-9]*, column [0-9]*: found the string "2 apples"'
  inside systemctl kill --signal=HUP --kill-whom=main azrestored
  wait_for 10 "the daemon to refuse them" journal AZRESTORED_EVENT=settings.refused --grep 'apples.*stay as they were'
  without_a_restart "$before"
  inside cp /root/good "$settings"
  inside systemctl reload azrestored
  ctl status
}

a_member_learns_why_not() {
  as member sh -c "umask 027 && echo '{}' >$spool/incoming/empty.json"
  wait_for 20 "the reason of the refusal" exists "$spool/rejected/empty.json.reason"
  as member grep vault "$spool/rejected/empty.json.reason"
}

a_stranger_is_kept_out() {
  local folder ending=0
  refuses as stranger cp "$stage/db01-replace.json" "$spool/incoming/"
  refuses as stranger azrestorectl submit "$stage/db01-replace.json"
  for folder in "$spool"/{incoming,claimed,accepted,rejected} /var/lib/azrestored; do refuses as stranger ls "$folder"; done
  refuses as stranger cat "$spool/rejected/empty.json.reason"
  as stranger azrestorectl list || ending=$?
  [ "$ending" -eq 4 ]
}

a_kill_costs_nothing() {
  local before
  as member cp "$stage/db01-replace.json" "$spool/incoming/"
  wait_for 20 "the restore of db01 to begin" demo begun db01
  before=$(unit MainPID)
  inside systemctl kill --signal=KILL --kill-whom=main azrestored
  wait_for 20 "systemd to restart the service" is_restarted_since "$before"
  restored_once web01-disks db01-replace
}

# with_unit_lines LINE...: overrides lines of the service's unit, until as_packaged.
with_unit_lines() {
  inside mkdir -p /run/systemd/system/azrestored.service.d
  printf '%s\n' '[Service]' "$@" | inside tee /run/systemd/system/azrestored.service.d/other.conf >/dev/null
  inside systemctl daemon-reload
}

as_packaged() {
  inside rm -r /run/systemd/system/azrestored.service.d
  inside systemctl daemon-reload
  inside systemctl stop azrestored
  inside systemctl start azrestored
}

a_hang_is_ended_by_the_watchdog() {
  local before
  with_unit_lines WatchdogSec=2s
  inside systemctl restart azrestored
  before=$(unit MainPID)
  inside systemctl kill --signal=STOP --kill-whom=main azrestored
  wait_for 60 "the watchdog" is_restarted_since "$before"
  inside journalctl --unit azrestored --grep 'Watchdog timeout'
  as_packaged
}

restarts_wait_longer_each_time() {
  local begin
  begin=$(inside date '+%F %T')
  with_unit_lines ExecStart= ExecStart=/bin/false
  refuses inside systemctl restart azrestored
  wait_for 40 "a third wait" inside journalctl --unit azrestored --since "$begin" --grep 'start 5 within .* 8 s'
  as_packaged
  is_active
}

an_upgrade_loses_nothing() {
  local before
  as member cp "$stage/app01-copy.json" "$spool/incoming/"
  wait_for 30 "the restore of app01 to run" has_reached tracking app01-copy
  before=$(unit MainPID)
  inside cp /etc/azrestored/azrestored.json /root/settings
  apt install "$stage/upgrade.deb"
  is_restarted_since "$before"
  [ "$(inside dpkg-query --show --showformat='${Version}' azrestored)" = "$higher_version" ]
  inside cmp /etc/azrestored/azrestored.json /root/settings
  restored_once web01-disks db01-replace app01-copy
}

a_removal_keeps_what_is_the_users() {
  is_active
  apt remove azrestored
  refuses is_active
  refuses exists /usr/bin/azrestored
  refuses exists /lib/systemd/system/azrestored.service
  exists /etc/azrestored/azrestored.json
  exists /var/lib/azrestored/azrestored.db
  exists "$spool/accepted"
}

a_purge_leaves_nothing_of_the_package() {
  local left
  apt purge azrestored
  for left in /etc/azrestored/azrestored.json /var/lib/azrestored "$spool" /run/azrestored \
    /etc/systemd/system/multi-user.target.wants/azrestored.service /var/lib/systemd/deb-systemd-helper-enabled/azrestored.service.dsh-also; do
    refuses exists "$left"
  done
  refuses inside dpkg-query --show azrestored
  inside id azrestored
  exists /etc/azrestored/ca.pem
  exists /etc/credstore/azrestored.access-token
}

need_namespaces
install_packages
build_package
higher_version=$(dpkg-deb --field "$package" Version)+upgrade
cp "$package" "$work/package.deb"
first_package=$package
build_package_as "$higher_version"
cp "$package" "$work/upgrade.deb"
chmod 755 "$work"
prepare_system "$work/package.deb"
boot

check "installed with apt: the service is READY and reports its status" installs
check "the README leads from apt install to a restored VM" the_readme_leads_to_a_restore
inside useradd --groups azrestore member
inside useradd stranger
start_azure_inside
use_azure_inside
check "a job file of an unprivileged member of azrestore is restored" a_member_restores
check "secrets are passed only as credentials" a_secret_is_a_credential
check "a member reads why a job file was refused" a_member_learns_why_not
check "other users can neither drop nor read job files" a_stranger_is_kept_out
check "the journal has job, state and Azure's request id as fields" the_journal_has_fields
check "a reload loads new settings without a restart, and names those that need one" a_reload_takes_up_settings
check "a reload with a fault is refused with a reason, and changes nothing" a_reload_refuses_what_is_wrong
check "doctor reports no problem, for root and for a member of azrestore" doctor_finds_nothing_wrong
check "Prometheus reads the metrics of the service" metrics_can_be_read
check "no core is kept by default" no_core_is_kept
check "kill -9 in doubt: systemd restarts the service, the restore is done once" a_kill_costs_nothing
check "SIGSTOP: the watchdog restarts the service" a_hang_is_ended_by_the_watchdog
check "a service that cannot start is retried, after increasing waits" restarts_wait_longer_each_time
check "an upgrade while a restore runs loses neither jobs nor settings" an_upgrade_loses_nothing
check "a removal stops the service and keeps settings, jobs and files" a_removal_keeps_what_is_the_users
check "a purge removes settings, jobs and files, and keeps the administrator's secrets and the user" a_purge_leaves_nothing_of_the_package

echo "$failures of the checks failed."
[ "$failures" -eq 0 ]
