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
/// suspended coroutine after the RateLimiter; `budgets` is then null.
struct RateLimiter::Waiter {
  Waiter(RateLimiter& all, Limiter& of, RequestPriority whose)
      : budgets(&all),
        limiter(of),
        priority(std::move(whose)),
        number(all.arrivals_++),
        timer(all.clock_.make_timer()) {
    line().insert(this);
    if (!priority.job.empty()) budgets->by_job_[priority.job] = this;
  }
  ~Waiter() {
    if (budgets == nullptr) return;
    line().erase(this);
    if (!priority.job.empty()) budgets->by_job_.erase(priority.job);
    budgets->wake_first(limiter);
  }
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;

  WaitQueue& line() const { return limiter.lines.at(static_cast<std::size_t>(priority.urgency)); }
  [[nodiscard]] bool is_first() const { return *line().begin() == this; }

  RateLimiter* budgets;
  Limiter& limiter;
  const RequestPriority priority;
  const std::uint64_t number;
  std::unique_ptr<Timer> timer;
  bool cancel_wait = false;
};

bool RateLimiter::ByTurn::operator()(const Waiter* a, const Waiter* b) const {
  if (a->priority.job_priority != b->priority.job_priority) return a->priority.job_priority > b->priority.job_priority;
  return a->number < b->number;
}

RateLimiter::RateLimiter(Clock& clock, Observer& observer, const BudgetPolicy& budget, const Policy& policy)
    : clock_(clock), observer_(observer), budget_(budget), policy_(policy) {}

RateLimiter::~RateLimiter() {
  for (auto& [name, limiter] : limiters_) {
    for (const WaitQueue& line : limiter.lines) {
      for (Waiter* waiter : line) waiter->budgets = nullptr;
    }
  }
}

void RateLimiter::restore(const std::vector<StoredBudget>& stored) {
  for (const StoredBudget& each : stored) {
    Limiter& limiter = limiter_of(each.profile, QuotaKey{each.subscription, each.action, true});
    limiter.hour.emplace(each.kept, budget_.reserve_percent / 100.0, clock_.now());
  }
}

RateLimiter::Limiter& RateLimiter::limiter_of(const std::string& profile, const QuotaKey& key) {
  const std::string owner = profile + '|' + to_lower(key.subscription) + '|';
  const auto [found, is_new] = limiters_.try_emplace(owner + to_lower(key.action));
  Limiter& limiter = found->second;
  if (!is_new) return limiter;
  limiter.profile = profile;
  limiter.key = key;
  if (key.is_read) limiter.hour.emplace(budget_.reads_per_hour, budget_.reserve_percent / 100.0);
  const auto [bucket, is_first] = buckets_.try_emplace(owner + (key.is_read ? "reads" : "writes"));
  limiter.bucket = &bucket->second;
  if (is_first) {
    const int per_second = key.is_read ? budget_.subscription_reads_per_s : budget_.subscription_writes_per_s;
    *limiter.bucket = TokenBucket(per_second);
  }
  return limiter;
}

Instant RateLimiter::ready_at(Limiter& limiter, Urgency urgency, Instant now) {
  limiter.blocked_until -= limiter.bucket->set_back_by(now);
  const Instant bucket = limiter.bucket->ready_at(now);
  const Instant own = limiter.hour ? limiter.hour->ready_at(urgency, now) : limiter.blocked_until;
  return std::max(bucket, own);
}

asio::awaitable<bool> RateLimiter::acquire(std::string profile, QuotaKey key, RequestPriority priority) {
  Limiter& limiter = limiter_of(profile, key);
  Waiter self(*this, limiter, std::move(priority));
  for (;;) {
    if (stopping_ || self.cancel_wait) co_return false;
    const Instant now = clock_.now();
    const bool is_first = self.is_first();
    const Instant at = is_first ? ready_at(limiter, self.priority.urgency, now) : now + long_time;
    if (at <= now) break;
    co_await self.timer->wait_until(is_first ? std::min(at, now + longest_sleep) : at);
  }
  if (limiter.hour) limiter.hour->consume(self.priority.urgency, clock_.now());
  limiter.bucket->consume();
  if (++limiter.in_flight > 1) limiter.overlapped = true;
  mark_changed(limiter);
  co_return true;
}

void RateLimiter::report(const std::string& profile, const QuotaKey& key, const RateLimitReport* report) {
  Limiter& limiter = limiter_of(profile, key);
  limiter.in_flight = std::max(0, limiter.in_flight - 1);
  const bool in_order = !limiter.overlapped;
  if (limiter.in_flight == 0) limiter.overlapped = false;
  if (report == nullptr) return;
  const Instant now = clock_.now();
  if (report->left && limiter.hour) {
    limiter.hour->on_remaining(*report->left, limiter.in_flight, in_order, now);
    mark_changed(limiter);
    wake_first(limiter);
  } else if (limiter.hour && report->unmetered) {
    limiter.hour->on_unmetered();
    wake_first(limiter);
  }
  if (report->refusal) refuse(limiter, *report->refusal, now);
}

void RateLimiter::refuse(Limiter& limiter, const RateLimitReport::Refusal& refusal, Instant now) {
  const Millis wait = refusal.wait.value_or(policy_.default_retry_after);
  const Instant until = now + std::max<Millis>(wait, std::chrono::seconds(1));
  std::string what = limiter.key.short_name();
  if (refusal.of_subscription) {
    limiter.bucket->block(until);
    what = limiter.key.is_read ? "all reads" : "all writes";
  } else if (limiter.hour) {
    limiter.hour->on_throttled(wait, refusal.limit, now);
    mark_changed(limiter);
  } else {
    limiter.blocked_until = until;
  }
  observer_.notice("budget.refused", "",
                   "Azure refused a request of subscription " + limiter.key.subscription + ": " + refusal.reason +
                       "; azrestored pauses " + what + " for " + to_age(wait));
}

bool RateLimiter::has_headroom(const std::string& profile, const QuotaKey& key, Millis patience) {
  Limiter& limiter = limiter_of(profile, key);
  if (!limiter.hour) return true;
  // A request of an unlimited action waits only for ARM's bucket, less than a second.
  const bool line_is_empty = std::ranges::all_of(limiter.lines, [](const WaitQueue& line) { return line.empty(); });
  return (line_is_empty || limiter.hour->is_unlimited()) && limiter.hour->has_headroom(clock_.now(), patience);
}

void RateLimiter::cancel_wait(const JobId& id) {
  const auto found = by_job_.find(id);
  if (found == by_job_.end()) return;
  found->second->cancel_wait = true;
  found->second->timer->notify();
}

std::optional<QueuedRequest> RateLimiter::waiting(const JobId& id) const {
  const auto found = by_job_.find(id);
  if (found == by_job_.end()) return std::nullopt;
  const Waiter& waiter = *found->second;
  const Limiter& limiter = waiter.limiter;
  QueuedRequest wait{limiter.key, std::nullopt, 1};
  if (limiter.hour && !limiter.hour->is_unlimited()) wait.limit_per_hour = limiter.hour->limit();
  for (std::size_t urgency = 0; urgency < static_cast<std::size_t>(waiter.priority.urgency); ++urgency) {
    wait.position += static_cast<std::int64_t>(limiter.lines.at(urgency).size());
  }
  const WaitQueue& line = waiter.line();
  wait.position += std::distance(line.begin(), line.find(found->second));
  return wait;
}

std::vector<BudgetView> RateLimiter::view() {
  const Instant now = clock_.now();
  std::vector<BudgetView> views;
  for (auto& [name, limiter] : limiters_) {
    BudgetView view{limiter.profile, limiter.key.subscription, limiter.key.action, 0, 0, 0, std::nullopt};
    if (limiter.hour && !limiter.hour->is_unlimited()) {
      view.limit = limiter.hour->limit();
      view.left = limiter.hour->left(now);
    }
    for (const WaitQueue& line : limiter.lines) view.waiting += static_cast<int>(line.size());
    const Instant own = limiter.hour ? limiter.hour->blocked_until() : limiter.blocked_until;
    const Instant until = std::max(own, limiter.bucket->blocked_until());
    if (until > now) view.blocked_until = until;
    views.push_back(std::move(view));
  }
  return views;
}

void RateLimiter::wake_first(Limiter& limiter) {
  for (WaitQueue& line : limiter.lines) {
    if (!line.empty()) (*line.begin())->timer->notify();
  }
}

void RateLimiter::mark_changed(Limiter& limiter) {
  if (!limiter.hour) return;
  limiter.changed = true;
  if (on_change_) on_change_();
}

std::vector<StoredBudget> RateLimiter::take_changed() {
  std::vector<StoredBudget> changed;
  for (auto& [name, limiter] : limiters_) {
    if (!limiter.changed) continue;
    limiter.changed = false;
    changed.push_back(
        StoredBudget{limiter.profile, limiter.key.subscription, limiter.key.action, limiter.hour->kept()});
  }
  return changed;
}

void RateLimiter::stop() {
  stopping_ = true;
  for (auto& [name, limiter] : limiters_) {
    for (const WaitQueue& line : limiter.lines) {
      for (Waiter* waiter : line) waiter->timer->notify();
    }
  }
}

}  // namespace azrestored
