#include "core/engine/supervisor.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <cassert>

#include "core/base/text.hpp"

namespace azrestored {
namespace {

/// Jobs taken from the store at once: in memory as a whole for that time.
constexpr int claim_batch = 100;
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
      admission_(limits.caps),
      parked_alarm_(clock.make_alarm()) {}

Supervisor::~Supervisor() = default;

asio::awaitable<Result<void>> Supervisor::recover() {
  const Flag filling(filling_);
  Instant at = clock_.now();
  std::optional<JobId> last;
  while (!stopping_) {
    const int places = limits_.active_jobs - static_cast<int>(active());
    if (places <= 0) {
      auto released = co_await store_.release_claims(last);
      if (!released) co_return released.error();
      break;
    }
    auto jobs = co_await store_.resume(std::min(places, claim_batch), last);
    if (!jobs) co_return jobs.error();
    if (jobs->empty()) break;
    last = jobs->back().id;
    start_spaced(std::move(*jobs), resume_spacing, at);
  }
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
    if (jobs->empty() || stopping_) break;  // what was claimed is resumed at the next start
    start_spaced(std::move(*jobs), spacing, at);
  }
  changed_unclaimed_.clear();
  co_return Result<void>();
}

/// From `at` on, which moves by `spacing` for each job that is overdue.
void Supervisor::start_spaced(std::vector<Job> jobs, Millis spacing, Instant& at) {
  for (Job& job : jobs) {
    const bool overdue = !std::holds_alternative<Queued>(job.state) && job.not_before <= at;
    start(std::move(job), at);
    if (overdue) at += spacing;
  }
}

void Supervisor::start(Job job, Instant at) {
  const JobId id = job.id;
  // Released or retried before it was seen here that it was at rest: the one that has it goes on from the row.
  if (runners_.contains(id) || parked_.find(id) != nullptr) return changed(id);
  admission_.began(Lane::of(job));
  note_preparing(job);
  const Instant now = clock_.now();
  mind_a_clock_set_back(job, now);
  ParkedJobs::Entry entry;
  entry.changed = changed_unclaimed_.contains(id);
  const auto waits_until = long_wait(job, now);
  const bool waits_its_turn = at > now && !std::holds_alternative<Triggering>(job.state);
  if (!waits_until && !waits_its_turn) return run_job(std::move(job), at, std::move(entry));
  entry.due = std::max(at, job.not_before);
  // Were mail to end the wait, a vault's list would make all resumed jobs read their details at once.
  entry.mail_waits = !waits_until;
  follow(job);
  park(job, std::move(entry));
}

void Supervisor::follow(const Job& job) {
  note_preparing(job);
  const bool is_followed = backup_job_of(job.state) != nullptr || std::holds_alternative<Polling>(job.state);
  if (!is_followed) return unfollow(job);
  if (const auto found = watchers_.find(watch_key(job)); found != watchers_.end()) {
    found->second->watch(job);
  } else {
    start_watcher(job);
  }
}

/// Whoever is followed, or comes to rest, has its request out and makes room for the next.
void Supervisor::note_preparing(const Job& job) {
  const bool prepares = is_preparing(job.state);
  if (prepares) {
    preparing_.insert(job.id);
  } else if (preparing_.erase(job.id) > 0) {
    wake();
  }
  admission_.set_preparing(preparing_.size());
}

void Supervisor::unfollow(const Job& job) {
  const auto found = watchers_.find(watch_key(job));
  if (found == watchers_.end()) return;
  found->second->unwatch(job);
  // It ends by itself now; whoever is to be watched from here on gets a new one.
  if (found->second->idle()) watchers_.erase(found);
}

void Supervisor::start_watcher(const Job& job) {
  ArmSession* arm = sessions_.find(job.progress.plan.auth);
  if (arm == nullptr) return;  // the settings have lost the profile; the job's own reads say so
  const JobPlace place{job.vault, job.progress.plan.cross_region};
  auto told = [this](const JobId& id, Event event) { deliver(id, std::move(event)); };
  auto watcher = std::make_shared<VaultWatcher>(place, *arm, clock_, ids_, observer_, policy_, std::move(told));
  // Before it is started: it runs up to its first wait at once, and one that watches nobody ends.
  watcher->watch(job);
  watchers_[watch_key(job)] = watcher;
  ++watchers_running_;
  auto body = [watcher]() { return watcher->run(); };
  asio::co_spawn(executor_, std::move(body), [this, watcher](std::exception_ptr error) {
    --watchers_running_;
    if (error) fatal_(error);
    drain_alarm_->ring();
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
      if (next->line) observer_.changed(*saved, *next->line, time_in_state_left(*job, *saved));
      if (runners_.contains(id) || parked_.find(id) != nullptr) {
        changed(id);
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

std::optional<WaitReason> Supervisor::waiting(const Job& job) const {
  if (const auto queued = budgets_.waiting(job.id)) {
    return WaitReason{QuotaWait{queued->limit_per_hour, queued->key.is_read, queued->key.short_name()},
                      queued->position};
  }
  if (const auto read = performer_.waiting(job.id)) return WaitReason{*read, std::nullopt};
  const bool is_active = runners_.contains(job.id) || parked_.find(job.id) != nullptr;
  if (!std::holds_alternative<Queued>(job.state) || is_active) return std::nullopt;
  return wait_reason_of_queued(job, admission_, active(), limits_.active_jobs);
}

std::optional<Instant> Supervisor::goes_on_at(const JobId& id) const {
  if (const auto found = runners_.find(id); found != runners_.end()) return found->second->job().not_before;
  if (const auto* entry = parked_.find(id); entry != nullptr) return entry->due;
  return std::nullopt;
}

void Supervisor::set_limits(Limits limits) {
  limits_ = limits;
  admission_.set_caps(limits.caps);
  wake();
}

std::optional<Instant> Supervisor::next_poll() const {
  std::optional<Instant> next = parked_.next_at();
  const auto consider = [&](Instant at) { next = next ? std::min(*next, at) : at; };
  for (const auto& [id, runner] : runners_) consider(runner->job().not_before);
  for (const auto& [key, watcher] : watchers_) consider(watcher->due());
  return next;
}

void Supervisor::stop() {
  stopping_ = true;
  alarm_->ring();
  drain_alarm_->ring();
  parked_alarm_->ring();
  for (const auto& [id, runner] : runners_) runner->stop();
  for (const auto& [key, watcher] : watchers_) watcher->stop();
}

asio::awaitable<void> Supervisor::drained() {
  while (!runners_.empty() || watchers_running_ > 0 || loading_ > 0 || waking_)
    co_await drain_alarm_->wait_until(clock_.now() + std::chrono::minutes(1));
}

}  // namespace azrestored
