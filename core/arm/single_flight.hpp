// Single flight with a cache: the first caller reads, callers that arrive meanwhile wait for that read, and the result
// is kept for `kept_for`. A failure goes to all waiting callers and is not kept. One thread; the object must outlive
// every caller. VaultCache decides what is read and how long a result is valid.
//
// cancel_wait() ends the wait of a caller, for example after a command for its job. A caller that reads always
// finishes, because others may wait for it.
//
// A caller never receives two results of another caller's read: a refusal, and a result that it has already rejected.
// In both cases the read may have ended before this caller asked. Reads are numbered, so that "newer than the one I
// have seen" needs no clock.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <variant>

#include "core/base/clock.hpp"
#include "core/base/instant.hpp"
#include "core/job/event.hpp"
#include "core/job/job.hpp"

namespace azrestored {

/// How fresh another caller's result must be.
struct Freshness {
  Instant not_before{};          // the read began at this time or later
  std::uint64_t newer_than = 0;  // the read has a higher number; 0: any
};

template <class Value>
class SingleFlightCache {
 public:
  using Outcome = std::variant<std::shared_ptr<const Value>, Event>;
  using MakeRead = std::function<asio::awaitable<Outcome>()>;

  struct Entry {
    Outcome outcome;
    std::uint64_t number = 0;
    bool own = false;  // this caller made the read
  };

  /// With `kept_for` zero nothing is shared: every caller reads.
  SingleFlightCache(Clock& clock, Millis kept_for) : clock_(clock), kept_for_(kept_for) {}

  /// The result of `read`, or of another caller's read with the same key; RequestWithdrawn after cancel_wait().
  asio::awaitable<Entry> get(std::string key, JobId who, Freshness wanted, MakeRead read);

  [[nodiscard]] bool shares() const { return kept_for_ > Millis(0); }
  void cancel_wait(const JobId& who);
  /// True if the job waits for a read, its own or another's.
  [[nodiscard]] bool is_waiting(const JobId& who) const;

  /// Removes results that are too old for any caller.
  void evict_expired() {
    std::erase_if(reads_, [this](const auto& entry) { return entry.second->over && !is_kept(*entry.second); });
  }
  [[nodiscard]] std::size_t kept() const { return reads_.size(); }

 private:
  /// One waiting caller.
  struct Slot {
    Timer* timer = nullptr;
    bool cancel_wait = false;
  };
  using Slots = std::multimap<JobId, Slot>;
  struct Read {
    std::uint64_t number = 0;
    Instant began_at{};
    bool over = false;
    std::optional<Outcome> outcome;  // empty although it is over: the reader was destroyed
    JobId reader;
    Slots waiting;
  };

  /// Wakes all waiting callers when the reader ends, for any reason.
  class Reading {
   public:
    explicit Reading(std::shared_ptr<Read> read) : read_(std::move(read)) {}
    ~Reading() {
      read_->over = true;
      for (const auto& [who, slot] : read_->waiting) slot.timer->notify();
    }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

   private:
    const std::shared_ptr<Read> read_;
  };

  /// Registers a waiting caller for its lifetime.
  class Waiting {
   public:
    Waiting(std::shared_ptr<Read> read, const JobId& who, Timer& timer)
        : read_(std::move(read)), slot_(read_->waiting.emplace(who, Slot{&timer})) {}
    ~Waiting() { read_->waiting.erase(slot_); }
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;

    [[nodiscard]] bool cancel_wait() const { return slot_->second.cancel_wait; }

   private:
    const std::shared_ptr<Read> read_;
    const typename Slots::iterator slot_;
  };

  asio::awaitable<Entry> read_now(std::string key, JobId who, MakeRead read);
  /// False after cancel_wait().
  asio::awaitable<bool> wait_for(std::shared_ptr<Read> read, JobId who);

  [[nodiscard]] bool is_kept(const Read& read) const {
    const Millis age = clock_.now() - read.began_at;  // negative when the clock was set back
    return read.outcome && std::holds_alternative<std::shared_ptr<const Value>>(*read.outcome) && age >= Millis(0) &&
           age < kept_for_;
  }
  /// A read that is newer than one that the caller has received began after the caller's request.
  static bool is_wanted(const Read& read, const Freshness& wanted) {
    if (wanted.newer_than > 0) return read.number > wanted.newer_than;
    const auto* event = std::get_if<Event>(&*read.outcome);
    if (event != nullptr) return !std::holds_alternative<ReadRefused>(event->what);
    return read.began_at >= wanted.not_before;
  }

  Clock& clock_;
  const Millis kept_for_;
  std::uint64_t last_number_ = 0;
  std::map<std::string, std::shared_ptr<Read>> reads_;  // the latest read of each key
};

template <class Value>
asio::awaitable<typename SingleFlightCache<Value>::Entry> SingleFlightCache<Value>::get(std::string key, JobId who,
                                                                                        Freshness wanted,
                                                                                        MakeRead read) {
  for (;;) {
    const auto found = reads_.find(key);
    const std::shared_ptr<Read> latest = found == reads_.end() ? nullptr : found->second;
    const bool under_way = latest && !latest->over;
    if (under_way) {
      const bool stays = co_await wait_for(latest, who);
      if (!stays) co_return Entry{Event(RequestWithdrawn{}), 0, false};
    }
    const bool usable = latest && latest->outcome && (under_way || is_kept(*latest));
    if (usable && is_wanted(*latest, wanted)) co_return Entry{*latest->outcome, latest->number, false};
    if (usable) wanted.newer_than = std::max(wanted.newer_than, latest->number);
    // Another caller may have begun the next read before this coroutine was resumed.
    const auto next = reads_.find(key);
    if (next != reads_.end() && next->second != latest) continue;
    co_return co_await read_now(std::move(key), std::move(who), std::move(read));
  }
}

template <class Value>
asio::awaitable<typename SingleFlightCache<Value>::Entry> SingleFlightCache<Value>::read_now(std::string key, JobId who,
                                                                                             MakeRead read) {
  const auto mine = std::make_shared<Read>();
  mine->number = ++last_number_;
  mine->began_at = clock_.now();
  mine->reader = std::move(who);
  if (shares()) reads_[std::move(key)] = mine;
  const Reading reading(mine);
  mine->outcome = co_await read();
  co_return Entry{*mine->outcome, mine->number, true};
}

template <class Value>
asio::awaitable<bool> SingleFlightCache<Value>::wait_for(std::shared_ptr<Read> read, JobId who) {
  const auto timer = clock_.make_timer();
  const Waiting waiting(read, who, *timer);
  while (!read->over && !waiting.cancel_wait()) co_await timer->wait_until(clock_.now() + std::chrono::hours(1));
  co_return read->over;
}

template <class Value>
void SingleFlightCache<Value>::cancel_wait(const JobId& who) {
  for (const auto& [key, read] : reads_) {
    const auto [first, last] = read->waiting.equal_range(who);
    for (auto slot = first; slot != last; ++slot) {
      slot->second.cancel_wait = true;
      slot->second.timer->notify();
    }
  }
}

template <class Value>
bool SingleFlightCache<Value>::is_waiting(const JobId& who) const {
  return std::ranges::any_of(reads_, [&](const auto& entry) {
    const Read& read = *entry.second;
    return !read.over && (read.reader == who || read.waiting.contains(who));
  });
}

}  // namespace azrestored
