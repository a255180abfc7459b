#!/bin/bash
# Expected: with synchronous_standby_names set, a commit that no standby has confirmed is an error to the client, or
#   waits. A client that set statement_timeout gets its error when that time is over.
# Seen: both assumptions fail. statement_timeout does not apply to the wait for the standby: a commit waits past it,
#   without limit. When a client cancels the wait (Ctrl-C, a driver's query timeout, pg_cancel_backend), the commit
#   *succeeds*: command tag COMMIT, SQLSTATE 00000, visible to all. Only a warning, which most drivers discard, says
#   that no standby has it. After a fail-over the row is gone, although the server confirmed it to its writer.
# Version: PostgreSQL 15.18-0+deb12u1, psql of the same version (Debian 12).
# Output (statement_timeout is 500 ms; the wait is cancelled after 2 s):
#   waited past statement_timeout: 1; exit status of psql: 0; visible to others: 1
#   COMMIT
#   SQLSTATE 00000
#   WARNING:  canceling wait for synchronous replication due to user request
# azrestored: has no PostgreSQL store yet. One has to take that warning (01000) for "not confirmed", to set its own
#   limit by closing the connection, and to read back before it relies on such a commit.
# Needs: the shared libraries that Debian's PostgreSQL 15 depends on; as root, setpriv and the user nobody.
# Exit status: 0 as described, 1 changed, 2 could not be tried.
set -Eeuo pipefail
trap 'echo "could not be tried (line $LINENO)" >&2; exit 2' ERR
work=$(mktemp -d)
server=
clean_up() {
  [ -z "$server" ] || "${as_owner[@]}" "$bin/pg_ctl" -D "$work/data" -m immediate stop >/dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT
cd "$work"
for package in {postgresql-15,postgresql-client-15,libpq5}=15.18-0+deb12u1; do
  apt-get -qq -o APT::Sandbox::User=root download "$package" || { echo "cannot be had: $package" >&2; exit 2; }
done
for file in *.deb; do dpkg-deb -x "$file" root; done
bin=$work/root/usr/lib/postgresql/15/bin
export LD_LIBRARY_PATH=$work/root/usr/lib/x86_64-linux-gnu
export PGHOST=$work PGDATABASE=postgres PGUSER=owner LC_ALL=C
as_owner=()
if [ "$(id -u)" = 0 ]; then  # the server refuses to run as root
  chown nobody "$work"
  as_owner=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
fi
sql() { "$bin/psql" -X -q -At -v ON_ERROR_STOP=1 "$@"; }

"${as_owner[@]}" "$bin/initdb" -D "$work/data" -U owner -A trust -N -E UTF8 --no-locale >/dev/null
cat >> data/postgresql.conf <<CONF
listen_addresses = ''
unix_socket_directories = '$work'
synchronous_standby_names = 'second'
CONF
"${as_owner[@]}" "$bin/pg_ctl" -D "$work/data" -w -l "$work/data/log" start >/dev/null
server=running
sql -c 'SET synchronous_commit = local' -c 'CREATE TABLE job (id int)'

cat > commit.sql <<'SQL'
SET statement_timeout = '500ms';
BEGIN;
INSERT INTO job VALUES (1);
\set QUIET off
COMMIT;
\echo SQLSTATE :SQLSTATE
SQL
timeout 60 "$bin/psql" -X -q -At -v ON_ERROR_STOP=1 -f commit.sql >result 2>&1 &
client=$!
waiting="SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
for _ in {1..200}; do
  [ -z "$(sql -c "$waiting")" ] || break
  sleep 0.05
done
sleep 2  # four times the statement_timeout
still_waiting=$(sql -c "SELECT count(*) FROM ($waiting) waiting")
sql -c "SELECT pg_cancel_backend(pid) FROM ($waiting) waiting" >/dev/null
status=0
wait "$client" || status=$?

visible=$(sql -c 'SELECT count(*) FROM job')
seen=$(
  echo "waited past statement_timeout: $still_waiting; exit status of psql: $status; visible to others: $visible"
  grep -o -e '^COMMIT$' -e '^SQLSTATE.*' -e 'WARNING: .*' -e 'ERROR: .*' result | LC_ALL=C sort
)
expected='waited past statement_timeout: 1; exit status of psql: 0; visible to others: 1
COMMIT
SQLSTATE 00000
WARNING:  canceling wait for synchronous replication due to user request'
echo "$seen"
[ "$seen" = "$expected" ] || { printf 'changed; expected:\n%s\n' "$expected" >&2; exit 1; }
