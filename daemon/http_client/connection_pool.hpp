// Limits the number of connections, and keeps unused ones for the next exchange.
//
// An exchange holds a Place, a slot, from before it looks for a connection until it is done. Slots are given in the
// order of arrival. A kept connection needs no slot. Before a new one is opened, the longest unused ones are closed, so
// that the number of connections never exceeds the limit. One thread. After stop(), nothing is given or kept.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <list>
#include <memory>
#include <optional>
#include <string>

#include "daemon/http_client/connection.hpp"

namespace azrestored {

class ConnectionPool : public std::enable_shared_from_this<ConnectionPool> {
 public:
  /// The right to one connection; the destructor returns it. It keeps the pool alive, because the loop may destroy a
  /// suspended exchange after the transport.
  class Slot {
   public:
    explicit Slot(std::shared_ptr<ConnectionPool> pool);
    Slot(Slot&&) noexcept = default;
    Slot& operator=(Slot&&) = delete;
    ~Slot();

   private:
    std::shared_ptr<ConnectionPool> pool_;
  };

  ConnectionPool(const asio::any_io_executor& executor, int limit, Millis idle_time);

  /// Waits for a slot; nullopt if cancelled or stopping.
  asio::awaitable<std::optional<Slot>> place();

  /// The most recently used connection to `origin` that is still quiet; null if there is none.
  std::unique_ptr<Connection> take(const std::string& origin);
  /// Keeps an unused connection for the next exchange with `origin`.
  void keep(const std::string& origin, std::unique_ptr<Connection> connection);
  /// Closes kept connections until one more fits. The holder of a slot calls it before it opens a connection.
  void make_room();

  /// Closes unused connections and wakes all waiters without a slot. No connection is kept afterwards.
  void stop();

 private:
  struct Waiter;
  struct Idle {
    std::string origin;
    std::unique_ptr<Connection> connection;
    std::chrono::steady_clock::time_point since;
  };

  void give_back();
  void close_at_idle_end();

  const int limit_;
  const Millis idle_time_;
  int places_ = 0;  // given out
  bool stopping_ = false;
  std::list<Waiter*> waiters_;  // in the order of arrival
  std::list<Idle> idle_;        // longest unused first
  asio::steady_timer idle_end_;
  bool looks_for_idle_ = false;  // idle_end_ runs, so that a busy pool does not restart the timer each time
};

}  // namespace azrestored
