#include "core/engine/supervisor.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "core/job/evolve.hpp"

namespace azrestored {
namespace {

/// After this many conflicts with other changes of the same job, a command fails.
constexpr int max_conflicts = 20;

}  // namespace

Supervisor::Supervisor(asio::any_io_executor executor, const ArmClients& sessions, JobStore& store, Clock& clock,
                       IdSource& ids, RateLimiter& budgets, Observer& observer, const Policy& policy, Limits limits,
                       std::function<void(std::exception_ptr)> fatal)
    : store_(store),
      clock_(clock),
      ids_(ids),
      budgets_(budgets),
      observer_(observer),
      policy_(policy),
      performer_(sessions, clock, ids, VaultCache::default_ttl),
      parking_(executor, RunnerContext{performer_, store, clock, ids, budgets, observer, policy},
               JobParking::Reports{[this](const Job& job) { saved(job); },
                                   [this](const Job& job) { claim_loop_.ended(job); }},
               fatal),
      pollers_(
          executor, VaultPollers::Context{sessions, clock, ids, observer, policy},
          [this](const JobId& id, Event event) { parking_.deliver(id, std::move(event)); }, fatal),
      claim_loop_(store, clock, observer, parking_, limits, [this] { performer_.evict_expired_reads(); }) {}

asio::awaitable<Result<void>> Supervisor::recover() {
  return claim_loop_.recover();
}

asio::awaitable<void> Supervisor::run() {
  return claim_loop_.run();
}

void Supervisor::wake() {
  claim_loop_.wake();
}

void Supervisor::saved(const Job& job) {
  claim_loop_.update_preparing(job);
  pollers_.update(job);
}

asio::awaitable<Result<Job>> Supervisor::command(JobId id, EventPayload wanted) {
  const Event event(std::move(wanted));
  for (int tries = 0; tries < max_conflicts; ++tries) {
    auto job = co_await store_.load(id);
    if (!job) co_return job.error();
    const Moment moment{clock_.now(), ids_.fraction()};
    auto next = evolve(*job, event, policy_, moment);
    if (!next) co_return next.error();
    auto saved = co_await store_.save(next->job, next->line);
    if (saved) {
      if (next->line) observer_.changed(*saved, *next->line, duration_of_left_state(*job, *saved));
      announce_command(*saved);
      co_return saved;
    }
    if (saved.error().kind() != ErrorKind::conflict) co_return saved.error();
  }
  co_return Error(ErrorKind::conflict, "the job kept changing while the command was applied; try again");
}

/// A command has saved the job: informs the part that has it.
void Supervisor::announce_command(const Job& job) {
  if (parking_.contains(job.id)) {
    parking_.changed(job.id);
  } else {
    claim_loop_.commanded(job.id);
  }
  if (!is_at_rest(job.state)) claim_loop_.wake();  // released or retried: it can be claimed
}

void Supervisor::watched(const JobId& id) {
  parking_.request_details(id);
}

void Supervisor::set_limits(Limits limits) {
  claim_loop_.set_limits(limits);
}

std::optional<Instant> Supervisor::next_poll() const {
  const auto next_job = parking_.next_at();
  const auto next_list = pollers_.next_due();
  if (!next_job || !next_list) return next_job ? next_job : next_list;
  return std::min(*next_job, *next_list);
}

std::optional<WaitReason> Supervisor::waiting(const Job& job) const {
  if (const auto queued = budgets_.waiting(job.id)) {
    return WaitReason{QuotaWait{queued->limit_per_hour, queued->key.is_read, queued->key.short_name()},
                      queued->position};
  }
  if (const auto read = performer_.waiting(job.id)) return WaitReason{*read, std::nullopt};
  return claim_loop_.wait_reason(job);
}

std::optional<Instant> Supervisor::goes_on_at(const JobId& id) const {
  return parking_.goes_on_at(id);
}

void Supervisor::stop() {
  claim_loop_.stop();
  parking_.stop();
  pollers_.stop();
}

/// A Runner that saves may start a poller, so the pollers are drained last.
asio::awaitable<void> Supervisor::drained() {
  co_await parking_.drained();
  co_await pollers_.drained();
}

}  // namespace azrestored
