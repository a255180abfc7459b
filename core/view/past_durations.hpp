// How long restores like a job's took lately, as the succeeded jobs of its vault tell: what to expect of one of which
// Azure tells nothing. Asks the store at most once a minute for each vault, and only for the newest of a month, so that
// a list of many jobs costs little more than without. Used by the control socket's routes, on the store's thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/instant.hpp"
#include "core/job/job.hpp"
#include "core/store/job_store.hpp"

namespace azrestored {

class PastRuns {
 public:
  /// The store outlives this object and every question in progress.
  explicit PastRuns(JobStore& store) : store_(store) {}

  /// From the request to the end: the median of the VM's own restores of this type, else of the vault's. nullopt when
  /// there are none, or the store cannot tell.
  asio::awaitable<std::optional<Millis>> usual(Job job, Instant now);

 private:
  struct Run {
    std::string vm;
    std::string recovery_type;
    Millis took{};
  };
  struct Known {
    Instant read{};
    std::vector<Run> runs;
  };

  asio::awaitable<std::vector<Run>> read(std::string vault_name, Instant now);
  static std::optional<Millis> median(const std::vector<Run>& runs, const Job& job, bool same_vm);

  JobStore& store_;
  std::map<std::string, Known> by_vault_;  // by the vault's name, in lower case
};

}  // namespace azrestored
