#!/bin/bash
# Expected: a page of a long list is found at once by "(created, number) > (?, ?)" with an index on both columns. A
#   second, weaker bound on the first column (a "since" of the user) can only help, and the order of terms is no
#   matter.
# Seen: SQLite enters an index at one lower bound, and takes the first of the two in the text of the WHERE clause,
#   even after ANALYZE. With the weak bound first it reads from there, row by row, up to the page. With it second, it
#   does not. EXPLAIN QUERY PLAN says SEARCH ... USING INDEX for both.
# Version: SQLite 3.40.1-2+deb12u2 (Debian 12).
# Output: steps of SQLite's virtual machine for the same 50 rows near the end of 100,000:
#   row value alone: 630
#   since, then row value: 899683
#   row value, then since: 731
# azrestored: puts one lower bound into the statement, the later of page and since; a test counts the steps.
# Exit status: 0 as described (cheap below 2,000 steps, costly above 100,000), 1 changed, 2 could not be tried.
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

sqlite3 jobs.db <<'SQL'
CREATE TABLE job (id TEXT PRIMARY KEY, created INTEGER NOT NULL, number INTEGER NOT NULL) STRICT;
CREATE INDEX by_age ON job (created, number);
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
  INSERT INTO job SELECT 'job-' || i, i, i FROM n;
ANALYZE;
SQL
page() {  # WHERE: the steps, after a check that these are the right rows
  local query="SELECT id FROM job WHERE $1 ORDER BY created, number LIMIT 50"
  [ "$(sqlite3 jobs.db "$query" | sed -n '1p;$p' | tr '\n' ' ')" = 'job-99901 job-99950 ' ]
  sqlite3 jobs.db "EXPLAIN QUERY PLAN $query" | grep -q 'SEARCH job USING INDEX by_age'
  sqlite3 jobs.db '.stats on' "SELECT count(*) FROM ($query)" | sed -n 's/^Virtual Machine Steps: *//p'
}
after='(created, number) > (99900, 99900)'
since='created >= 5'
alone=$(page "$after")
since_first=$(page "$since AND $after")
since_last=$(page "$after AND $since")

printf 'row value alone: %s\nsince, then row value: %s\nrow value, then since: %s\n' \
  "$alone" "$since_first" "$since_last"
((alone < 2000 && since_last < 2000 && since_first > 100000)) || { echo 'changed' >&2; exit 1; }
