// Removes jobs that finished long ago: the only DELETEs of jobs. SqliteStore calls it on its writer thread, inside a
// transaction; it neither begins nor ends one. Promises as in core/store/finished_jobs.hpp. A failure of SQLite is
// thrown (DatabaseFailure); the caller must then roll back the transaction.
#pragma once

#include <vector>

#include "core/store/finished_jobs.hpp"
#include "persistence/sqlite/database.hpp"

namespace azrestored {

class JobRemovals {
 public:
  explicit JobRemovals(Database& database);

  std::vector<JobId> finished(Instant before, int limit);
  int remove(const std::vector<JobId>& ids, Instant before);

 private:
  Statement finished_;
  Statement is_finished_;
  Statement remove_lines_;
  Statement remove_spec_;
  Statement remove_job_;
};

}  // namespace azrestored
