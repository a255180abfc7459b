#include "core/engine/job_parking.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <cassert>
#include <utility>
#include <variant>

#include "core/base/duration.hpp"

namespace azrestored {
namespace {

/// Maximum number of parked jobs whose rows are loaded at a time. If a list has events for thousands of jobs, they pass
/// through memory in batches of this size.
constexpr int max_loading = 64;

/// Sleep without a due job. The timer is notified earlier when a job is parked or loaded.
constexpr Millis idle_sleep = std::chrono::hours(24);

/// The job's details may be old, and nothing but its schedule delays the next read. An operator who looks at the job
/// may bring that read forward.
bool accepts_detail_requests(const Job& job) {
  const auto* cancelling = std::get_if<Cancelling>(&job.state);
  if (cancelling != nullptr && cancelling->phase != Cancelling::Phase::watching) return false;
  return backup_job_of(job.state) != nullptr && job.failures == 0;
}

}  // namespace

JobParking::JobParking(asio::any_io_executor executor, RunnerContext context, Reports reports,
                       std::function<void(std::exception_ptr)> fatal)
    : executor_(std::move(executor)),
      context_(context),
      reports_(std::move(reports)),
      fatal_(std::move(fatal)),
      timer_(context.clock.make_timer()),
      drain_timer_(context.clock.make_timer()) {}

bool JobParking::contains(const JobId& id) const {
  return runners_.contains(id) || parked_.find(id) != nullptr;
}

void JobParking::start(Job job, Instant at, bool is_outdated) {
  const Instant now = context_.clock.now();
  adjust_for_clock_step(job, now);
  context_.performer.resumed(job);
  ParkedJobs::Entry entry;
  entry.changed = is_outdated;
  const auto waits_until = parkable_until(job, now);
  const bool waits_for_slot = at > now && !std::holds_alternative<Triggering>(job.state);
  if (!waits_until && !waits_for_slot) return run_job(std::move(job), at, std::move(entry));
  entry.due = std::max(at, job.not_before);
  // If an event ended the wait, one list would make all resumed jobs of its vault read their details at once.
  entry.hold_events = !waits_until;
  reports_.saved(job);
  park(job, std::move(entry));
}

/// `left` is the job's entry from the time when it was parked.
void JobParking::run_job(Job job, Instant at, ParkedJobs::Entry left) {
  const JobId id = job.id;
  auto runner = std::make_shared<Runner>(context_, std::move(job), at, reports_.saved);
  if (left.changed) runner->reload();  // the change may have come just after the row was loaded
  for (Event& event : left.pending_events) runner->deliver(std::move(event));
  runners_[id] = runner;
  auto body = [runner]() { return runner->run(); };
  asio::co_spawn(executor_, std::move(body), [this, id](std::exception_ptr error) { ended(id, error); });
}

void JobParking::ended(const JobId& id, std::exception_ptr error) {
  const auto found = runners_.find(id);
  assert(found != runners_.end());  // a job has one Runner at most
  const std::shared_ptr<Runner> runner = std::move(found->second);
  runners_.erase(found);
  context_.performer.forget(id);
  drain_timer_->notify();
  if (error) fatal_(error);
  if (stopping_) return;
  const Job& job = runner->job();
  ParkedJobs::Entry entry;
  // The Runner may have seen an old row, in which the job is held; since then it was released and claimed again.
  entry.changed = runner->is_stale();
  if (is_at_rest(job.state) && !entry.changed) return reports_.ended(job);
  entry.pending_events = runner->take_pending();
  park(job, std::move(entry));
}

void JobParking::park(const Job& job, ParkedJobs::Entry entry) {
  entry.due = std::max(entry.due, job.not_before);
  entry.accepts_detail_requests = accepts_detail_requests(job);
  parked_.park(job.id, std::move(entry));
  keep_waking();
  timer_->notify();
}

void JobParking::deliver(const JobId& id, Event event) {
  if (const auto found = runners_.find(id); found != runners_.end()) return found->second->deliver(std::move(event));
  if (parked_.find(id) == nullptr) return;
  parked_.deliver(id, std::move(event));
  timer_->notify();
}

void JobParking::changed(const JobId& id) {
  if (const auto found = runners_.find(id); found != runners_.end()) return found->second->reload();
  parked_.changed(id);
  timer_->notify();
}

void JobParking::request_details(const JobId& id) {
  bool accepts = false;
  Instant due{};
  if (const auto found = runners_.find(id); found != runners_.end()) {
    accepts = accepts_detail_requests(found->second->job());
    due = found->second->job().not_before;
  } else if (const auto* entry = parked_.find(id); entry != nullptr) {
    accepts = entry->accepts_detail_requests && entry->pending_events.empty();  // an event wakes the job anyway
    due = entry->due;
  }
  if (accepts && due > context_.clock.now() + context_.policy.minimum_interval) deliver(id, Event(DetailsRequested{}));
}

std::optional<Instant> JobParking::goes_on_at(const JobId& id) const {
  if (const auto found = runners_.find(id); found != runners_.end()) return found->second->job().not_before;
  if (const auto* entry = parked_.find(id); entry != nullptr) return entry->due;
  return std::nullopt;
}

std::optional<Instant> JobParking::next_at() const {
  std::optional<Instant> next = parked_.next_at();
  for (const auto& [id, runner] : runners_) {
    const Instant at = runner->job().not_before;
    next = next ? std::min(*next, at) : at;
  }
  return next;
}

void JobParking::keep_waking() {
  if (waking_) return;
  waking_ = true;
  auto body = [this]() { return wake_parked(); };
  asio::co_spawn(executor_, std::move(body), [this](std::exception_ptr error) {
    waking_ = false;
    if (error) fatal_(error);
    drain_timer_->notify();
  });
}

asio::awaitable<void> JobParking::wake_parked() {
  while (!stopping_) {
    const Instant now = context_.clock.now();
    std::optional<JobId> id = loading_ < max_loading ? parked_.pop_due(now) : std::nullopt;
    if (!id) {
      const bool busy = loading_ == max_loading;
      co_await timer_->wait_until(busy ? now + idle_sleep : parked_.next_at().value_or(now + idle_sleep));
      continue;
    }
    ++loading_;
    auto body = [this, wanted = std::move(*id)]() { return load_parked(wanted); };
    asio::co_spawn(executor_, std::move(body), [this](std::exception_ptr error) {
      --loading_;
      if (error) fatal_(error);
      timer_->notify();
      drain_timer_->notify();
    });
  }
}

asio::awaitable<void> JobParking::load_parked(JobId id) {
  auto loaded = co_await context_.store.load(id);
  if (stopping_) co_return;
  const Instant now = context_.clock.now();
  if (!loaded) {
    context_.observer.notice(
        "store.failed", id,
        "cannot load the job: " + loaded.error().sentence() + "; trying again in " + to_duration(store_retry));
    parked_.postpone(id, now + store_retry);
    co_return;
  }
  ParkedJobs::Entry entry = parked_.take(id);
  adjust_for_clock_step(*loaded, now);
  // If the clock was ahead when the row was written and has been corrected since, the row's time is too late.
  if (!entry.changed) loaded->not_before = std::min(loaded->not_before, entry.due);
  run_job(std::move(*loaded), now, std::move(entry));
}

void JobParking::stop() {
  stopping_ = true;
  timer_->notify();
  for (const auto& [id, runner] : runners_) runner->stop();
}

asio::awaitable<void> JobParking::drained() {
  while (!runners_.empty() || loading_ > 0 || waking_)
    co_await drain_timer_->wait_until(context_.clock.now() + std::chrono::minutes(1));
}

}  // namespace azrestored
