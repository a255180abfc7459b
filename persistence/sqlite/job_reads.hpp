// Reads jobs: every SELECT, and the only function that makes a Job from a row. Used by SqliteStore on its writer
// thread, and by ReadOnlyStore. Promises as in core/store/job_store.hpp. A failure of SQLite is thrown
// (DatabaseFailure). A row that cannot be read is an Error of kind `corrupt` that names the job.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/admission/limits.hpp"
#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/job/job.hpp"
#include "core/store/job_store.hpp"
#include "persistence/sqlite/database.hpp"

namespace azrestored {

using StateCounts = std::vector<std::pair<std::string, std::int64_t>>;

/// The columns of a job after its id, in the order that read_job() expects and job_writes.cpp binds.
extern const std::string job_body_columns;

Result<Job> read_job(const Cursor& row);
/// One job for every row. The first row that cannot be read is returned as the error.
Result<std::vector<Job>> read_jobs(Cursor& rows);

class JobReads {
 public:
  explicit JobReads(Database& database);

  Result<Job> load(const JobId& id);
  Result<std::string> spec(const JobId& id);
  Result<std::vector<Job>> list(const JobQuery& query);
  Result<std::vector<Job>> find(const std::string& text);
  Result<std::vector<HistoryLine>> history(const JobId& id);
  Result<std::optional<std::int64_t>> queue_position(const JobId& id, std::optional<ConcurrencyLimit> cap);
  StateCounts count_by_state();
  /// When a job last succeeded, if it is one of the 100,000 jobs that finished last.
  std::optional<Instant> last_success();

 private:
  Statement load_;
  Statement spec_;
  std::vector<Statement> lists_;  // by which_list()
  Statement find_;
  Statement history_;
  Statement in_line_;
  Statement up_to_;
  Statement count_;
  Statement last_success_;
};

}  // namespace azrestored
