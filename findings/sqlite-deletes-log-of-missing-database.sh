#!/bin/bash
# Expected: a write-ahead log whose database file is missing (a restore that copied one file too few, a wrong mv)
#   stays until an operator decides. At worst SQLite refuses to open, or opens an empty database and leaves the log
#   alone.
# Seen: opening the path for writing makes an empty database, without a warning, and the first read deletes the log.
#   The log may have been the only file with every commit since the last checkpoint; nothing is left of them.
# Version: SQLite 3.40.1-2+deb12u2 (Debian 12).
# Output:
#   before: log with 1 commit or more; after: 0 tables, exit status 0, log gone
# azrestored: refuses to start when the database is missing and its -wal file is there, and says what to put back.
# Exit status: 0 as described, 1 changed, 2 could not be tried.
set -Eeuo pipefail
trap 'echo "could not be tried (line $LINENO)" >&2; exit 2' ERR
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in {sqlite3,libsqlite3-0}=3.40.1-2+deb12u2; do
  apt-get -qq -o APT::Sandbox::User=root download "$package" || { echo "cannot be had: $package" >&2; exit 2; }
done
for file in *.deb; do dpkg-deb -x "$file" root; done
export LD_LIBRARY_PATH=$work/root/usr/lib/x86_64-linux-gnu
sqlite3() { "$work/root/usr/bin/sqlite3" "$@"; }

# The last connection to close writes the log back and removes it, so the copy is taken while one is open.
mkdir restored
sqlite3 jobs.db >/dev/null <<'SQL'
PRAGMA journal_mode = WAL;
PRAGMA wal_autocheckpoint = 0;
CREATE TABLE job (id TEXT PRIMARY KEY);
INSERT INTO job VALUES ('restore-1');
.shell cp jobs.db jobs.db-wal restored/
SQL
cp -r restored complete
[ "$(sqlite3 complete/jobs.db 'SELECT id FROM job')" = restore-1 ]  # with both files the commits are there

rm restored/jobs.db
[ -s restored/jobs.db-wal ] && before='log with 1 commit or more'
status=0
tables=$(sqlite3 restored/jobs.db 'SELECT count(*) FROM sqlite_schema' 2>&1) || status=$?
[ -e restored/jobs.db-wal ] && after='log still there' || after='log gone'

seen="before: $before; after: $tables tables, exit status $status, $after"
expected='before: log with 1 commit or more; after: 0 tables, exit status 0, log gone'
echo "$seen"
[ "$seen" = "$expected" ] || { printf 'changed; expected:\n%s\n' "$expected" >&2; exit 1; }
