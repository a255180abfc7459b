// Removing jobs that ended long ago: the only DELETEs of jobs. Used by SqliteStore on its writer thread, inside a
// transaction that it neither begins nor ends. Promises as in core/store/finished_jobs.hpp; a failure of SQLite is thrown
// (DatabaseFailure), and the transaction must then be rolled back.
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
