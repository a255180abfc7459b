// The duration of recent similar restores, from the succeeded jobs of the vault. It replaces an estimate that Azure
// does not give. Reads the store at most once a minute for each vault, and only the newest jobs of 30 days, so it adds
// little cost to a list of many jobs. The control socket's routes use it, on the store's thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/instant.hpp"
#include "core/job/job.hpp"
#include "core/store/job_store.hpp"

namespace azrestored {

class PastDurations {
 public:
  /// The store outlives this object and every call in progress.
  explicit PastDurations(JobStore& store) : store_(store) {}

  /// From the restore request to the end: the median of the VM's restores of this type, otherwise of the vault's.
  /// nullopt if there are none, or if the store reports an error.
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
