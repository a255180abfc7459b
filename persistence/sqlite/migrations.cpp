// Checks the file before the first write, then applies the missing migrations. Their texts are in the generated
// embedded_migrations.cpp.
#include "persistence/sqlite/migrations.hpp"

namespace azrestored {
namespace {

constexpr std::int64_t our_application_id = 0x617a7264;  // as migrations/0001_jobs.sql sets it

[[noreturn]] void refuse(ErrorKind kind, std::string sentence) {
  throw DatabaseFailure(Error(kind, std::move(sentence)));
}

}  // namespace

int schema_version(Database& database) {
  return static_cast<int>(database.integer("PRAGMA user_version"));
}

void identify(Database& database, const std::string& path, std::span<const Migration> known) {
  const int version = schema_version(database);  // the first read: throws if the file is not a database
  const bool empty = database.integer("SELECT count(*) FROM sqlite_schema") == 0;
  if (version == 0 && empty) return;
  if (database.integer("PRAGMA application_id") != our_application_id) {
    refuse(ErrorKind::refused,
           path + " is an SQLite database of another program; it was not changed; set store.path to another file");
  }
  const int newest = static_cast<int>(known.size());
  if (version > newest) {
    refuse(ErrorKind::refused, "the database " + path + " is at schema version " + std::to_string(version) +
                                   ", written by a newer azrestored; this program knows versions up to " +
                                   std::to_string(newest) + "; install the newer program again");
  }
}

void check_health(Database& database, const std::string& path) {
  std::string health = database.text("PRAGMA quick_check(1)");
  // A page that could not be read differs from a damaged page only in SQLite's text ("failed to get page 11"). One
  // failed read must not be reported as damage, so the check runs a second time.
  if (health != "ok") health = database.text("PRAGMA quick_check(1)");
  if (health != "ok") {
    refuse(ErrorKind::corrupt, "the database " + path + " is damaged, or its disk fails (" + health +
                                   "); it was not changed; check the disk; restore the database from a backup, or move "
                                   "it away together with its -wal");
  }
}

void migrate(Database& database, std::span<const Migration> known) {
  const auto done = static_cast<std::size_t>(schema_version(database));
  for (const Migration& migration : known.subspan(done)) {
    Transaction transaction(database);
    database.execute(std::string(migration.sql));
    database.execute("PRAGMA user_version = " + std::to_string(migration.number));
    transaction.commit();
  }
}

}  // namespace azrestored
