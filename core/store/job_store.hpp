// What core needs of the world, as small interfaces. The daemon implements them with sockets, disks and clocks; tests
// with models of those. Everything runs on one thread; references given to core outlive it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/admission/admission.hpp"
#include "core/job/event.hpp"
#include "core/budget/hourly_quota.hpp"
#include "core/http/message.hpp"
#include "core/base/instant.hpp"
#include "core/job/job.hpp"
#include "core/base/result.hpp"

namespace azrestored {

namespace asio = boost::asio;

/// One sleeper's alarm clock. wait_until() is awaited by one coroutine at a time.
class Alarm {
 public:
  virtual ~Alarm() = default;
  /// Returns at `at`, or as soon as ring() is called, or a little early: callers look at the clock again.
  virtual asio::awaitable<void> wait_until(Instant at) = 0;
  /// Wakes the sleeper; when nobody sleeps, the next wait_until() returns at once.
  virtual void ring() = 0;
};

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
  virtual std::unique_ptr<Alarm> make_alarm() = 0;
};

/// Request ids, job ids and jitter.
class IdSource {
 public:
  virtual ~IdSource() = default;
  /// A random UUID (RFC 9562 version 4), lower case, without braces.
  virtual std::string uuid() = 0;
  /// Uniform in [0, 1).
  virtual double fraction() = 0;
};

/// One HTTP exchange. Never repeats a request that may have arrived; knows no rule of Azure's.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual asio::awaitable<std::variant<HttpResponse, TransportFailure>> exchange(HttpRequest request) = 0;
};

/// Access tokens for ARM. One request for a new token, however many jobs wait for it.
class TokenSource {
 public:
  virtual ~TokenSource() = default;
  /// A token that is good for at least a few minutes, or why there is none (the sentence holds no secret).
  virtual asio::awaitable<Result<std::string>> token() = 0;
  /// The service refused this token: do not hand it out again.
  virtual void refused(const std::string& token) = 0;
};

/// A job as it enters the store.
struct NewJob {
  Job job;           // in state Queued, version 0
  std::string spec;  // the job file, verbatim
};

/// The rows that a person asks for, in the order in which they were taken in.
struct JobQuery {
  std::optional<std::string> state;  // a state's name
  std::optional<std::string> vault;  // its name, in any case, as Azure's names are
  std::optional<std::string> vm;     // as the job file names it, in any case
  std::optional<Instant> since;      // taken in then or later
  bool oldest_first = false;
  int limit = 1000;            // 1 to 10,000
  std::optional<JobId> after;  // continue behind this job
};

/// Where jobs live. An awaited change is durable when it returns. Written so that a database shared by several hosts
/// can implement it as well as a file can: a job is worked on by whoever claimed it, and saved only over the version it
/// was loaded at.
class JobStore {
 public:
  virtual ~JobStore() = default;

  /// Adds a job. The same id again is `conflict` and changes nothing.
  virtual asio::awaitable<Result<void>> insert(NewJob job, HistoryLine line) = 0;

  /// Writes `job` over the row that has `job.version`, raises the version by one, and adds the line, all or nothing.
  /// What a job is called and what it is for never changes, and need not be written again. `conflict` when the row has
  /// another version. The returned job is as saved.
  virtual asio::awaitable<Result<Job>> save(Job job, std::optional<HistoryLine> line) = 0;

  virtual asio::awaitable<Result<Job>> load(JobId id) = 0;          // not_found
  virtual asio::awaitable<Result<std::string>> spec(JobId id) = 0;  // not_found

  /// Takes up to `limit` jobs that are not at rest and that nobody has claimed; they are ours until they are at rest or
  /// given back. First those begun, by age, whatever the caps; then those queued that `admission` lets
  /// in, in the order of begin_in_turn(). `admission` knows what is under way already; what is taken counts as well.
  /// Takes time with what is taken and with the lanes that no full cap concerns, not with the jobs that wait.
  virtual asio::awaitable<Result<std::vector<Job>>> claim(int limit, Admission admission) = 0;
  /// At start: what we had claimed before is nobody's work any more, and still ours without being claimed again. Up to
  /// `limit` of these jobs, oldest first, from behind the job `after` on. Writes nothing.
  virtual asio::awaitable<Result<std::vector<Job>>> resume(int limit, std::optional<JobId> after) = 0;
  /// Gives back what we have claimed, from behind the job `after` on: what is not to be resumed.
  virtual asio::awaitable<Result<void>> release_claims(std::optional<JobId> after) = 0;
  /// The job's place, from 1, among the queued jobs that nobody has claimed, or among those of them that count against
  /// the same `cap`. nullopt when it is not one of them.
  virtual asio::awaitable<Result<std::optional<std::int64_t>>> place_in_line(JobId id, std::optional<Cap> cap) = 0;

  virtual asio::awaitable<Result<std::vector<Job>>> list(JobQuery query) = 0;
  /// Jobs whose id begins with `text` or whose name is `text`: of each the newest 10 at most, oldest first.
  virtual asio::awaitable<Result<std::vector<Job>>> find(std::string text) = 0;
  virtual asio::awaitable<Result<std::vector<HistoryLine>>> history(JobId id) = 0;
  /// How many jobs there are in each state that has any.
  virtual asio::awaitable<Result<std::vector<std::pair<std::string, std::int64_t>>>> count_by_state() = 0;
};

/// What is left of a read budget (core/budget/rate_limiter.hpp), as a restart finds it.
struct StoredBudget {
  std::string profile;  // of the sign-in
  std::string subscription;
  std::string action;  // "Microsoft.RecoveryServices/vaults/backupJobs/read"
  HourBudget::Kept kept;
};

/// Where budgets survive a restart. Apart from JobStore, as it is asked by another part and at other times.
class BudgetStore {
 public:
  virtual ~BudgetStore() = default;
  virtual asio::awaitable<Result<std::vector<StoredBudget>>> budgets() = 0;
  /// Each replaces the one of the same profile, subscription and action.
  virtual asio::awaitable<Result<void>> save_budgets(std::vector<StoredBudget> budgets) = 0;
};

/// Told of everything worth a log line; must not fail and must not call back.
class Observer {
 public:
  virtual ~Observer() = default;
  /// A job was saved. `line` as it went into the history. When the job has left a state: `stayed` in it so long.
  virtual void changed(const Job& job, const HistoryLine& line, std::optional<Millis> stayed) = 0;
  /// Something was survived, or needs somebody: `what` is a stable event name, `sentence` says it.
  virtual void notice(std::string_view what, const std::string& job_id, const std::string& sentence) = 0;
};

}  // namespace azrestored
