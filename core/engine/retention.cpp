#include "core/engine/retention.hpp"

namespace azrestored {
namespace {

constexpr Millis first_round = std::chrono::seconds(5);
constexpr Millis between_rounds = std::chrono::hours(24);
/// Jobs removed in one transaction: a few hundred rows, a few milliseconds.
constexpr int at_once = 20;
/// The pause after each batch: the store is free nearly all the time, and a million jobs are removed within hours.
constexpr Millis pause = std::chrono::milliseconds(200);

}  // namespace

Retention::Retention(FinishedJobs& jobs, Originals& originals, Clock& clock, Observer& observer, Millis keep,
                     std::function<void(std::int64_t)> reported)
    : jobs_(jobs),
      originals_(originals),
      clock_(clock),
      observer_(observer),
      keep_(keep),
      reported_(std::move(reported)),
      timer_(clock.make_timer()) {}

asio::awaitable<void> Retention::run() {
  co_await rest(first_round);
  while (!stopping_) {
    co_await remove_all();
    co_await rest(between_rounds);
  }
}

void Retention::stop() {
  stopping_ = true;
  timer_->notify();
}

asio::awaitable<void> Retention::remove_all() {
  std::int64_t removed = 0;
  while (!stopping_) {
    const auto some = co_await remove_some();
    if (!some) {
      observer_.notice("retention.failed", "",
                       "cannot remove old jobs: " + some.error().sentence() + "; trying again tomorrow");
      break;
    }
    if (*some == 0) break;
    removed += *some;
    co_await rest(pause);
  }
  if (removed > 0) reported_(removed);
}

/// The number of jobs that were removed; 0 if there is nothing to remove.
asio::awaitable<Result<int>> Retention::remove_some() {
  const Instant before = clock_.now() - keep_;
  auto ids = co_await jobs_.finished(before, at_once);
  if (!ids) co_return ids.error();
  if (ids->empty()) co_return 0;
  const auto without_files = co_await originals_.remove(*ids);
  if (!without_files) co_return without_files.error();
  co_return co_await jobs_.remove(std::move(*ids), before);
}

asio::awaitable<void> Retention::rest(Millis span) {
  const Instant until = clock_.now() + span;
  while (!stopping_ && clock_.now() < until) co_await timer_->wait_until(until);
}

}  // namespace azrestored
