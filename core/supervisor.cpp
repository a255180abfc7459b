#include "core/supervisor.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <cassert>

#include "core/text.hpp"

namespace azrestored {
namespace {

/// Jobs taken from the store at once.
constexpr int claim_batch = 500;
/// Resumed jobs that are overdue start this far apart: 20 a second, below the rate at which ARM refills its reads (25 a
/// second, API.md 9.1).
constexpr Millis resume_spacing = Millis(50);
/// When the store cannot be read, and in any case once in a while: claims of another host may have been given back.
constexpr Millis claim_interval = std::chrono::seconds(30);
/// Between two claims, so that ten thousand jobs that end at once do not make the store look for the next one as often;
/// and a store that takes long to find it is left alone nine times as long.
constexpr Millis shortest_rest = Millis(100);
constexpr Millis longest_rest = std::chrono::seconds(2);
constexpr int rest_factor = 9;
/// A command that keeps losing against other changes of the same job gives up and says so.
constexpr int most_conflicts = 20;

/// Jobs that one list tells of: those of one vault or its secondary region, seen with the same rights.
std::string watch_key(const Job& job) {
  const Plan& plan = job.progress.plan;
  return job.vault.key() + "|" + to_lower(plan.cross_region) + "|" + plan.auth;
}

bool is_tracked(const State& state) {
  return std::holds_alternative<Tracking>(state) || std::holds_alternative<Rehydrating>(state) ||
         std::holds_alternative<Cancelling>(state);
}

/// Says of fill() that it is under way, however it ends.
class Flag {
 public:
  explicit Flag(bool& flag) : flag_(flag) { flag_ = true; }
  ~Flag() { flag_ = false; }
  Flag(const Flag&) = delete;
  Flag& operator=(const Flag&) = delete;

 private:
  bool& flag_;
};

}  // namespace

Supervisor::Supervisor(asio::any_io_executor executor, const ArmSessions& sessions, JobStore& store, Clock& clock,
                       IdSource& ids, RateBudgets& budgets, Observer& observer, const Policy& policy, Limits limits,
                       std::function<void(std::exception_ptr)> fatal)
    : executor_(std::move(executor)),
      sessions_(sessions),
      store_(store),
      clock_(clock),
      ids_(ids),
      budgets_(budgets),
      observer_(observer),
      policy_(policy),
      limits_(limits),
      fatal_(std::move(fatal)),
      performer_(sessions, clock, ids, VaultReader::usual_time),
      alarm_(clock.make_alarm()),
      drain_alarm_(clock.make_alarm()),
      admission_(limits.caps) {}

Supervisor::~Supervisor() = default;

asio::awaitable<Result<void>> Supervisor::recover() {
  auto released = co_await store_.release_claims();
  if (!released) co_return released.error();
  co_return co_await fill(resume_spacing);
}

asio::awaitable<void> Supervisor::run() {
  while (!stopping_) {
    if (!work_waiting_) co_await alarm_->wait_until(clock_.now() + claim_interval);
    if (stopping_) break;
    performer_.drop_old_reads();
    work_waiting_ = false;
    const Instant begun = clock_.now();
    auto filled = co_await fill(Millis(0));
    if (!filled) observer_.notice("store.failed", "", "cannot claim jobs: " + filled.error().sentence());
    const Millis effort = (clock_.now() - begun) * rest_factor;
    co_await rest(std::clamp(effort, shortest_rest, longest_rest));
  }
}

/// Returns sooner when the clock is set.
asio::awaitable<void> Supervisor::rest(Millis at_least) {
  const Instant begun = clock_.now();
  while (!stopping_ && clock_.now() >= begun && clock_.now() < begun + at_least)
    co_await alarm_->wait_until(begun + at_least);
}

void Supervisor::wake() {
  work_waiting_ = true;
  alarm_->ring();
}

asio::awaitable<Result<void>> Supervisor::fill(Millis spacing) {
  Instant at = clock_.now();
  const Flag filling(filling_);
  while (!stopping_ && active() < static_cast<std::size_t>(limits_.active_jobs)) {
    const int places = limits_.active_jobs - static_cast<int>(active());
    auto jobs = co_await store_.claim(std::min(places, claim_batch), admission_);
    if (!jobs) co_return jobs.error();
    if (jobs->empty() || stopping_) break;  // what was claimed is given back at the next start
    for (Job& job : *jobs) {
      const bool overdue = !std::holds_alternative<Queued>(job.state) && job.not_before <= at;
      start(std::move(job), at);
      if (overdue) at += spacing;
    }
  }
  changed_unclaimed_.clear();
  co_return Result<void>();
}

void Supervisor::start(Job job, Instant at) {
  const RunnerContext context{performer_, store_, clock_, ids_, budgets_, observer_, policy_};
  const JobId id = job.id;
  if (const auto found = runners_.find(id); found != runners_.end()) {
    // Released or retried before its runner had seen that it was at rest: that runner goes on, or this one follows it.
    found->second->reload();
    claimed_again_.insert_or_assign(id, std::move(job));
    return;
  }
  auto runner = std::make_shared<Runner>(context, std::move(job), at, [this](const Job& changed) { follow(changed); });
  runners_[id] = runner;
  admission_.began(Lane::of(runner->job()));
  auto body = [runner]() { return runner->run(); };
  asio::co_spawn(executor_, std::move(body), [this, id](std::exception_ptr error) { ended(id, error); });
  if (changed_unclaimed_.contains(id)) runner->reload();
}

void Supervisor::ended(const JobId& id, std::exception_ptr error) {
  const auto found = runners_.find(id);
  assert(found != runners_.end());  // the store hands out a job once
  const std::string key = watch_key(found->second->job());
  admission_.ended(Lane::of(found->second->job()));
  runners_.erase(found);
  performer_.forget(id);
  if (const auto watcher = watchers_.find(key); watcher != watchers_.end()) watcher->second->unwatch(id);
  if (error) fatal_(error);
  drain_alarm_->ring();
  if (stopping_) return;
  auto again = claimed_again_.extract(id);
  if (!again.empty()) start(std::move(again.mapped()), clock_.now());
  wake();
}

void Supervisor::follow(const Job& job) {
  const std::string key = watch_key(job);
  const auto found = watchers_.find(key);
  const bool is_followed = is_tracked(job.state) || std::holds_alternative<Polling>(job.state);
  if (!is_followed) {
    if (found != watchers_.end()) found->second->unwatch(job.id);
  } else if (found != watchers_.end()) {
    watch(*found->second, job);
  } else {
    start_watcher(job);
  }
}

void Supervisor::watch(VaultWatcher& watcher, const Job& job) {
  const Progress& progress = job.progress;
  if (is_tracked(job.state)) return watcher.watch(job.id, progress.azure_job_id, progress.posted_at);
  watcher.watch_for(job.id, progress.request_id, progress.posted_at);
}

void Supervisor::start_watcher(const Job& job) {
  ArmSession* arm = sessions_.find(job.progress.plan.auth);
  if (arm == nullptr) return;  // the settings have lost the profile; the job's own reads say so
  const std::string key = watch_key(job);
  const JobPlace place{job.vault, job.progress.plan.cross_region};
  auto deliver = [this](const JobId& id, Event event) {
    if (const auto found = runners_.find(id); found != runners_.end()) found->second->deliver(std::move(event));
  };
  auto watcher = std::make_shared<VaultWatcher>(place, *arm, clock_, ids_, observer_, policy_, std::move(deliver));
  // Before it is started: it runs up to its first wait at once, and one that watches nobody ends.
  watch(*watcher, job);
  watchers_[key] = watcher;
  ++watchers_running_;
  auto body = [watcher]() { return watcher->run(); };
  asio::co_spawn(executor_, std::move(body), [this, watcher, key](std::exception_ptr error) {
    --watchers_running_;
    watchers_.erase(key);
    if (error) fatal_(error);
    drain_alarm_->ring();
    // Somebody may have begun to watch just as it ended.
    if (!watcher->idle() && !stopping_) {
      for (const auto& [id, runner] : runners_) follow(runner->job());
    }
  });
}

asio::awaitable<Result<Job>> Supervisor::command(JobId id, Happening wanted) {
  const Event event(std::move(wanted));
  for (int tries = 0; tries < most_conflicts; ++tries) {
    auto job = co_await store_.load(id);
    if (!job) co_return job.error();
    const Moment moment{clock_.now(), ids_.fraction()};
    auto next = evolve(*job, event, policy_, moment);
    if (!next) co_return next.error();
    auto saved = co_await store_.save(next->job, next->line);
    if (saved) {
      if (next->line) observer_.changed(*saved, *next->line);
      if (const auto found = runners_.find(id); found != runners_.end()) {
        found->second->reload();
      } else if (filling_) {
        changed_unclaimed_.insert(id);  // it may have been claimed just before, as it was
      }
      if (!is_at_rest(saved->state)) wake();  // released or retried: it is to be claimed
      co_return saved;
    }
    if (saved.error().kind() != ErrorKind::conflict) co_return saved.error();
  }
  co_return Error(ErrorKind::conflict, "the job changes too fast for that now; try again");
}

void Supervisor::watched(const JobId& id) {
  const auto found = runners_.find(id);
  if (found == runners_.end()) return;
  const Job& job = found->second->job();
  const bool read_soon = job.not_before <= clock_.now() + policy_.minimum_interval;
  const auto* cancelling = std::get_if<Cancelling>(&job.state);
  const bool watching = cancelling != nullptr && cancelling->phase == Cancelling::Phase::watching;
  const bool followed = is_tracked(job.state) && cancelling == nullptr;
  if (read_soon || job.failures > 0 || !(watching || followed)) return;
  found->second->deliver(Event(Watched{}));
}

std::optional<Waiting> Supervisor::waiting(const Job& job) const {
  if (auto in_line = budgets_.waiting(job.id)) return in_line;
  if (std::string read = performer_.waiting(job.id); !read.empty()) return Waiting{std::move(read), {}, {}};
  if (!std::holds_alternative<Queued>(job.state) || runners_.contains(job.id)) return std::nullopt;
  return waiting_of_queued(job, admission_, active(), limits_.active_jobs);
}

void Supervisor::stop() {
  stopping_ = true;
  alarm_->ring();
  drain_alarm_->ring();
  for (const auto& [id, runner] : runners_) runner->stop();
  for (const auto& [key, watcher] : watchers_) watcher->stop();
}

asio::awaitable<void> Supervisor::drained() {
  while (!runners_.empty() || watchers_running_ > 0)
    co_await drain_alarm_->wait_until(clock_.now() + std::chrono::minutes(1));
}

}  // namespace azrestored
