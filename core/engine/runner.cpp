#include "core/engine/runner.hpp"

#include "core/azure/problem.hpp"
#include "core/base/duration.hpp"
#include "core/jobfile/job_file.hpp"
#include "core/json/fault.hpp"

namespace azrestored {
namespace {

/// A job with a longer wait is parked. A shorter wait is not worth loading the row again.
constexpr Millis short_wait = std::chrono::seconds(5);

}  // namespace

std::optional<Instant> parkable_until(const Job& job, Instant now) {
  if (std::holds_alternative<Triggering>(job.state)) return std::nullopt;
  const Action action = decide(job, now);
  const auto* sleep = std::get_if<SleepUntil>(&action);
  if (sleep == nullptr || sleep->at <= now + short_wait) return std::nullopt;
  return sleep->at;
}

void adjust_for_clock_step(Job& job, Instant now) {
  if (job.since <= now) return;
  job.not_before -= job.since - now;
  job.progress.posted_at = std::min(job.progress.posted_at, now);
}

Runner::Runner(RunnerContext context, Job job, Instant start_at, std::function<void(const Job&)> changed)
    : context_(context),
      job_(std::move(job)),
      start_at_(start_at),
      changed_(std::move(changed)),
      timer_(context.clock.make_timer()) {}

void Runner::reload() {
  stale_ = true;
  timer_->notify();
  context_.budgets.cancel_wait(job_.id);
  context_.performer.cancel_wait(job_.id);
}

void Runner::deliver(Event event) {
  const bool withdraws_request = Performer::withdraws_request(event, job_);
  pending_events_.push_back(std::move(event));
  timer_->notify();
  if (withdraws_request) context_.budgets.cancel_wait(job_.id);
}

void Runner::stop() {
  stopping_ = true;
  timer_->notify();
}

asio::awaitable<void> Runner::run() {
  changed_(job_);
  // Events do not end this wait: one list would make all resumed jobs of its vault read their details at once.
  while (!stopping_ && context_.clock.now() < start_at_) co_await timer_->wait_until(start_at_);
  // In this state a previous daemon left the job: it saved the intent to POST and then ended, or it found some time ago
  // that an unclear POST had started nothing.
  const auto* triggering = std::get_if<Triggering>(&job_.state);
  if (triggering != nullptr && (triggering->sent || job_.progress.attempts > 0)) {
    Event interrupted(Interrupted{});
    co_await record(std::move(interrupted));
  }
  while (!stopping_ && !waits_long_ && (stale_ || !is_at_rest(job_.state))) co_await step();
}

asio::awaitable<void> Runner::step() {
  if (stale_) {
    stale_ = false;
    co_await load_again();
    co_return;
  }
  if (!pending_events_.empty()) {
    Event event = std::move(pending_events_.front());
    pending_events_.pop_front();
    co_await record(std::move(event));
    co_return;
  }
  const Instant now = context_.clock.now();
  if (parkable_until(job_, now)) {
    waits_long_ = true;
    co_return;
  }
  const Action action = decide(job_, now);
  if (const auto* sleep = std::get_if<SleepUntil>(&action)) {
    co_await timer_->wait_until(sleep->at);
    co_return;
  }
  Event event = co_await perform(action);
  if (std::holds_alternative<RequestWithdrawn>(event.what)) co_return;
  co_await record(std::move(event));
}

asio::awaitable<Event> Runner::perform(Action action) {
  if (!spec_ && Performer::spec_use(action) != Performer::SpecUse::none) {
    auto failed = co_await read_spec(action);
    if (failed) co_return std::move(*failed);
  }
  Event event = co_await context_.performer.perform(action, job_, spec_);
  if (Performer::can_drop_spec_after(action)) spec_.reset();
  co_return event;
}

/// Reads the stored job file into spec_. Returns the event that replaces the action if the store fails, or if the
/// action requires the file and this version does not understand it. nullopt if the action can be carried out.
asio::awaitable<std::optional<Event>> Runner::read_spec(Action action) {
  auto text = co_await context_.store.spec(job_.id);
  if (!text) co_return Performer::not_started(action, internal_problem("Store", text.error().sentence()));
  std::vector<Fault> faults;
  auto spec = read_job_spec(*text, faults);
  if (spec) {
    spec_ = std::make_shared<const JobSpec>(std::move(*spec));
    co_return std::nullopt;
  }
  if (Performer::spec_use(action) != Performer::SpecUse::required) co_return std::nullopt;
  co_return Event(SpecUnreadable{
      internal_problem("JobFile", "this version does not understand the stored job file: " + faults.front().text())});
}

asio::awaitable<void> Runner::record(Event event) {
  for (;;) {
    const Moment moment{context_.clock.now(), context_.ids.fraction()};
    auto next = evolve(job_, event, context_.policy, moment);
    if (!next) {
      context_.observer.notice("event.dropped", job_.id, next.error().sentence());
      co_return;
    }
    if (!next->changed) {
      job_ = std::move(next->job);
      co_return;
    }
    auto saved = co_await context_.store.save(std::move(next->job), next->line);
    if (saved) {
      const auto stayed = duration_of_left_state(job_, *saved);
      job_ = std::move(*saved);
      if (next->line) context_.observer.changed(job_, *next->line, stayed);
      changed_(job_);
      co_return;
    }
    if (saved.error().kind() == ErrorKind::conflict) {
      // A command saved first. The event is a fact: it is applied to the present row.
      if (!co_await load_again()) co_return;
      continue;
    }
    if (stopping_) co_return;
    co_await wait_for_store("save", saved.error());
  }
}

asio::awaitable<bool> Runner::load_again() {
  for (;;) {
    auto loaded = co_await context_.store.load(job_.id);
    if (loaded) {
      job_ = std::move(*loaded);
      changed_(job_);
      co_return true;
    }
    if (stopping_) co_return false;
    co_await wait_for_store("load", loaded.error());
  }
}

asio::awaitable<void> Runner::wait_for_store(std::string doing, Error error) {
  context_.observer.notice(
      "store.failed", job_.id,
      "cannot " + doing + " the job: " + error.sentence() + "; trying again in " + to_duration(store_retry));
  const Instant until = context_.clock.now() + store_retry;
  while (!stopping_ && context_.clock.now() < until) co_await timer_->wait_until(until);
}

}  // namespace azrestored
