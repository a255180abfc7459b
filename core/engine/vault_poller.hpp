// Watches the restore jobs of one vault (or of its secondary region): one list for all of them, however many (azure-backup-api.md
// 9.2: reads are counted per action and hour, so list, do not get). Tells each watched job when its backup job's status
// word changes, has ended, or is missing from the list, and a job that waits for its operation which backup job carries
// its request id. Runs only while it watches somebody.
//
// How often: every polling.jobInterval, or more often when so many restores run that ends come faster, while Azure's
// budget gives that; each page waits for its share of it, and the watchers of other vaults take turns with this one.
// A list that is newest first seldom needs to be read to its end: most restores that run have begun lately. Its older
// pages are read now and then, the more often the more of the watched jobs are on them.
// Budget is not spent on lists that can tell nothing: while it is scarce and no watched job has run for as long as this
// vault's restores take at least, the list waits. What is to spare goes into reading details (Watched), the longest
// unread first.
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
  /// Called on the loop with what the list said of a watched job: JobListed, SearchFound or Watched.
  using Deliver = std::function<void(const JobId&, Event)>;

  VaultPoller(RestoreScope place, ArmClient& arm, Clock& clock, IdSource& ids, Observer& observer, const Policy& policy,
              Deliver deliver);

  /// A job whose backup job is known, or, while it polls, one that will be known by its request id.
  void watch(const Job& job);
  void unwatch(const Job& job);
  [[nodiscard]] bool idle() const { return tracked_.empty() && unconfirmed_.empty(); }

  /// When the next list is to be read, or was, while it waits for its share of the budget.
  [[nodiscard]] Instant due() const { return due_; }

  /// Lists until nobody is watched or stop() is called.
  asio::awaitable<void> run();
  void stop();

 private:
  struct TrackedJob {
    JobId id;
    Instant posted_at{};
    Instant offered_at{};  // when its details were last to be read
    std::string status;    // last told
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

  const RestoreScope place_;
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
  Millis clock_offset_{};  // of our clock is the service's, as its last list said
  Instant due_{};
  int whole_pages_ = 0;  // of the last list that was read to its end; 0: none was
  int part_lists_ = 0;   // read since then
  bool stopping_ = false;
};

}  // namespace azrestored
