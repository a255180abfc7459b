#include "core/engine/claim_loop.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "core/admission/lane.hpp"

namespace azrestored {
namespace {

/// Maximum number of jobs that one call takes from the store. All of them are completely in memory for that time.
constexpr int claim_batch = 100;
/// Resumed jobs that are overdue start this far apart: 20 a second, below the rate at which ARM refills its reads (25 a
/// second, azure-backup-api.md 9.1).
constexpr Millis resume_spacing = Millis(50);
/// Maximum time between two rounds of claims: the store may have failed, and another host may have released claims.
constexpr Millis claim_interval = std::chrono::seconds(30);
/// The pause after a round of claims is nine times as long as the round took, within these bounds. If ten thousand jobs
/// end at once, the store must not search for the next job ten thousand times.
constexpr Millis shortest_pause = Millis(100);
constexpr Millis longest_pause = std::chrono::seconds(2);
constexpr int pause_factor = 9;

/// Sets the flag until the end of the scope, also if an exception leaves it.
class ScopedFlag {
 public:
  explicit ScopedFlag(bool& flag) : flag_(flag) { flag_ = true; }
  ~ScopedFlag() { flag_ = false; }
  ScopedFlag(const ScopedFlag&) = delete;
  ScopedFlag& operator=(const ScopedFlag&) = delete;

 private:
  bool& flag_;
};

}  // namespace

ClaimLoop::ClaimLoop(JobStore& store, Clock& clock, Observer& observer, ActiveJobs& jobs, const Limits& limits,
                     std::function<void()> housekeeping)
    : store_(store),
      clock_(clock),
      observer_(observer),
      jobs_(jobs),
      limits_(limits),
      housekeeping_(std::move(housekeeping)),
      timer_(clock.make_timer()),
      admission_(limits.caps) {}

asio::awaitable<Result<void>> ClaimLoop::recover() {
  const ScopedFlag claiming(claiming_);
  Instant at = clock_.now();
  std::optional<JobId> last;
  while (!stopping_) {
    if (free_slots() <= 0) {
      auto released = co_await store_.release_claims(last);
      if (!released) co_return released.error();
      break;
    }
    auto jobs = co_await store_.resume(std::min(free_slots(), claim_batch), last);
    if (!jobs) co_return jobs.error();
    if (jobs->empty()) break;
    last = jobs->back().id;
    start_spaced(std::move(*jobs), resume_spacing, at);
  }
  co_return co_await claim(resume_spacing);
}

asio::awaitable<void> ClaimLoop::run() {
  while (!stopping_) {
    if (!work_waiting_) co_await timer_->wait_until(clock_.now() + claim_interval);
    if (stopping_) break;
    housekeeping_();
    work_waiting_ = false;
    const Instant began_at = clock_.now();
    auto claimed = co_await claim(Millis(0));
    if (!claimed) observer_.notice("store.failed", "", "cannot claim jobs: " + claimed.error().sentence());
    const Millis effort = (clock_.now() - began_at) * pause_factor;
    co_await pause(std::clamp(effort, shortest_pause, longest_pause));
  }
}

/// Ends early if the clock is set back.
asio::awaitable<void> ClaimLoop::pause(Millis at_least) {
  const Instant began_at = clock_.now();
  while (!stopping_ && clock_.now() >= began_at && clock_.now() < began_at + at_least)
    co_await timer_->wait_until(began_at + at_least);
}

void ClaimLoop::wake() {
  work_waiting_ = true;
  timer_->notify();
}

void ClaimLoop::stop() {
  stopping_ = true;
  timer_->notify();
}

void ClaimLoop::set_limits(const Limits& limits) {
  limits_ = limits;
  admission_.set_limits(limits.caps);
  wake();
}

int ClaimLoop::free_slots() const {
  return limits_.active_jobs - static_cast<int>(jobs_.count());
}

/// Claims until no slot is free or no job may start.
asio::awaitable<Result<void>> ClaimLoop::claim(Millis spacing) {
  Instant at = clock_.now();
  const ScopedFlag claiming(claiming_);
  while (!stopping_ && free_slots() > 0) {
    auto jobs = co_await store_.claim(std::min(free_slots(), claim_batch), admission_);
    if (!jobs) co_return jobs.error();
    if (jobs->empty() || stopping_) break;  // the next daemon resumes the claimed jobs
    start_spaced(std::move(*jobs), spacing, at);
  }
  commanded_while_claiming_.clear();
  co_return Result<void>();
}

/// Starts the first job at `at`. Each overdue job moves `at` forward by `spacing`.
void ClaimLoop::start_spaced(std::vector<Job> jobs, Millis spacing, Instant& at) {
  for (Job& job : jobs) {
    const bool is_overdue = !std::holds_alternative<Queued>(job.state) && job.not_before <= at;
    start(std::move(job), at);
    if (is_overdue) at += spacing;
  }
}

void ClaimLoop::start(Job job, Instant at) {
  // The job was released or retried before its runner saw that it was at rest. That runner continues from the row.
  if (jobs_.contains(job.id)) return jobs_.changed(job.id);
  admission_.began(Lane::of(job));
  update_preparing(job);
  const bool is_outdated = commanded_while_claiming_.contains(job.id);
  jobs_.start(std::move(job), at, is_outdated);
}

void ClaimLoop::update_preparing(const Job& job) {
  if (is_preparing(job.state)) {
    preparing_.insert(job.id);
  } else if (preparing_.erase(job.id) > 0) {
    wake();
  }
  admission_.set_preparing(preparing_.size());
}

void ClaimLoop::ended(const Job& job) {
  admission_.ended(Lane::of(job));
  update_preparing(job);
  wake();
}

void ClaimLoop::commanded(const JobId& id) {
  if (claiming_) commanded_while_claiming_.insert(id);
}

std::optional<WaitReason> ClaimLoop::wait_reason(const Job& job) const {
  if (!std::holds_alternative<Queued>(job.state) || jobs_.contains(job.id)) return std::nullopt;
  return wait_reason_of_queued(job, admission_, jobs_.count(), limits_.active_jobs);
}

}  // namespace azrestored
