// How many connections there are, who may open the next, and which unused ones are kept.
//
// An exchange holds a Place from before it looks for a connection until it is done. Places are given first come, first
// served. A kept connection needs no place, but room is made for a new one by closing the one unused longest, so that
// connections in being never exceed the limit. One thread; everything ends with stop().
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
  /// The right to one connection; given back by the destructor. It keeps the pool alive, because the loop may destroy
  /// a suspended exchange after the transport is gone.
  class Place {
   public:
    explicit Place(std::shared_ptr<ConnectionPool> pool);
    Place(Place&&) noexcept = default;
    Place& operator=(Place&&) = delete;
    ~Place();

   private:
    std::shared_ptr<ConnectionPool> pool_;
  };

  ConnectionPool(const asio::any_io_executor& executor, int limit, Millis idle_time);

  /// Waits for a place; nullopt when cancelled or stopping.
  asio::awaitable<std::optional<Place>> place();

  /// The connection to `origin` that was used last, if it is still in order; null when there is none.
  std::unique_ptr<Connection> take(const std::string& origin);
  /// Keeps an unused connection for the next exchange with `origin`.
  void keep(const std::string& origin, std::unique_ptr<Connection> connection);
  /// To be called by the holder of a place, before it opens a connection.
  void make_room();

  /// Closes what is unused and sends those who wait away. Nothing is kept afterwards.
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
  std::list<Waiter*> waiters_;  // first come first
  std::list<Idle> idle_;        // longest unused first
  asio::steady_timer idle_end_;
  bool looks_for_idle_ = false;  // idle_end_ runs; not set anew each time that a busy pool runs empty
};

}  // namespace azrestored
