// The schema's history: migrations/NNNN_what.sql, embedded at build time, applied in order, each in a transaction that
// also raises `user_version`. A released migration is never edited. schema.sql shows what all of them together give.
#pragma once

#include <span>
#include <string_view>

#include "persistence/sqlite/database.hpp"

namespace azrestored {

struct Migration {
  int number;  // from 1, without gaps: the user_version it leads to
  std::string_view file;
  std::string_view sql;
};

/// Every migration this program knows.
std::span<const Migration> migrations();

/// Refuses what is not ours to use: a file that is no database (corrupt), a database of another program's, or one that
/// a newer version of this program has written (refused). Only reads.
void identify(Database& database, const std::string& path, std::span<const Migration> known);

/// Refuses a damaged database (corrupt). Only reads, but reads the whole file: 1 GB takes seconds.
void check_health(Database& database, const std::string& path);

/// Brings an examined database up to the last of `known`.
void migrate(Database& database, std::span<const Migration> known);

/// The version it is at: 0 when empty.
int schema_version(Database& database);

}  // namespace azrestored
