// Holds back the restores of a vault that has reached its limit of restores in 24 hours (azure-backup-api.md 9.4). Every
// further POST would only be refused. After the wait one job sends its POST first; the others of the vault follow when
// Azure has accepted it, or wait again. A value; one thread.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/azure/problem.hpp"
#include "core/base/instant.hpp"
#include "core/job/job.hpp"

namespace azrestored {

class RestorePauses {
 public:
  struct Wait {
    Problem problem;
    Millis time;
  };

  /// The vault of this job has reached its limit. `wait`: until the next POST.
  void limit_reached(const Job& job, const Problem& problem, Instant now, Millis wait);
  /// Azure gave another answer to a POST of this job: the vault is below its limit again.
  void passed(const Job& job) { pauses_.erase(key_of(job)); }
  /// A job of an earlier daemon that waits for this reason: its row is all that is left of the pause.
  void resumed(const Job& job, Instant now);

  /// How long the job has to wait before its POST; nullopt if it may send it now.
  [[nodiscard]] std::optional<Wait> wait_of(const Job& job, Instant now);

 private:
  struct Pause {
    Instant until{};
    JobId first;  // the job that sends its POST first; "" before `until`
    Instant first_since{};
    JobId reason;  // the job that met the limit
    std::string code;
  };
  static std::string key_of(const Job& job);

  std::map<std::string, Pause> pauses_;
};

}  // namespace azrestored
