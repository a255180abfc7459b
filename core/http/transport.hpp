// The port to HTTP. The daemon implements it with Beast, tests with models of Azure.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <variant>

#include "core/http/message.hpp"

namespace azrestored {

namespace asio = boost::asio;

/// One HTTP exchange. Never repeats a request that may have arrived; knows no rule of Azure's.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual asio::awaitable<std::variant<HttpResponse, TransportFailure>> exchange(HttpRequest request) = 0;
};

}  // namespace azrestored
