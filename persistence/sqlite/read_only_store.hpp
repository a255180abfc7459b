// The jobs of a database that no daemon has open, for azrestorectl: the store's port, of which what would write is
// refused. Reads, never changes, takes no lock on the daemon's lock file. A call does all its work before its awaitable
// suspends; one thread uses an object.
#pragma once

#include <memory>
#include <string>

#include "core/store/job_store.hpp"
#include "persistence/sqlite/database.hpp"
#include "persistence/sqlite/job_reads.hpp"

namespace azrestored {

class ReadOnlyStore final : public JobStore {
 public:
  /// `refused` when there is no such file, or it is of another program, or of another version of this one; corrupt and
  /// transient as DatabaseFailure says.
  static Result<std::unique_ptr<ReadOnlyStore>> open(const std::string& path);

  asio::awaitable<Result<Job>> load(JobId id) override;
  asio::awaitable<Result<std::string>> spec(JobId id) override;
  asio::awaitable<Result<std::vector<Job>>> list(JobQuery query) override;
  asio::awaitable<Result<std::vector<Job>>> find(std::string text) override;
  asio::awaitable<Result<std::vector<HistoryLine>>> history(JobId id) override;
  asio::awaitable<Result<std::optional<std::int64_t>>> queue_position(JobId id,
                                                                      std::optional<ConcurrencyLimit> cap) override;
  asio::awaitable<Result<StateCounts>> count_by_state() override;

  // `refused`.
  asio::awaitable<Result<void>> insert(std::vector<NewEntry> entries) override;
  asio::awaitable<Result<Job>> save(Job job, std::optional<HistoryLine> line) override;
  asio::awaitable<Result<std::vector<Job>>> claim(int limit, Admission admission) override;
  asio::awaitable<Result<std::vector<Job>>> resume(int limit, std::optional<JobId> after) override;
  asio::awaitable<Result<void>> release_claims(std::optional<JobId> after) override;

 private:
  explicit ReadOnlyStore(Database database);

  Database database_;
  JobReads reads_;
};

}  // namespace azrestored
