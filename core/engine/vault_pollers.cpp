#include "core/engine/vault_pollers.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <utility>
#include <variant>

#include "core/base/text.hpp"
#include "core/engine/job_requests.hpp"

namespace azrestored {
namespace {

/// Jobs with the same key are in the same list: the same vault or secondary region, and the same sign-in profile.
std::string poller_key(const Job& job) {
  const RestoreOptions& options = job.progress.options;
  return job.vault.key() + "|" + to_lower(options.cross_region) + "|" + options.auth;
}

/// True if the job's restore runs or may run, so that the vault's list shows its backup job.
bool needs_list(const State& state) {
  return std::holds_alternative<Polling>(state) || backup_job_of(state) != nullptr;
}

}  // namespace

VaultPollers::VaultPollers(asio::any_io_executor executor, Context context, VaultPoller::Deliver deliver,
                           std::function<void(std::exception_ptr)> fatal)
    : executor_(std::move(executor)),
      context_(context),
      deliver_(std::move(deliver)),
      fatal_(std::move(fatal)),
      drain_timer_(context.clock.make_timer()) {}

void VaultPollers::update(const Job& job) {
  if (needs_list(job.state)) return track_vault(job);
  untrack_vault(job);
}

void VaultPollers::track_vault(const Job& job) {
  if (const auto found = pollers_.find(poller_key(job)); found != pollers_.end()) return found->second->watch(job);
  start(job);
}

void VaultPollers::untrack_vault(const Job& job) {
  const auto found = pollers_.find(poller_key(job));
  if (found == pollers_.end()) return;
  found->second->unwatch(job);
  // An idle VaultPoller ends by itself. The next job of this vault gets a new one.
  if (found->second->idle()) pollers_.erase(found);
}

void VaultPollers::start(const Job& job) {
  ArmClient* arm = context_.sessions.find(job.progress.options.auth);
  if (arm == nullptr) return;
  auto poller = std::make_shared<VaultPoller>(scope_of(job), *arm, context_.clock, context_.ids, context_.observer,
                                              context_.policy, deliver_);
  // Before the start: run() executes up to its first wait at once, and ends if it has no job.
  poller->watch(job);
  pollers_[poller_key(job)] = poller;
  ++running_;
  auto body = [poller]() { return poller->run(); };
  asio::co_spawn(executor_, std::move(body), [this, poller](std::exception_ptr error) {
    --running_;
    if (error) fatal_(error);
    drain_timer_->notify();
  });
}

std::optional<Instant> VaultPollers::next_due() const {
  std::optional<Instant> next;
  for (const auto& [key, poller] : pollers_) next = next ? std::min(*next, poller->due()) : poller->due();
  return next;
}

void VaultPollers::stop() {
  for (const auto& [key, poller] : pollers_) poller->stop();
}

asio::awaitable<void> VaultPollers::drained() {
  while (running_ > 0) co_await drain_timer_->wait_until(context_.clock.now() + std::chrono::minutes(1));
}

}  // namespace azrestored
