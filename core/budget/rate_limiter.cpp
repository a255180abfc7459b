#include "core/budget/rate_limiter.hpp"

#include <algorithm>

#include "core/base/duration.hpp"
#include "core/base/text.hpp"

namespace azrestored {
namespace {

/// The first request of a queue reads the clock at least this often, because the clock may be set.
constexpr Millis longest_sleep = std::chrono::minutes(1);
/// The other requests sleep until they are woken.
constexpr Millis long_time = std::chrono::hours(1);

}  // namespace

/// One queued request. Its destructor removes it from the queue, however the coroutine ends. The loop may destroy a
/// suspended coroutine after the RateBudgets; `budgets` is then null.
struct RateBudgets::Waiter {
  Waiter(RateBudgets& all, Account& of, Share whose)
      : budgets(&all), account(of), share(std::move(whose)), number(all.arrivals_++), alarm(all.clock_.make_alarm()) {
    line().insert(this);
    if (!share.job.empty()) budgets->by_job_[share.job] = this;
  }
  ~Waiter() {
    if (budgets == nullptr) return;
    line().erase(this);
    if (!share.job.empty()) budgets->by_job_.erase(share.job);
    budgets->wake_first(account);
  }
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;

  Line& line() const { return account.lines.at(static_cast<std::size_t>(share.urgency)); }
  [[nodiscard]] bool is_first() const { return *line().begin() == this; }

  RateBudgets* budgets;
  Account& account;
  const Share share;
  const std::uint64_t number;
  std::unique_ptr<Alarm> alarm;
  bool let_go = false;
};

bool RateBudgets::ByTurn::operator()(const Waiter* a, const Waiter* b) const {
  if (a->share.priority != b->share.priority) return a->share.priority > b->share.priority;
  return a->number < b->number;
}

RateBudgets::RateBudgets(Clock& clock, Observer& observer, const BudgetPolicy& budget, const Policy& policy)
    : clock_(clock), observer_(observer), budget_(budget), policy_(policy) {}

RateBudgets::~RateBudgets() {
  for (auto& [name, account] : accounts_) {
    for (const Line& line : account.lines) {
      for (Waiter* waiter : line) waiter->budgets = nullptr;
    }
  }
}

void RateBudgets::restore(const std::vector<StoredBudget>& stored) {
  for (const StoredBudget& each : stored) {
    Account& account = account_of(each.profile, RateKey{each.subscription, each.action, true});
    account.hour.emplace(each.kept, budget_.reserve_percent / 100.0, clock_.now());
  }
}

RateBudgets::Account& RateBudgets::account_of(const std::string& profile, const RateKey& key) {
  const std::string owner = profile + '|' + to_lower(key.subscription) + '|';
  const auto [found, is_new] = accounts_.try_emplace(owner + to_lower(key.action));
  Account& account = found->second;
  if (!is_new) return account;
  account.profile = profile;
  account.key = key;
  if (key.is_read) account.hour.emplace(budget_.reads_per_hour, budget_.reserve_percent / 100.0);
  const auto [bucket, is_first] = buckets_.try_emplace(owner + (key.is_read ? "reads" : "writes"));
  account.bucket = &bucket->second;
  if (is_first) {
    const int per_second = key.is_read ? budget_.subscription_reads_per_s : budget_.subscription_writes_per_s;
    *account.bucket = TokenBucket(per_second);
  }
  return account;
}

Instant RateBudgets::ready_at(Account& account, Urgency urgency, Instant now) {
  account.blocked_until -= account.bucket->set_back_by(now);
  const Instant bucket = account.bucket->ready_at(now);
  const Instant own = account.hour ? account.hour->ready_at(urgency, now) : account.blocked_until;
  return std::max(bucket, own);
}

asio::awaitable<bool> RateBudgets::take(std::string profile, RateKey key, Share share) {
  Account& account = account_of(profile, key);
  Waiter self(*this, account, std::move(share));
  for (;;) {
    if (stopping_ || self.let_go) co_return false;
    const Instant now = clock_.now();
    const bool is_first = self.is_first();
    const Instant at = is_first ? ready_at(account, self.share.urgency, now) : now + long_time;
    if (at <= now) break;
    co_await self.alarm->wait_until(is_first ? std::min(at, now + longest_sleep) : at);
  }
  if (account.hour) account.hour->spend(self.share.urgency, clock_.now());
  account.bucket->spend();
  if (++account.in_flight > 1) account.crowded = true;
  mark_changed(account);
  co_return true;
}

void RateBudgets::learn(const std::string& profile, const RateKey& key, const RateLimitReport* report) {
  Account& account = account_of(profile, key);
  account.in_flight = std::max(0, account.in_flight - 1);
  const bool in_order = !account.crowded;
  if (account.in_flight == 0) account.crowded = false;
  if (report == nullptr) return;
  const Instant now = clock_.now();
  if (report->left && account.hour) {
    account.hour->told_left(*report->left, account.in_flight, in_order, now);
    mark_changed(account);
    wake_first(account);
  } else if (account.hour && report->unmetered) {
    account.hour->told_unlimited();
    wake_first(account);
  }
  if (report->refusal) refuse(account, *report->refusal, now);
}

void RateBudgets::refuse(Account& account, const RateLimitReport::Refusal& refusal, Instant now) {
  const Millis wait = refusal.wait.value_or(policy_.default_retry_after);
  const Instant until = now + std::max<Millis>(wait, std::chrono::seconds(1));
  std::string what = account.key.short_name();
  if (refusal.of_subscription) {
    account.bucket->block(until);
    what = account.key.is_read ? "all reads" : "all writes";
  } else if (account.hour) {
    account.hour->refused(wait, refusal.limit, now);
    mark_changed(account);
  } else {
    account.blocked_until = until;
  }
  observer_.notice("budget.refused", "",
                   "Azure refused a request of subscription " + account.key.subscription + ": " + refusal.reason +
                       "; azrestored pauses " + what + " for " + to_age(wait));
}

bool RateBudgets::has_spare(const std::string& profile, const RateKey& key, Millis patience) {
  Account& account = account_of(profile, key);
  if (!account.hour) return true;
  // A request of an unlimited action waits only for ARM's bucket, less than a second.
  const bool line_is_empty = std::ranges::all_of(account.lines, [](const Line& line) { return line.empty(); });
  return (line_is_empty || account.hour->is_unlimited()) && account.hour->has_spare(clock_.now(), patience);
}

void RateBudgets::let_go(const JobId& id) {
  const auto found = by_job_.find(id);
  if (found == by_job_.end()) return;
  found->second->let_go = true;
  found->second->alarm->ring();
}

std::optional<QueuedRequest> RateBudgets::waiting(const JobId& id) const {
  const auto found = by_job_.find(id);
  if (found == by_job_.end()) return std::nullopt;
  const Waiter& waiter = *found->second;
  const Account& account = waiter.account;
  QueuedRequest wait{account.key, std::nullopt, 1};
  if (account.hour && !account.hour->is_unlimited()) wait.limit_per_hour = account.hour->limit();
  for (std::size_t urgency = 0; urgency < static_cast<std::size_t>(waiter.share.urgency); ++urgency) {
    wait.position += static_cast<std::int64_t>(account.lines.at(urgency).size());
  }
  const Line& line = waiter.line();
  wait.position += std::distance(line.begin(), line.find(found->second));
  return wait;
}

std::vector<BudgetView> RateBudgets::view() {
  const Instant now = clock_.now();
  std::vector<BudgetView> views;
  for (auto& [name, account] : accounts_) {
    BudgetView view{account.profile, account.key.subscription, account.key.action, 0, 0, 0, std::nullopt};
    if (account.hour && !account.hour->is_unlimited()) {
      view.limit = account.hour->limit();
      view.left = account.hour->left(now);
    }
    for (const Line& line : account.lines) view.waiting += static_cast<int>(line.size());
    const Instant own = account.hour ? account.hour->blocked_until() : account.blocked_until;
    const Instant until = std::max(own, account.bucket->blocked_until());
    if (until > now) view.blocked_until = until;
    views.push_back(std::move(view));
  }
  return views;
}

void RateBudgets::wake_first(Account& account) {
  for (Line& line : account.lines) {
    if (!line.empty()) (*line.begin())->alarm->ring();
  }
}

void RateBudgets::mark_changed(Account& account) {
  if (!account.hour) return;
  account.changed = true;
  if (on_change_) on_change_();
}

std::vector<StoredBudget> RateBudgets::take_changed() {
  std::vector<StoredBudget> changed;
  for (auto& [name, account] : accounts_) {
    if (!account.changed) continue;
    account.changed = false;
    changed.push_back(
        StoredBudget{account.profile, account.key.subscription, account.key.action, account.hour->kept()});
  }
  return changed;
}

void RateBudgets::stop() {
  stopping_ = true;
  for (auto& [name, account] : accounts_) {
    for (const Line& line : account.lines) {
      for (Waiter* waiter : line) waiter->alarm->ring();
    }
  }
}

}  // namespace azrestored
