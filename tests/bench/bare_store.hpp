// The reference for the store: the same rows in the same schema, written with prepared statements only, in transactions
// of a given size, with texts made beforehand.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/job/job.hpp"
#include "persistence/sqlite/database.hpp"

namespace azrestored::bench {

/// A row as it is bound; the caller increments `version`.
struct BareRow {
  JobId id;
  std::string state;
  std::string members;
  std::string progress;
  std::int64_t version = 0;
};

class BareStore {
 public:
  explicit BareStore(const std::string& path);

  void begin() { database_.execute("BEGIN IMMEDIATE"); }
  void commit() { database_.execute("COMMIT"); }
  void insert(const JobId& id, const std::string& name, const std::string& vm, const std::string& spec);
  void update(const BareRow& row);

 private:
  void add_line(const JobId& id, const std::string& to);

  Database database_;
  Statement insert_;
  Statement insert_spec_;
  Statement insert_line_;
  Statement update_;
};

/// Reads and parses the files of `from`, inserts `group` of them at a time, renames them into `to`, and syncs both
/// folders for each group. Returns jobs per second.
double take_in_barely(const std::filesystem::path& from, const std::filesystem::path& to, const std::string& database,
                      std::size_t group);

}  // namespace azrestored::bench
