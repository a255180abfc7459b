// The port to HTTP. The daemon implements it with Beast, tests with models of Azure. One thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <variant>

#include "core/http/message.hpp"

namespace azrestored {

namespace asio = boost::asio;

/// Makes one HTTP exchange. Never repeats a request that may have arrived. Knows no rule of Azure.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual asio::awaitable<std::variant<HttpResponse, TransportFailure>> exchange(HttpRequest request) = 0;
};

}  // namespace azrestored
