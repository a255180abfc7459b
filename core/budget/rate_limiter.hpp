// Azure's read and write budgets, and who waits for a share of them. Every request to ARM asks here first
// (core/arm/arm_client.cpp), so that the service never has to refuse one (API.md 9).
//
//   one HourBudget for each (profile, subscription, action) that is read: "backupJobs/read" ...
//   one bucket per second for each (profile, subscription) and for reads and writes: ARM's own (API.md 9.1)
//
// Whoever waits stands in line by urgency, then by the job's priority, then first come first served. A refusal (429)
// stops what it was about, a budget or a bucket, and nothing else. BudgetSaver saves what is left of the hours, so that a
// restart begins no new burst; ARM's buckets refill in seconds and are not saved.
// One thread. Awaiters are woken by stop(); the object outlives them.
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

/// On whose behalf a request goes out.
struct Share {
  Urgency urgency = Urgency::routine;
  int priority = 0;   // of the job; higher first
  JobId job;          // "" when it is for many
  bool paid = false;  // its turn has been waited for already (ArmSession::turn)

  static Share urgent() { return {Urgency::urgent, 0, "", false}; }
  static Share routine() { return {Urgency::routine, 0, "", false}; }
};

/// A budget as people see it.
struct BudgetView {
  std::string profile;
  std::string subscription;
  std::string action;
  int limit = 0;  // of reads an hour; 0 for none
  int left = 0;
  int waiting = 0;
  std::optional<Instant> blocked_until;
};

/// What a request waits for, and its position in the queue.
struct QueuedRequest {
  RateKey key;
  std::optional<int> limit_per_hour;  // nullopt when the action has none
  std::int64_t position = 1;          // from 1
};

class RateBudgets {
 public:
  /// `policy` says how long to wait after a refusal that names no time. Both are read anew at each use.
  RateBudgets(Clock& clock, Observer& observer, const BudgetPolicy& budget, const Policy& policy);
  ~RateBudgets();

  /// Takes up what an earlier life has left. Before the first request.
  void restore(const std::vector<StoredBudget>& stored);

  /// Waits until the request may go out, and counts it as gone. False: it must not go, because of let_go() or stop().
  asio::awaitable<bool> take(std::string profile, RateKey key, Share share);
  /// What an answer says of the budget. To be called once for each take() that returned true; null: no answer came.
  void learn(const std::string& profile, const RateKey& key, const RateLimitReport* report);
  /// There is plenty for something that is only nice to have: now, or within `patience` when a refusal is over then.
  [[nodiscard]] bool has_spare(const std::string& profile, const RateKey& key, Millis patience);
  /// By the clock that the budgets go by.
  [[nodiscard]] Instant now() const { return clock_.now(); }

  /// Something else concerns the job: its request that waits for its turn, if any, is called off.
  void let_go(const JobId& id);
  /// Where the job stands in line; nullopt when it does not wait for a budget.
  [[nodiscard]] std::optional<QueuedRequest> waiting(const JobId& id) const;
  [[nodiscard]] std::vector<BudgetView> view();

  /// The budgets that have changed since the last call: what a restart must not forget.
  std::vector<StoredBudget> take_changed();
  /// Called whenever take_changed() has something new. One at a time; replaces the one before.
  void on_change(std::function<void()> call) { on_change_ = std::move(call); }

  void stop();

 private:
  struct Waiter;
  struct ByTurn {
    bool operator()(const Waiter* a, const Waiter* b) const;
  };
  using Line = std::set<Waiter*, ByTurn>;
  struct Account {
    std::string profile;
    RateKey key;
    std::optional<HourBudget> hour;  // of reads; writes are refused at most
    TokenBucket* bucket = nullptr;
    std::array<Line, 3> lines;  // by urgency
    int in_flight = 0;
    bool crowded = false;     // since nothing was in flight, two requests have been at once
    Instant blocked_until{};  // of a write
    bool changed = false;
  };

  Account& account_of(const std::string& profile, const RateKey& key);
  Instant ready_at(Account& account, Urgency urgency, Instant now);
  void refuse(Account& account, const RateLimitReport::Refusal& refusal, Instant now);
  void mark_changed(Account& account);
  void wake_first(Account& account);

  Clock& clock_;
  Observer& observer_;
  const BudgetPolicy& budget_;
  const Policy& policy_;
  std::map<std::string, TokenBucket> buckets_;  // by profile, subscription, kind
  std::map<std::string, Account> accounts_;     // by profile, subscription, action; lower case
  std::map<JobId, Waiter*> by_job_;
  std::function<void()> on_change_;
  std::uint64_t arrivals_ = 0;
  bool stopping_ = false;
};

}  // namespace azrestored
