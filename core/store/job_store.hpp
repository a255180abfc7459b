// The port to the store of jobs. persistence/ implements it with SQLite and in memory; tests/contract holds every
// implementation to it. Everything runs on one thread; references given to core outlive it.
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

/// The rows that a person asks for, in the order in which they were taken in.
struct JobQuery {
  std::optional<std::string> state;  // a state's name
  std::optional<std::string> vault;  // its name, in any case, as Azure's names are
  std::optional<std::string> vm;     // as the job file names it, in any case
  std::optional<Instant> since;      // taken in then or later
  bool oldest_first = false;
  int limit = 1000;            // 1 to 10,000
  std::optional<JobId> after;  // continue behind this job
};

/// Where jobs live. An awaited change is durable when it returns. Written so that a database shared by several hosts
/// can implement it as well as a file can: a job is worked on by whoever claimed it, and saved only over the version it
/// was loaded at.
class JobStore {
 public:
  virtual ~JobStore() = default;

  /// Adds the jobs, each with the first line of its history, all or nothing. An id that is stored already, or is given
  /// twice, is `conflict` and changes nothing.
  virtual asio::awaitable<Result<void>> insert(std::vector<NewEntry> entries) = 0;

  /// Writes `job` over the row that has `job.version`, raises the version by one, and adds the line, all or nothing.
  /// What a job is called and what it is for never changes, and need not be written again. `conflict` when the row has
  /// another version. The returned job is as saved.
  virtual asio::awaitable<Result<Job>> save(Job job, std::optional<HistoryLine> line) = 0;

  virtual asio::awaitable<Result<Job>> load(JobId id) = 0;          // not_found
  virtual asio::awaitable<Result<std::string>> spec(JobId id) = 0;  // not_found

  /// Takes up to `limit` jobs that are not at rest and that nobody has claimed; they are ours until they are at rest or
  /// given back. First those begun, by age, whatever the caps; then those queued that `admission` lets
  /// in, in the order of dequeue(). `admission` knows what is under way already; what is taken counts as well.
  /// Takes time with what is taken and with the lanes that no full cap concerns, not with the jobs that wait.
  virtual asio::awaitable<Result<std::vector<Job>>> claim(int limit, Admission admission) = 0;
  /// At start: what we had claimed before is nobody's work any more, and still ours without being claimed again. Up to
  /// `limit` of these jobs, oldest first, from behind the job `after` on. Writes nothing.
  virtual asio::awaitable<Result<std::vector<Job>>> resume(int limit, std::optional<JobId> after) = 0;
  /// Gives back what we have claimed, from behind the job `after` on: what is not to be resumed.
  virtual asio::awaitable<Result<void>> release_claims(std::optional<JobId> after) = 0;
  /// The job's place, from 1, among the queued jobs that nobody has claimed, or among those of them that count against
  /// the same `cap`. nullopt when it is not one of them.
  virtual asio::awaitable<Result<std::optional<std::int64_t>>> queue_position(JobId id,
                                                                              std::optional<ConcurrencyLimit> cap) = 0;

  virtual asio::awaitable<Result<std::vector<Job>>> list(JobQuery query) = 0;
  /// Jobs whose id begins with `text` or whose name is `text`: of each the newest 10 at most, oldest first.
  virtual asio::awaitable<Result<std::vector<Job>>> find(std::string text) = 0;
  virtual asio::awaitable<Result<std::vector<HistoryLine>>> history(JobId id) = 0;
  /// How many jobs there are in each state that has any.
  virtual asio::awaitable<Result<std::vector<std::pair<std::string, std::int64_t>>>> count_by_state() = 0;
};

}  // namespace azrestored
