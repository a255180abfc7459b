// Azure's read and write quotas, and the queues of requests that wait for them. Every request to ARM acquires quota
// here first (core/arm/arm_client.cpp), so that Azure does not have to refuse it (azure-backup-api.md 9).
//
//   one HourlyQuota for each (profile, subscription, action) that is read: "backupJobs/read" ...
//   one TokenBucket for reads and one for writes of each (profile, subscription): ARM's own limit (9.1)
//
// Requests wait in the order of urgency, then priority of the job, then arrival. A refusal (429) stops only the quota
// or the bucket that it names. BudgetSaver saves the hourly quotas, so that a restart does not begin a new burst.
// Buckets refill in seconds and are not saved.
// One thread. stop() wakes all waiting requests; the object must outlive their return.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "core/base/clock.hpp"
#include "core/base/instant.hpp"
#include "core/budget/budget_policy.hpp"
#include "core/budget/budget_store.hpp"
#include "core/budget/hourly_quota.hpp"
#include "core/budget/quota_key.hpp"
#include "core/budget/rate_limit_report.hpp"
#include "core/budget/token_bucket.hpp"
#include "core/job/job.hpp"
#include "core/job/observer.hpp"
#include "core/job/policy.hpp"

namespace azrestored {

/// The priority of a request, and the job that it is for.
struct RequestPriority {
  Urgency urgency = Urgency::background;
  int job_priority = 0;  // of the job; higher first
  JobId job;             // "" if it is for several jobs
  bool charged = false;  // quota was acquired before (ArmClient::acquire_quota)

  static RequestPriority urgent() { return {Urgency::urgent, 0, "", false}; }
  static RequestPriority background() { return {Urgency::background, 0, "", false}; }
};

/// A quota, for operators.
struct BudgetView {
  std::string profile;
  std::string subscription;
  std::string action;
  int limit = 0;  // reads an hour; 0 for no limit
  int left = 0;
  int waiting = 0;
  std::optional<Instant> blocked_until;
};

/// What a request waits for, and its position in the queue.
struct QueuedRequest {
  QuotaKey key;
  std::optional<int> limit_per_hour;  // nullopt when the action has none
  std::int64_t position = 1;          // from 1
};

class RateLimiter {
 public:
  /// `policy` has the wait after a refusal that names no time. Both are read at each use, because they may change.
  RateLimiter(Clock& clock, Observer& observer, const BudgetPolicy& budget, const Policy& policy);
  ~RateLimiter();

  /// Loads the quotas of an earlier run. Must be called before the first request.
  void restore(const std::vector<StoredBudget>& stored);

  /// Waits until the request may go out, and counts it. Returns false after cancel_wait() or stop(): then the request
  /// must not go out.
  asio::awaitable<bool> acquire(std::string profile, QuotaKey key, RequestPriority priority);
  /// Applies the report of a response; null if there was none. Must be called once after each acquire() that returned
  /// true.
  void report(const std::string& profile, const QuotaKey& key, const RateLimitReport* report);
  /// True if an optional request may go out now, or if a refusal ends within `patience`.
  [[nodiscard]] bool has_headroom(const std::string& profile, const QuotaKey& key, Millis patience);
  /// The time by the clock of the quotas.
  [[nodiscard]] Instant now() const { return clock_.now(); }

  /// Withdraws the waiting request of the job, if there is one.
  void cancel_wait(const JobId& id);
  /// The queue position of the job's request; nullopt if it does not wait for quota.
  [[nodiscard]] std::optional<QueuedRequest> waiting(const JobId& id) const;
  [[nodiscard]] std::vector<BudgetView> view();

  /// The quotas that changed since the last call, to be saved.
  std::vector<StoredBudget> take_changed();
  /// Registers the function that is called when a quota changes. Replaces the previous function.
  void on_change(std::function<void()> call) { on_change_ = std::move(call); }

  void stop();

 private:
  struct Waiter;
  struct ByTurn {
    bool operator()(const Waiter* a, const Waiter* b) const;
  };
  using WaitQueue = std::set<Waiter*, ByTurn>;
  struct Limiter {
    std::string profile;
    QuotaKey key;
    std::optional<HourlyQuota> hour;  // for reads; writes have no hourly quota
    TokenBucket* bucket = nullptr;
    std::array<WaitQueue, 3> lines;  // by urgency
    int in_flight = 0;
    bool overlapped = false;  // requests have overlapped since none was in flight
    Instant blocked_until{};  // for writes
    bool changed = false;
  };

  Limiter& limiter_of(const std::string& profile, const QuotaKey& key);
  Instant ready_at(Limiter& limiter, Urgency urgency, Instant now);
  void refuse(Limiter& limiter, const RateLimitReport::Refusal& refusal, Instant now);
  void mark_changed(Limiter& limiter);
  void wake_first(Limiter& limiter);

  Clock& clock_;
  Observer& observer_;
  const BudgetPolicy& budget_;
  const Policy& policy_;
  std::map<std::string, TokenBucket> buckets_;  // by profile, subscription, kind
  std::map<std::string, Limiter> limiters_;     // by profile, subscription, action; lower case
  std::map<JobId, Waiter*> by_job_;
  std::function<void()> on_change_;
  std::uint64_t arrivals_ = 0;
  bool stopping_ = false;
};

}  // namespace azrestored
