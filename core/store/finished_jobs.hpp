// The ports that core/engine/retention.hpp uses: the finished jobs, and their job files. A call that returned without
// an error is durable. One thread, as for core/store/job_store.hpp.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/job/job.hpp"

namespace azrestored {

namespace asio = boost::asio;

/// The stores implement it.
class FinishedJobs {
 public:
  virtual ~FinishedJobs() = default;

  /// Jobs that entered a final state before `before`, oldest end first; at most `limit`.
  virtual asio::awaitable<Result<std::vector<JobId>>> finished(Instant before, int limit) = 0;
  /// Removes those of `ids` that entered a final state before `before` and are still final: the job, its stored job
  /// file and its history, in one transaction. Returns the number of removed jobs.
  virtual asio::awaitable<Result<int>> remove(std::vector<JobId> ids, Instant before) = 0;
};

/// The original job files in the spool.
class Originals {
 public:
  virtual ~Originals() = default;
  /// Removes the files that exist; durable on return.
  virtual asio::awaitable<Result<void>> remove(std::vector<JobId> ids) = 0;
};

}  // namespace azrestored
