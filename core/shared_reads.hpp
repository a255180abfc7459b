// One read for many askers: whoever asks first reads, whoever asks meanwhile waits for that read, and what was read is
// kept for a while. A failed read is told to all who waited for it and is not kept. Only for one thread; the object
// outlives every asker. VaultReader says what is read and for how long it is good.
//
// Two things an asker must never be told from somebody else's read: a refusal, and what that asker itself rejects; for
// both the read may have been over before the asker's own question arose. Reads are numbered, so that "newer than the
// one that I have seen" needs no clock.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <variant>

#include "core/ports.hpp"

namespace azrestored {

/// What is wanted of a read that somebody else has made.
struct Wanted {
  Instant not_before{};          // begun then or later
  std::uint64_t newer_than = 0;  // a read with a higher number; 0: any
};

template <class Value>
class SharedReads {
 public:
  using Outcome = std::variant<std::shared_ptr<const Value>, Event>;
  using MakeRead = std::function<asio::awaitable<Outcome>()>;

  struct Given {
    Outcome outcome;
    std::uint64_t number = 0;
    bool own = false;  // the read began when this asker asked
  };

  /// With `kept_for` zero nothing is shared: everybody reads for himself.
  SharedReads(Clock& clock, Millis kept_for) : clock_(clock), kept_for_(kept_for) {}

  /// What `read` brings, or what it brought somebody who asked by the same key.
  asio::awaitable<Given> get(std::string key, Wanted wanted, MakeRead read);

  /// Lets go of what is too old to be given to anybody.
  void drop_old() {
    std::erase_if(reads_, [this](const auto& entry) { return entry.second->over && !is_kept(*entry.second); });
  }
  [[nodiscard]] std::size_t kept() const { return reads_.size(); }

 private:
  struct Read {
    std::uint64_t number = 0;
    Instant began_at{};
    bool over = false;
    std::optional<Outcome> outcome;  // none though it is over: its reader was ended
    std::map<std::uint64_t, Alarm*> waiting;
    std::uint64_t waited = 0;  // how many have waited so far
  };

  /// However the reader ends, nobody waits for it any longer.
  class Reading {
   public:
    explicit Reading(std::shared_ptr<Read> read) : read_(std::move(read)) {}
    ~Reading() {
      read_->over = true;
      for (const auto& [place, alarm] : read_->waiting) alarm->ring();
    }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

   private:
    const std::shared_ptr<Read> read_;
  };

  /// A place among those who wait.
  class Waiting {
   public:
    Waiting(std::shared_ptr<Read> read, Alarm& alarm) : read_(std::move(read)), place_(read_->waited++) {
      read_->waiting.emplace(place_, &alarm);
    }
    ~Waiting() { read_->waiting.erase(place_); }
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;

   private:
    const std::shared_ptr<Read> read_;
    const std::uint64_t place_;
  };

  asio::awaitable<Given> read_now(std::string key, MakeRead read);
  asio::awaitable<void> wait_for(std::shared_ptr<Read> read);

  [[nodiscard]] bool is_kept(const Read& read) const {
    const Millis age = clock_.now() - read.began_at;  // negative when the clock was set back
    return read.outcome && std::holds_alternative<std::shared_ptr<const Value>>(*read.outcome) && age >= Millis(0) &&
           age < kept_for_;
  }
  /// A read that is newer than one the asker was given has begun after the asker's question.
  static bool is_wanted(const Read& read, const Wanted& wanted) {
    if (wanted.newer_than > 0) return read.number > wanted.newer_than;
    const auto* event = std::get_if<Event>(&*read.outcome);
    if (event != nullptr) return std::holds_alternative<ReadFailed>(event->what);
    return read.began_at >= wanted.not_before;
  }

  Clock& clock_;
  const Millis kept_for_;
  std::uint64_t last_number_ = 0;
  std::map<std::string, std::shared_ptr<Read>> reads_;  // the latest by key
};

template <class Value>
asio::awaitable<typename SharedReads<Value>::Given> SharedReads<Value>::get(std::string key, Wanted wanted,
                                                                            MakeRead read) {
  for (;;) {
    const auto found = reads_.find(key);
    const std::shared_ptr<Read> latest = found == reads_.end() ? nullptr : found->second;
    const bool under_way = latest && !latest->over;
    if (under_way) co_await wait_for(latest);
    const bool usable = latest && latest->outcome && (under_way || is_kept(*latest));
    if (usable && is_wanted(*latest, wanted)) co_return Given{*latest->outcome, latest->number, false};
    if (usable) wanted.newer_than = std::max(wanted.newer_than, latest->number);
    // Somebody may have begun the next read while this one was waiting to be resumed.
    const auto next = reads_.find(key);
    if (next != reads_.end() && next->second != latest) continue;
    co_return co_await read_now(std::move(key), std::move(read));
  }
}

template <class Value>
asio::awaitable<typename SharedReads<Value>::Given> SharedReads<Value>::read_now(std::string key, MakeRead read) {
  const auto mine = std::make_shared<Read>();
  mine->number = ++last_number_;
  mine->began_at = clock_.now();
  if (kept_for_ > Millis(0)) reads_[std::move(key)] = mine;
  const Reading reading(mine);
  mine->outcome = co_await read();
  co_return Given{*mine->outcome, mine->number, true};
}

template <class Value>
asio::awaitable<void> SharedReads<Value>::wait_for(std::shared_ptr<Read> read) {
  const auto alarm = clock_.make_alarm();
  const Waiting waiting(read, *alarm);
  while (!read->over) co_await alarm->wait_until(clock_.now() + std::chrono::hours(1));
}

}  // namespace azrestored
