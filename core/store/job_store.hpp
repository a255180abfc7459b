// The port to the store of jobs. persistence/ implements it with SQLite and in memory; tests/contract tests every
// implementation. One thread; the store outlives every object that has a reference to it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/admission/admission.hpp"
#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/job/job.hpp"
#include "core/job/new_job.hpp"

namespace azrestored {

namespace asio = boost::asio;

/// Selects the rows of list(), newest first by default: those that match every member that is set.
struct JobQuery {
  std::optional<std::string> state;  // a state's name
  std::optional<std::string> vault;  // the vault's name; case does not matter
  std::optional<std::string> vm;     // the VM as the job file names it; case does not matter
  std::optional<Instant> since;      // created at this time or later
  bool oldest_first = false;
  int limit = 1000;            // 1 to 10,000
  std::optional<JobId> after;  // only rows that follow this job
};

/// The stored jobs. A change is durable when its call returns. The contract allows both a file and a database that
/// several hosts share: only the owner of a claim works on a job, and a save must name the version that was loaded.
class JobStore {
 public:
  virtual ~JobStore() = default;

  /// Adds the jobs with the first lines of their histories, all or nothing. `conflict`, without any change, if an id is
  /// already stored or is given twice.
  virtual asio::awaitable<Result<void>> insert(std::vector<NewEntry> entries) = 0;

  /// Replaces the row, increases its version by one, and adds the line, all or nothing. `conflict` if the row does not
  /// have `job.version`. The job's name, vault, VM and creation time never change, so they need not be written. Returns
  /// the job as saved.
  virtual asio::awaitable<Result<Job>> save(Job job, std::optional<HistoryLine> line) = 0;

  virtual asio::awaitable<Result<Job>> load(JobId id) = 0;          // not_found
  virtual asio::awaitable<Result<std::string>> spec(JobId id) = 0;  // not_found

  /// Claims up to `limit` unclaimed jobs that are not at rest, for this daemon, until they are at rest or released.
  /// First jobs that have begun, oldest first, regardless of limits. Then queued jobs that `admission` admits, in the
  /// order of dequeue(). `admission` holds the counts of the active jobs; the claimed jobs are added to these.
  /// The duration depends on the number of claimed jobs and of lanes below their limits, not on that of waiting jobs.
  virtual asio::awaitable<Result<std::vector<Job>>> claim(int limit, Admission admission) = 0;
  /// For the start of the daemon: up to `limit` of the jobs that the previous daemon had claimed, oldest first, from
  /// the one that follows `after`. They stay claimed. Writes nothing.
  virtual asio::awaitable<Result<std::vector<Job>>> resume(int limit, std::optional<JobId> after) = 0;
  /// Releases this daemon's claims on the jobs that follow `after`.
  virtual asio::awaitable<Result<void>> release_claims(std::optional<JobId> after) = 0;
  /// The job's queue position, from 1, among the unclaimed queued jobs, or among those of them that count against the
  /// same `cap`. nullopt if the job is not one of them.
  virtual asio::awaitable<Result<std::optional<std::int64_t>>> queue_position(JobId id,
                                                                              std::optional<ConcurrencyLimit> cap) = 0;

  virtual asio::awaitable<Result<std::vector<Job>>> list(JobQuery query) = 0;
  /// The newest 10 jobs whose id begins with `text` and the newest 10 whose name is `text`, oldest first.
  virtual asio::awaitable<Result<std::vector<Job>>> find(std::string text) = 0;
  virtual asio::awaitable<Result<std::vector<HistoryLine>>> history(JobId id) = 0;
  /// The number of jobs in each state that has jobs.
  virtual asio::awaitable<Result<std::vector<std::pair<std::string, std::int64_t>>>> count_by_state() = 0;
};

}  // namespace azrestored
