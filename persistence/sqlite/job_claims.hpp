// Claims jobs in the order in which they start, and releases claims. SqliteStore calls it on its writer thread, inside
// a transaction; it neither begins nor ends one. Promises as in core/store/job_store.hpp. A failure of SQLite is thrown
// (DatabaseFailure); the caller must then roll back the transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/admission/admission.hpp"
#include "core/base/result.hpp"
#include "core/job/job.hpp"
#include "persistence/sqlite/database.hpp"

namespace azrestored {

class JobClaims {
 public:
  /// `owner` names this daemon in claims.
  JobClaims(Database& database, std::string owner);

  Result<std::vector<Job>> claim(int limit, Admission admission);
  Result<std::vector<Job>> resume(int limit, const std::optional<JobId>& after);
  Result<void> release(const std::optional<JobId>& after);

 private:
  std::vector<Job> take(Cursor rows);
  void claim_queued(int limit, Admission& admission, std::vector<Job>& jobs);
  std::vector<LaneFront> open_lanes(const Admission& admission);
  std::optional<LaneFront> head_from(const std::string& lane);

  std::string owner_;
  Statement claim_begun_;
  Statement claim_one_;
  Statement head_;
  Statement resume_;
  Statement release_;
};

}  // namespace azrestored
