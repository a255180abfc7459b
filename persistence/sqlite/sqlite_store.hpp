// The store of the daemon: jobs in one SQLite file. No other process may write to the file while this object exists.
// Promises as in core/store/job_store.hpp: an awaited change is on disk (WAL, synchronous=FULL) when the call returns.
// Any io_context's thread may call the methods; the store's own thread does the work (persistence/sqlite/writer.hpp).
// Every SQL statement about jobs is in job_reads.cpp, job_writes.cpp, job_claims.cpp and job_removals.cpp, the schema
// in migrations/.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/admission/admission.hpp"
#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/budget/budget_store.hpp"
#include "core/job/job.hpp"
#include "core/job/new_job.hpp"
#include "core/store/finished_jobs.hpp"
#include "core/store/job_store.hpp"
#include "core/store/store_health.hpp"
#include "persistence/sqlite/budget_rows.hpp"
#include "persistence/sqlite/database.hpp"
#include "persistence/sqlite/health_check.hpp"
#include "persistence/sqlite/job_claims.hpp"
#include "persistence/sqlite/job_reads.hpp"
#include "persistence/sqlite/job_removals.hpp"
#include "persistence/sqlite/job_writes.hpp"
#include "persistence/sqlite/owner_lock.hpp"
#include "persistence/sqlite/writer.hpp"

namespace azrestored {

class SqliteStore final : public JobStore, public FinishedJobs, public BudgetStore, public StoreHealth {
 public:
  /// Opens the file, or creates it in an existing folder, and brings its schema up to date. `owner` names this daemon
  /// in claims. Refuses, with a sentence and without changing it, a file that is in use, damaged, or of a newer program
  /// or another one. (A large file is checked for damage while it is in use: fatal_error().)
  static Result<std::unique_ptr<SqliteStore>> open(const std::string& path, const std::string& owner);

  /// Finishes the pending work. Destroy the store before the io_context of any caller.
  ~SqliteStore() override = default;

  asio::awaitable<Result<void>> insert(std::vector<NewEntry> entries) override;
  asio::awaitable<Result<Job>> save(Job job, std::optional<HistoryLine> line) override;
  asio::awaitable<Result<Job>> load(JobId id) override;
  asio::awaitable<Result<std::string>> spec(JobId id) override;
  asio::awaitable<Result<std::vector<Job>>> claim(int limit, Admission admission) override;
  asio::awaitable<Result<std::vector<Job>>> resume(int limit, std::optional<JobId> after) override;
  asio::awaitable<Result<void>> release_claims(std::optional<JobId> after) override;
  asio::awaitable<Result<std::optional<std::int64_t>>> queue_position(JobId id,
                                                                      std::optional<ConcurrencyLimit> cap) override;
  asio::awaitable<Result<std::vector<Job>>> list(JobQuery query) override;
  asio::awaitable<Result<std::vector<Job>>> find(std::string text) override;
  asio::awaitable<Result<std::vector<HistoryLine>>> history(JobId id) override;
  asio::awaitable<Result<StateCounts>> count_by_state() override;
  asio::awaitable<Result<std::vector<JobId>>> finished(Instant before, int limit) override;
  asio::awaitable<Result<int>> remove(std::vector<JobId> ids, Instant before) override;

  asio::awaitable<Result<std::vector<StoredBudget>>> budgets() override;
  asio::awaitable<Result<void>> save_budgets(std::vector<StoredBudget> budgets) override;

  [[nodiscard]] std::optional<Error> fatal_error() const override;
  asio::awaitable<Result<std::optional<Instant>>> last_success() override;
  [[nodiscard]] LatencyHistogram::Snapshot commit_latencies() const override { return writer_.commit_times(); }

  /// How many transactions were committed since open().
  [[nodiscard]] std::uint64_t commits() const { return writer_.commits(); }

 private:
  SqliteStore(OwnerLock lock, Database database, const std::string& owner);

  OwnerLock lock_;  // first, so destroyed last: no other daemon may open the file before it is closed
  Database database_;
  JobReads reads_;
  JobWrites writes_;
  JobClaims claims_;
  JobRemovals removals_;
  BudgetRows budgets_;
  std::optional<HealthCheck> health_;  // of a large database
  GroupCommitWriter writer_;           // last: its thread uses the five above
};

}  // namespace azrestored
