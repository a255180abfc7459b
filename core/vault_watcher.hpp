// Watches the restore jobs of one vault (or of its secondary region): one list per interval for all of them, however
// many (API.md 9.2: reads are counted per action and hour, so list, do not get). Tells each watched job when its backup
// job's status word changes, has ended, or is missing from the list. Runs only while it watches somebody.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "core/arm_session.hpp"
#include "core/policy.hpp"
#include "core/ports.hpp"

namespace azrestored {

class VaultWatcher {
 public:
  /// Called on the loop with what the list said of a watched job.
  using Deliver = std::function<void(const JobId&, JobListed)>;

  VaultWatcher(JobPlace place, ArmSession& arm, Clock& clock, IdSource& ids, Observer& observer, const Policy& policy,
               Deliver deliver);

  void watch(const JobId& id, const std::string& azure_job_id, Instant posted_at);
  void unwatch(const JobId& id);
  [[nodiscard]] bool idle() const { return watched_.empty(); }

  /// Lists until nobody is watched or stop() is called.
  asio::awaitable<void> run();
  void stop();

 private:
  struct Watched {
    JobId id;
    Instant posted_at{};
    std::string status;  // last told
  };

  asio::awaitable<void> list_once();
  void tell(const std::vector<JobRow>& rows);

  const JobPlace place_;
  ArmSession& arm_;
  Clock& clock_;
  IdSource& ids_;
  Observer& observer_;
  const Policy& policy_;
  const Deliver deliver_;
  std::unique_ptr<Alarm> alarm_;
  std::map<std::string, Watched> watched_;  // by backup job id, lower case
  int failures_ = 0;
  Instant due_{};
  bool stopping_ = false;
};

}  // namespace azrestored
