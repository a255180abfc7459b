// Finding the addresses of a host, with a deadline that holds.
// getaddrinfo cannot be interrupted (STYLE 4): at the deadline, or when cancelled, the caller goes on and the call is
// left to end on Asio's own thread. io_context::run() returns only after it has; resolv.conf bounds that.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <string>
#include <vector>

#include "core/base/instant.hpp"

namespace azrestored {

namespace asio = boost::asio;

struct Lookup {
  std::vector<asio::ip::tcp::endpoint> endpoints;  // empty when there is a problem
  boost::system::error_code problem;               // asio::error::timed_out at the deadline
};

asio::awaitable<Lookup> look_up(asio::any_io_executor executor, std::string host, std::string port, Millis deadline);

}  // namespace azrestored
