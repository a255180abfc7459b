// Reads the jobs of a database that no daemon has open, for azrestorectl. It never writes and does not take the
// daemon's lock. Calls block until they are done. One thread uses an object.
#pragma once

#include <string>
#include <vector>

#include "core/admission/limits.hpp"
#include "core/base/result.hpp"
#include "core/job/job.hpp"
#include "core/store/job_store.hpp"
#include "persistence/sqlite/database.hpp"
#include "persistence/sqlite/job_reads.hpp"

namespace azrestored {

class ReadOnlyStore {
 public:
  /// `refused` if there is no such file, or if it belongs to another program or another version of azrestored;
  /// `corrupt` and `transient` as in DatabaseFailure.
  static Result<ReadOnlyStore> open(const std::string& path);

  // As in core/store/job_store.hpp.
  Result<std::vector<Job>> list(const JobQuery& query);
  Result<Job> load(const JobId& id);
  Result<std::vector<Job>> find(const std::string& text);
  Result<std::vector<HistoryLine>> history(const JobId& id);
  Result<std::optional<std::int64_t>> place_in_line(const JobId& id, std::optional<Cap> cap);
  Result<StateCounts> count_by_state();

 private:
  explicit ReadOnlyStore(Database database);

  Database database_;
  JobReads reads_;
};

}  // namespace azrestored
