// Changing jobs: every INSERT and UPDATE. Used by SqliteStore on its writer thread, inside a transaction that it
// neither begins nor ends. Promises as in core/ports.hpp: an Error that is returned has changed nothing; a failure of
// SQLite is thrown (DatabaseFailure), and the transaction must then be rolled back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/ports.hpp"
#include "persistence/database.hpp"

namespace azrestored {

class JobWrites {
 public:
  /// `owner` is who we are in claims.
  JobWrites(Database& database, std::string owner);

  Result<void> insert(const NewJob& job, const HistoryLine& line);
  Result<Job> save(Job job, const std::optional<HistoryLine>& line);
  Result<std::vector<Job>> claim(int limit);
  Result<void> release_claims();

 private:
  void add_line(const JobId& id, const HistoryLine& line);

  std::string owner_;
  Statement insert_;
  Statement insert_spec_;
  Statement insert_line_;
  Statement save_;
  Statement claim_;
  Statement release_;
};

}  // namespace azrestored
