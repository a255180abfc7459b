// Azure's read and write budgets, and who waits for a share of them. Every request to ARM asks here first
// (core/arm/arm_client.cpp), so that the service never has to refuse one (API.md 9).
//
//   one HourBudget for each (profile, subscription, action) that is read: "backupJobs/read" ...
//   one bucket per second for each (profile, subscription) and for reads and writes: ARM's own (API.md 9.1)
//
// Whoever waits stands in line by urgency, then by the job's priority, then first come first served. A refusal (429)
// stops what it was about, a budget or a bucket, and nothing else. What is left of the hours is saved as it changes
// (keep()), so that a restart begins no new burst; ARM's buckets refill in seconds and are not saved.
// One thread. Awaiters are woken by stop(); the object outlives them.
#pragma once

#include <array>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "core/budget/hourly_quota.hpp"
#include "core/job/policy.hpp"
#include "core/store/job_store.hpp"
#include "core/budget/quota_key.hpp"
#include "core/admission/wait_reason.hpp"

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

class RateBudgets {
 public:
  RateBudgets(Clock& clock, Observer& observer, const Policy& policy);
  ~RateBudgets();

  /// Takes up what an earlier life has left. Before the first request.
  void restore(const std::vector<StoredBudget>& stored);

  /// Waits until the request may go out, and counts it as gone. False: it must not go, because of let_go() or stop().
  asio::awaitable<bool> take(std::string profile, RateKey key, Share share);
  /// What an answer says of the budget. To be called once for each take() that returned true; null: no answer came.
  void learn(const std::string& profile, const RateKey& key, const HttpResponse* answer);
  /// There is plenty for something that is only nice to have: now, or within `patience` when a refusal is over then.
  [[nodiscard]] bool has_spare(const std::string& profile, const RateKey& key, Millis patience);

  /// Something else concerns the job: its request that waits for its turn, if any, is called off.
  void let_go(const JobId& id);
  /// Where the job stands in line; nullopt when it does not wait for a budget.
  [[nodiscard]] std::optional<Waiting> waiting(const JobId& id) const;
  [[nodiscard]] std::vector<BudgetView> view();

  /// Saves what changes until stop(). A failure is told and tried again: without it, only a restart is less polite.
  asio::awaitable<void> keep(BudgetStore& store);
  void stop();

 private:
  struct Waiter;
  struct ByTurn {
    bool operator()(const Waiter* a, const Waiter* b) const;
  };
  using Line = std::set<Waiter*, ByTurn>;
  /// Requests a second, with a little credit for bursts.
  struct Bucket {
    double per_ms = 0;
    double most = 0;
    double credit = 0;
    Instant at{};
    Instant blocked_until{};

    Instant ready_at(Instant now);
  };
  struct Account {
    std::string profile;
    RateKey key;
    std::optional<HourBudget> hour;  // of reads; writes are refused at most
    Bucket* bucket = nullptr;
    std::array<Line, 3> lines;  // by urgency
    int in_flight = 0;
    bool crowded = false;     // since nothing was in flight, two requests have been at once
    Instant blocked_until{};  // of a write
    bool changed = false;
  };

  Account& account_of(const std::string& profile, const RateKey& key);
  Instant ready_at(Account& account, Urgency urgency, Instant now);
  void refuse(Account& account, const HttpResponse& answer, Instant now);
  void mark_changed(Account& account);
  void wake_first(Account& account);
  std::vector<StoredBudget> take_changed();

  Clock& clock_;
  Observer& observer_;
  const Policy& policy_;
  std::map<std::string, Bucket> buckets_;    // by profile, subscription, kind
  std::map<std::string, Account> accounts_;  // by profile, subscription, action; lower case
  std::map<JobId, Waiter*> by_job_;
  std::unique_ptr<Alarm> save_alarm_;
  std::uint64_t arrivals_ = 0;
  bool stopping_ = false;
};

}  // namespace azrestored
