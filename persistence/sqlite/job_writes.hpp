// Writes jobs: every INSERT and UPDATE except those of claims (job_claims.hpp). SqliteStore calls it on its writer
// thread, inside a transaction; it neither begins nor ends one. Promises as in core/store/job_store.hpp: if a call
// returns an Error, nothing was changed. A failure of SQLite is thrown (DatabaseFailure); the caller must then roll
// back the transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/job/job.hpp"
#include "core/job/new_job.hpp"
#include "persistence/sqlite/database.hpp"

namespace azrestored {

/// The JSON columns of a row. Made in advance on any thread, because all callers wait for the writer thread.
struct JobTexts {
  std::string members;
  std::string progress;
};
JobTexts texts_of(const Job& job);

/// A job to insert.
struct NewRow {
  NewEntry entry;
  JobTexts texts;
};

class JobWrites {
 public:
  explicit JobWrites(Database& database);

  /// All of them, or none.
  Result<void> insert(const std::vector<NewRow>& rows);
  Result<Job> save(Job job, const JobTexts& texts, const std::optional<HistoryLine>& line);

 private:
  void insert_row(const NewRow& row);
  void add_line(const JobId& id, const HistoryLine& line);

  Statement is_stored_;
  Statement insert_;
  Statement insert_spec_;
  Statement insert_line_;
  Statement save_;
  Statement save_in_state_;
};

}  // namespace azrestored
