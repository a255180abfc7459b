#include "daemon/http_client/connection_pool.hpp"

#include <cassert>

#include "daemon/os/as_result.hpp"

namespace azrestored {

/// One waiting exchange. It lives in the waiting coroutine. If that is cancelled or destroyed, the destructor removes
/// it from the queue, or the destructor of Place passes on the slot that it was just given. So no slot is lost.
struct ConnectionPool::Waiter {
  explicit Waiter(ConnectionPool& its_pool) : pool(its_pool), bell(its_pool.idle_end_.get_executor()) {
    bell.expires_at(asio::steady_timer::time_point::max());
    at = pool.waiters_.insert(pool.waiters_.end(), this);
  }
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;
  ~Waiter() {
    if (queued) pool.waiters_.erase(at);
  }

  /// Removes the waiter from the queue and wakes it, with or without a slot.
  void wake(std::shared_ptr<ConnectionPool> granting) {
    pool.waiters_.erase(at);
    queued = false;
    if (granting) place.emplace(std::move(granting));
    bell.cancel();
  }

  ConnectionPool& pool;
  asio::steady_timer bell;
  std::list<Waiter*>::iterator at;
  bool queued = true;
  std::optional<Slot> place;
};

ConnectionPool::Slot::Slot(std::shared_ptr<ConnectionPool> pool) : pool_(std::move(pool)) {
  ++pool_->places_;
}

ConnectionPool::Slot::~Slot() {
  if (pool_) pool_->give_back();
}

ConnectionPool::ConnectionPool(const asio::any_io_executor& executor, int limit, Millis idle_time)
    : limit_(limit), idle_time_(idle_time), idle_end_(executor) {}

asio::awaitable<std::optional<ConnectionPool::Slot>> ConnectionPool::place() {
  const auto self = shared_from_this();
  if (stopping_) co_return std::nullopt;
  if (places_ < limit_) {
    assert(waiters_.empty());  // a free slot goes to a waiter at once
    co_return Slot(self);
  }
  Waiter waiter(*this);
  co_await waiter.bell.async_wait(as_result);  // woken or cancelled: the result depends only on the slot
  co_return std::move(waiter.place);
}

void ConnectionPool::give_back() {
  --places_;
  if (!waiters_.empty() && places_ < limit_ && !stopping_) waiters_.front()->wake(shared_from_this());
}

std::unique_ptr<Connection> ConnectionPool::take(const std::string& origin) {
  for (auto at = idle_.end(); at != idle_.begin();) {
    --at;
    if (at->origin != origin) continue;
    std::unique_ptr<Connection> connection = std::move(at->connection);
    at = idle_.erase(at);
    if (connection->is_quiet()) return connection;
  }
  return nullptr;
}

void ConnectionPool::keep(const std::string& origin, std::unique_ptr<Connection> connection) {
  if (stopping_) return;
  idle_.push_back({origin, std::move(connection), std::chrono::steady_clock::now()});
  if (!looks_for_idle_) close_at_idle_end();
}

void ConnectionPool::make_room() {
  // Each slot has at most one connection; the caller's is about to be opened.
  while (!idle_.empty() && places_ + static_cast<int>(idle_.size()) > limit_) idle_.pop_front();
}

void ConnectionPool::stop() {
  stopping_ = true;
  idle_.clear();
  idle_end_.cancel();
  while (!waiters_.empty()) waiters_.front()->wake(nullptr);
}

void ConnectionPool::close_at_idle_end() {
  const auto too_old = std::chrono::steady_clock::now() - idle_time_;
  while (!idle_.empty() && idle_.front().since <= too_old) idle_.pop_front();
  looks_for_idle_ = !idle_.empty();
  if (!looks_for_idle_) return;
  idle_end_.expires_at(idle_.front().since + idle_time_);
  idle_end_.async_wait([weak = weak_from_this()](const boost::system::error_code& cancelled) {
    const auto pool = weak.lock();
    if (pool && !cancelled) pool->close_at_idle_end();
  });
}

}  // namespace azrestored
