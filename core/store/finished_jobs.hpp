// What core/engine/retention.hpp needs of the world: the jobs that have ended, and the files they came in. Promises as in
// core/store/job_store.hpp.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/job/job.hpp"

namespace azrestored {

namespace asio = boost::asio;

/// Implemented by the stores.
class FinishedJobs {
 public:
  virtual ~FinishedJobs() = default;

  /// Jobs in a final state that ended before then, the first to end at the front; at most `limit`.
  virtual asio::awaitable<Result<std::vector<JobId>>> finished(Instant before, int limit) = 0;
  /// Removes those of them that ended before then, and still are final: the job, its file and its history, all or
  /// nothing. How many there were.
  virtual asio::awaitable<Result<int>> remove(std::vector<JobId> ids, Instant before) = 0;
};

/// The job files as they were dropped.
class Originals {
 public:
  virtual ~Originals() = default;
  /// Removes what there is of them; durable on return.
  virtual asio::awaitable<Result<void>> remove(std::vector<JobId> ids) = 0;
};

}  // namespace azrestored
