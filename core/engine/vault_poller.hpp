// Polls the restore jobs of one vault, or of its secondary region, with one list for all of them: Azure counts reads
// per action and hour (azure-backup-api.md 9.2). It reports to each watched job when the status of its backup job
// changes, when the backup job has ended, and when the list does not contain it. It reports to a job that polls its
// operation which backup job has its request id. It runs only while it watches a job.
//
// The list is read every polling.jobInterval, or more often if many restores run, as far as Azure's quota allows. Each
// page waits for quota separately, so that one poller does not delay the pollers of other vaults.
// The list is sorted newest first, and most running restores are recent, so the poller seldom reads it to its end. The
// more watched jobs are on the older pages, the more often it reads these.
// While quota is scarce, a list waits until a watched job has run as long as this vault's shortest restores. Unused
// quota is spent on details (DetailsRequested), the oldest first.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "core/arm/arm_client.hpp"
#include "core/base/clock.hpp"
#include "core/base/id_source.hpp"
#include "core/base/instant.hpp"
#include "core/engine/duration_statistics.hpp"
#include "core/http/message.hpp"
#include "core/job/event.hpp"
#include "core/job/job.hpp"
#include "core/job/observer.hpp"
#include "core/job/policy.hpp"
#include "core/job/retry.hpp"

namespace azrestored {

class VaultPoller {
 public:
  /// Called on the loop with an event for a watched job: JobListed, SearchFound or DetailsRequested.
  using Deliver = std::function<void(const JobId&, Event)>;

  VaultPoller(RestoreScope scope, ArmClient& arm, Clock& clock, IdSource& ids, Observer& observer, const Policy& policy,
              Deliver deliver);

  /// Watches a job whose backup job is known, or a job in polling, whose backup job is found by the request id.
  void watch(const Job& job);
  void unwatch(const Job& job);
  [[nodiscard]] bool idle() const { return tracked_.empty() && unconfirmed_.empty(); }

  /// When the next list is due. In the past while a list waits for quota.
  [[nodiscard]] Instant due() const { return due_; }

  /// Lists until no job is watched or stop() is called.
  asio::awaitable<void> run();
  void stop();

 private:
  struct TrackedJob {
    JobId id;
    Instant posted_at{};
    Instant offered_at{};  // when its details were last requested
    std::string status;    // last reported
  };
  struct UnconfirmedJob {
    JobId id;
    Instant posted_at{};
    bool published = false;
  };
  using Notifications = std::vector<std::pair<JobId, Event>>;

  asio::awaitable<void> list_once();
  [[nodiscard]] bool can_stop_early(const PagedList<JobRow>& list) const;
  void publish(const PagedList<JobRow>& list);
  void publish_failure(const Event& failure, Moment moment);
  void add_found(const std::vector<JobRow>& rows, Notifications& notifications);
  void request_details(Notifications& notifications);
  void learn(const JobRow& row);
  [[nodiscard]] HttpRequest list_request() const;
  [[nodiscard]] Instant next_due(Instant now) const;
  [[nodiscard]] Instant oldest_post() const;

  const RestoreScope scope_;
  ArmClient& arm_;
  Clock& clock_;
  IdSource& ids_;
  Observer& observer_;
  const Policy& policy_;
  const Deliver deliver_;
  std::unique_ptr<Timer> timer_;
  std::map<std::string, TrackedJob> tracked_;          // by backup job id, lower case
  std::map<std::string, UnconfirmedJob> unconfirmed_;  // by request id, lower case
  DurationStatistics durations_;
  int failures_ = 0;
  Millis clock_offset_{};  // Azure's clock minus ours, from the last list
  Instant due_{};
  int whole_pages_ = 0;  // pages of the last list that was read to its end; 0: none yet
  int part_lists_ = 0;   // lists since then
  bool stopping_ = false;
};

}  // namespace azrestored
