// What the store is compared with: the same rows in the same schema, written by nothing but prepared statements in
// transactions of a given size, with the texts made beforehand.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/job/job.hpp"
#include "persistence/sqlite/database.hpp"

namespace azrestored::bench {

/// A row as it is bound; `version` is raised by the caller.
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

/// Files of `from`, read, parsed, inserted `group` at a time and renamed into `to`, both folders made durable as often.
/// Jobs a second.
double take_in_barely(const std::filesystem::path& from, const std::filesystem::path& to, const std::string& database,
                      std::size_t group);

}  // namespace azrestored::bench
