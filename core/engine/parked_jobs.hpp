// Jobs that only wait: for a distant time, or for an event of their backup job. In memory each is an entry of a few
// hundred bytes instead of a runner with its coroutine and the whole job. The row has everything else. All entries are
// in one order by time, so one timer is enough.
//
// An entry is parked, then popped (its row is being loaded), then taken (a runner has the job). Events that arrive
// before it is taken stay in the entry and are not lost. Only JobParking uses it, on its thread. Nothing here waits or
// does I/O.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "core/job/event.hpp"

namespace azrestored {

class ParkedJobs {
 public:
  struct Entry {
    Instant due{};                         // when the job continues by itself
    bool hold_events = false;              // events wait until `due`: after a restart jobs continue one by one
    bool accepts_detail_requests = false;  // an operator who looks at the job brings its next read forward
    bool changed = false;                  // a command has changed the row
    std::vector<Event> pending_events;     // oldest first
  };

  /// `id` must not be parked yet. An entry with pending events, or whose row was changed, is due at once.
  void park(const JobId& id, Entry entry);

  /// nullptr if the job is not parked.
  [[nodiscard]] const Entry* find(const JobId& id) const;
  [[nodiscard]] std::size_t size() const { return parked_.size(); }

  // The job must be parked.
  void deliver(const JobId& id, Event event);
  void changed(const JobId& id);
  /// The row could not be loaded: the job is due again at `at`.
  void postpone(const JobId& id, Instant at);
  Entry take(const JobId& id);

  /// The next due job, by time, then in order of parking. A job is returned once, and again only after postpone().
  std::optional<JobId> pop_due(Instant now);
  /// When pop_due() will return a job; nullopt if no job is waiting for a time.
  [[nodiscard]] std::optional<Instant> next_at() const;

 private:
  using Order = std::multimap<Instant, const JobId*>;
  struct Parked {
    Entry entry;
    std::optional<Order::iterator> position;  // nullopt after pop_due()
  };
  using Jobs = std::map<JobId, Parked>;

  void schedule(Jobs::iterator job, Instant at);
  void expedite(Jobs::iterator job);
  void unlink(Parked& job);

  Jobs parked_;
  Order order_;
};

}  // namespace azrestored
