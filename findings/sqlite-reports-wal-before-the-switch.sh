#!/bin/bash
# Expected: the row "wal" that PRAGMA journal_mode = WAL returns says that the database is in that mode. By the
#   manual, the row names the old mode if the switch could not be completed.
# Seen: the row comes before the switch is committed. When a disk error ends the commit, only the *next* sqlite3_step
#   (or sqlite3_reset) returns it: a program that takes the one row and drops later results sees nothing. A second
#   PRAGMA journal_mode still returns "wal". The next write succeeds, with a rollback journal, and after it the pragma
#   returns "delete". In that mode a commit is final by the removal of a file, which is a weaker promise after a power
#   cut.
# Version: SQLite 3.40.1-2+deb12u2 (Debian 12).
# Output (byte 18 of the file: 1 rollback journal, 2 write-ahead log):
#   healthy disk: row wal, byte 18 then 1; reset ok; asked again wal; insert ok; asked again wal
#   one failed removal: row wal, byte 18 then 1; reset disk I/O error; asked again wal; insert ok; asked again delete
# azrestored: asks for the mode a second time after its first write, and does not use a store that is not in WAL mode.
# The disk error is one failed removal of the journal, by a VFS that passes on everything else.
# Needs: cc and libc6-dev of the machine.
# Exit status: 0 as described, 1 changed, 2 could not be tried.
set -Eeuo pipefail
trap 'echo "could not be tried (line $LINENO)" >&2; exit 2' ERR
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in {libsqlite3-0,libsqlite3-dev}=3.40.1-2+deb12u2; do
  apt-get -qq -o APT::Sandbox::User=root download "$package" || { echo "cannot be had: $package" >&2; exit 2; }
done
for file in *.deb; do dpkg-deb -x "$file" root; done
libraries=$work/root/usr/lib/x86_64-linux-gnu
export LD_LIBRARY_PATH=$libraries

cat > switch.c <<'C'
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static sqlite3_vfs *disk;
static int removals_to_fail;

static int remove_file(sqlite3_vfs *vfs, const char *name, int sync_folder) {
  (void)vfs;
  if (removals_to_fail == 0) return disk->xDelete(disk, name, sync_folder);
  --removals_to_fail;
  return SQLITE_IOERR_DELETE;
}

static sqlite3_stmt *ask(sqlite3 *database, const char *sql) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) || sqlite3_step(statement) != SQLITE_ROW) exit(3);
  return statement;
}

static void print_mode(sqlite3 *database) {
  sqlite3_stmt *statement = ask(database, "PRAGMA journal_mode");
  printf("asked again %s", sqlite3_column_text(statement, 0));
  sqlite3_finalize(statement);
}

static const char *sentence(int code) { return code == SQLITE_OK ? "ok" : sqlite3_errstr(code); }

static void try_switch(const char *path, int failures) {
  sqlite3 *database;
  if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "failing")) exit(3);
  if (sqlite3_exec(database, "CREATE TABLE job (id)", NULL, NULL, NULL)) exit(3);
  removals_to_fail = failures;
  sqlite3_stmt *statement = ask(database, "PRAGMA journal_mode = WAL");
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 18, SEEK_SET)) exit(3);
  printf("row %s, byte 18 then %d; ", sqlite3_column_text(statement, 0), fgetc(file));
  fclose(file);
  printf("reset %s; ", sentence(sqlite3_reset(statement)));
  sqlite3_finalize(statement);
  print_mode(database);
  printf("; insert %s; ", sentence(sqlite3_exec(database, "INSERT INTO job VALUES (1)", NULL, NULL, NULL)));
  print_mode(database);
  printf("\n");
  sqlite3_close(database);
}

int main(void) {
  static sqlite3_vfs failing;
  disk = sqlite3_vfs_find("unix");
  failing = *disk;
  failing.zName = "failing";
  failing.xDelete = remove_file;
  if (sqlite3_vfs_register(&failing, 0)) return 3;
  printf("healthy disk: ");
  try_switch("healthy.db", 0);
  printf("one failed removal: ");
  try_switch("failed.db", 1);
  return 0;
}
C
ln -s libsqlite3.so.0 "$libraries/libsqlite3.so" 2>/dev/null || true
cc -isystem root/usr/include switch.c -o switch -L"$libraries" -lsqlite3 -lm

seen=$(./switch)
expected='healthy disk: row wal, byte 18 then 1; reset ok; asked again wal; insert ok; asked again wal
one failed removal: row wal, byte 18 then 1; reset disk I/O error; asked again wal; insert ok; asked again delete'
echo "$seen"
[ "$seen" = "$expected" ] || { printf 'changed; expected:\n%s\n' "$expected" >&2; exit 1; }
