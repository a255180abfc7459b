// The migrations of the schema: migrations/NNNN_what.sql, embedded at build time and applied in order. The transaction
// of each also sets `user_version`. A released migration is never edited. schema.sql shows the result of all of them.
#pragma once

#include <span>
#include <string_view>

#include "persistence/sqlite/database.hpp"

namespace azrestored {

struct Migration {
  int number;  // from 1, without gaps: the user_version after it
  std::string_view file;
  std::string_view sql;
};

/// All migrations that this program knows.
std::span<const Migration> migrations();

/// Throws for a file that azrestored must not use: one that is not a database (`corrupt`), a database of another
/// program or of a newer azrestored (`refused`). Only reads.
void identify(Database& database, const std::string& path, std::span<const Migration> known);

/// Throws for a damaged database (`corrupt`). Only reads, but the whole file: 1 GB takes seconds.
void check_health(Database& database, const std::string& path);

/// Upgrades a database that identify() accepted to the last of `known`.
void migrate(Database& database, std::span<const Migration> known);

/// The version of the schema: 0 for an empty database.
int schema_version(Database& database);

}  // namespace azrestored
