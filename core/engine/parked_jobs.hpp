// Jobs that only wait: for a far instant, or for news of their backup job. What is left of each in memory is an entry
// here, a few hundred bytes, in the place of a runner with its coroutine and the whole job; the row has the rest. One
// order by time serves them all, so that one alarm does.
//
// An entry is parked, then offered (its row is being loaded), then taken (a runner has the job). News that comes before
// it is taken stays with it: nothing is lost on the way. Used by the Supervisor alone, on its thread; it neither waits
// nor reads.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "core/job/event.hpp"

namespace azrestored {

class ParkedJobs {
 public:
  struct Entry {
    Instant due{};                         // when the job goes on by itself
    bool hold_events = false;              // for `due`, too: the jobs of a restart go on one by one
    bool accepts_detail_requests = false;  // a person's look brings its next read forward
    bool changed = false;                  // a command has changed the row since
    std::vector<Event> pending_events;     // oldest first
  };

  /// `id` is not parked yet. An entry that has mail, or was changed, is offered at once.
  void park(const JobId& id, Entry entry);

  /// nullptr when it is not parked.
  [[nodiscard]] const Entry* find(const JobId& id) const;
  [[nodiscard]] std::size_t size() const { return parked_.size(); }

  // Of a parked job.
  void deliver(const JobId& id, Event event);
  void changed(const JobId& id);
  /// It is to be offered again, at `at`: its row could not be loaded.
  void postpone(const JobId& id, Instant at);
  Entry take(const JobId& id);

  /// The next job whose time has come: by time, then in the order of its parking. Offered once.
  std::optional<JobId> pop_due(Instant now);
  /// When offer() will have one; nullopt: only after one of the calls above.
  [[nodiscard]] std::optional<Instant> next_at() const;

 private:
  using Order = std::multimap<Instant, const JobId*>;
  struct Parked {
    Entry entry;
    std::optional<Order::iterator> place;  // none while it is offered
  };
  using Jobs = std::map<JobId, Parked>;

  void place(Jobs::iterator job, Instant at);
  void expedite(Jobs::iterator job);
  void unlink(Parked& job);

  Jobs parked_;
  Order order_;
};

}  // namespace azrestored
