// Changing jobs: every INSERT and UPDATE but those of claims (job_claims.hpp). Used by SqliteStore on its writer
// thread, inside a transaction that it neither begins nor ends. Promises as in core/ports.hpp: an Error that is
// returned has changed nothing; a failure of SQLite is thrown (DatabaseFailure), and the transaction must then be
// rolled back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/ports.hpp"
#include "persistence/database.hpp"

namespace azrestored {

class JobWrites {
 public:
  explicit JobWrites(Database& database);

  Result<void> insert(const NewJob& job, const HistoryLine& line);
  Result<Job> save(Job job, const std::optional<HistoryLine>& line);

 private:
  void add_line(const JobId& id, const HistoryLine& line);

  Statement insert_;
  Statement insert_spec_;
  Statement insert_line_;
  Statement save_;
};

}  // namespace azrestored
