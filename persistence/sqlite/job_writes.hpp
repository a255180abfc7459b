// Changing jobs: every INSERT and UPDATE but those of claims (job_claims.hpp). Used by SqliteStore on its writer
// thread, inside a transaction that it neither begins nor ends. Promises as in core/store/job_store.hpp: an Error that is
// returned has changed nothing; a failure of SQLite is thrown (DatabaseFailure), and the transaction must then be
// rolled back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/job/job.hpp"
#include "core/job/new_job.hpp"
#include "persistence/sqlite/database.hpp"

namespace azrestored {

/// What a row keeps as JSON. Made beforehand, on any thread: the writer thread is the one that everybody waits for.
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
