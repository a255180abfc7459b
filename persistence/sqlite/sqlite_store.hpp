// The store of the daemon: jobs in one SQLite file, which nobody else may write to while this object lives.
// Promises as in core/store/job_store.hpp: an awaited change is on disk (WAL, synchronous=FULL) when it returns. The methods are
// called from any io_context's thread; the work is done by one thread of our own (persistence/sqlite/writer.hpp).
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
  /// Opens the file, making it when there is none in an existing folder, and brings its schema up to date. `owner`
  /// names us in claims. Refuses, with a sentence and without changing it: a file in use, of a newer program, of
  /// another program, or damaged. (A large one is read for damage while it is in use: fatal_error().)
  static Result<std::unique_ptr<SqliteStore>> open(const std::string& path, const std::string& owner);

  /// Finishes what was asked for. Destroyed before the io_context of any caller.
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

  OwnerLock lock_;  // first in, last out: nobody else may open the file before we have closed it
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
