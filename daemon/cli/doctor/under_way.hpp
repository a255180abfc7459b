// Work on an event loop for a program that waits for its result. Several can run at the same time.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

namespace azrestored::cli {

namespace asio = boost::asio;

template <class Value>
class UnderWay {
 public:
  UnderWay(asio::io_context& loop, asio::awaitable<Value> work) : loop_(loop) {
    asio::co_spawn(loop, std::move(work), [outcome = outcome_](const std::exception_ptr& bug, Value value) {
      if (bug) std::rethrow_exception(bug);
      *outcome = std::move(value);
    });
  }

  /// Runs the loop until the work is done, and no longer: other work, such as a name lookup, does not delay the result.
  Value& get() {
    while (!*outcome_) {
      loop_.restart();
      loop_.run_one();
    }
    return **outcome_;
  }

 private:
  asio::io_context& loop_;
  const std::shared_ptr<std::optional<Value>> outcome_ = std::make_shared<std::optional<Value>>();
};

}  // namespace azrestored::cli
