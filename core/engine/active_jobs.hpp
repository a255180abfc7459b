// The active jobs as the claim loop sees them: how many there are, and a way to add one. JobParking implements it for
// the daemon, a fake in tests. Called on the loop's thread; nothing here fails or waits.
#pragma once

#include <cstddef>

#include "core/base/instant.hpp"
#include "core/job/job.hpp"

namespace azrestored {

class ActiveJobs {
 public:
  virtual ~ActiveJobs() = default;

  [[nodiscard]] virtual std::size_t count() const = 0;
  [[nodiscard]] virtual bool contains(const JobId& id) const = 0;

  /// Adds a job that is not active yet. `job` is its row as it was claimed. It continues at `at` or later.
  /// `is_outdated`: a command may have changed the row after it was read.
  virtual void start(Job job, Instant at, bool is_outdated) = 0;
  /// A command has changed the row of an active job.
  virtual void changed(const JobId& id) = 0;
};

}  // namespace azrestored
