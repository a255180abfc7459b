// From running to parked and back: what the Supervisor does with jobs that only wait, and what reaches them meanwhile.
#include <boost/asio/co_spawn.hpp>
#include <cassert>

#include "core/base/duration.hpp"
#include "core/engine/supervisor.hpp"

namespace azrestored {
namespace {

/// Rows of parked jobs that are loaded at a time: when a list has news of thousands, they pass through memory in turn.
constexpr int most_loading = 64;

/// Until something is parked or loaded, which rings.
constexpr Millis idle_sleep = std::chrono::hours(24);

/// A person who looks at the job is shown details that may be old, and there is nothing else that delays them.
bool heeds_looks(const Job& job) {
  const auto* cancelling = std::get_if<Cancelling>(&job.state);
  if (cancelling != nullptr && cancelling->phase != Cancelling::Phase::watching) return false;
  return backup_job_of(job.state) != nullptr && job.failures == 0;
}

}  // namespace

void Supervisor::ended(const JobId& id, std::exception_ptr error) {
  const auto found = runners_.find(id);
  assert(found != runners_.end());  // the store hands out a job once
  const std::shared_ptr<Runner> runner = std::move(found->second);
  runners_.erase(found);
  performer_.forget(id);
  drain_alarm_->ring();
  if (error) fatal_(error);
  if (stopping_) return;
  const Job& job = runner->job();
  ParkedJobs::Entry entry;
  // By a row that is no longer true, perhaps: held when its runner saw it, and released and claimed again since.
  entry.changed = runner->is_stale();
  if (is_at_rest(job.state)) unfollow(job);
  if (is_at_rest(job.state) && !entry.changed) {
    admission_.ended(Lane::of(job));
    note_preparing(job);
    return wake();
  }
  entry.mail = runner->take_mail();
  park(job, std::move(entry));
}

void Supervisor::park(const Job& job, ParkedJobs::Entry entry) {
  entry.due = std::max(entry.due, job.not_before);
  entry.heeds_looks = heeds_looks(job);
  parked_.park(job.id, std::move(entry));
  keep_waking();
  parked_alarm_->ring();
}

/// Something learned elsewhere. What comes after the job has ended means nothing any more.
void Supervisor::deliver(const JobId& id, Event event) {
  if (const auto found = runners_.find(id); found != runners_.end()) return found->second->deliver(std::move(event));
  if (parked_.find(id) == nullptr) return;
  parked_.deliver(id, std::move(event));
  parked_alarm_->ring();
}

/// Somebody else has saved over the row of a job that is active here.
void Supervisor::changed(const JobId& id) {
  if (const auto found = runners_.find(id); found != runners_.end()) return found->second->reload();
  parked_.changed(id);
  parked_alarm_->ring();
}

void Supervisor::watched(const JobId& id) {
  bool heeds = false;
  Instant due{};
  if (const auto found = runners_.find(id); found != runners_.end()) {
    heeds = heeds_looks(found->second->job());
    due = found->second->job().not_before;
  } else if (const auto* entry = parked_.find(id); entry != nullptr) {
    heeds = entry->heeds_looks && entry->mail.empty();  // mail wakes it as it is
    due = entry->due;
  }
  if (heeds && due > clock_.now() + policy_.minimum_interval) deliver(id, Event(Watched{}));
}

void Supervisor::keep_waking() {
  if (waking_) return;
  waking_ = true;
  auto body = [this]() { return wake_parked(); };
  asio::co_spawn(executor_, std::move(body), [this](std::exception_ptr error) {
    waking_ = false;
    if (error) fatal_(error);
    drain_alarm_->ring();
  });
}

asio::awaitable<void> Supervisor::wake_parked() {
  while (!stopping_) {
    const Instant now = clock_.now();
    std::optional<JobId> id = loading_ < most_loading ? parked_.offer(now) : std::nullopt;
    if (!id) {
      const bool busy = loading_ == most_loading;
      co_await parked_alarm_->wait_until(busy ? now + idle_sleep : parked_.next_at().value_or(now + idle_sleep));
      continue;
    }
    ++loading_;
    auto body = [this, wanted = std::move(*id)]() { return load_parked(wanted); };
    asio::co_spawn(executor_, std::move(body), [this](std::exception_ptr error) {
      --loading_;
      if (error) fatal_(error);
      parked_alarm_->ring();
      drain_alarm_->ring();
    });
  }
}

/// `left` is what a parked entry had for it.
void Supervisor::run_job(Job job, Instant at, ParkedJobs::Entry left) {
  const RunnerContext context{performer_, store_, clock_, ids_, budgets_, observer_, policy_};
  const JobId id = job.id;
  auto runner = std::make_shared<Runner>(context, std::move(job), at, [this](const Job& saved) { follow(saved); });
  if (left.changed) runner->reload();  // the change may have come just after the row was loaded
  for (Event& event : left.mail) runner->deliver(std::move(event));
  runners_[id] = runner;
  auto body = [runner]() { return runner->run(); };
  asio::co_spawn(executor_, std::move(body), [this, id](std::exception_ptr error) { ended(id, error); });
}

asio::awaitable<void> Supervisor::load_parked(JobId id) {
  auto loaded = co_await store_.load(id);
  if (stopping_) co_return;
  const Instant now = clock_.now();
  if (!loaded) {
    observer_.notice(
        "store.failed", id,
        "cannot load the job: " + loaded.error().sentence() + "; trying again in " + to_duration(store_retry));
    parked_.postpone(id, now + store_retry);
    co_return;
  }
  ParkedJobs::Entry entry = parked_.take(id);
  mind_a_clock_set_back(*loaded, now);
  // Seen from a clock that is right by now, a row written by one that was ahead would wait ever again.
  if (!entry.changed) loaded->not_before = std::min(loaded->not_before, entry.due);
  run_job(std::move(*loaded), now, std::move(entry));
}

}  // namespace azrestored
