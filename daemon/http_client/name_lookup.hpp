// Finds the addresses of a host within a deadline.
// getaddrinfo() cannot be interrupted. At the deadline, or after a cancellation, the caller continues and the call ends
// later on Asio's own thread. io_context::run() returns only after that; resolv.conf limits the time.
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
  std::vector<asio::ip::tcp::endpoint> endpoints;  // empty if there is a problem
  boost::system::error_code problem;               // asio::error::timed_out at the deadline
};

asio::awaitable<Lookup> look_up(asio::any_io_executor executor, std::string host, std::string port, Millis deadline);

}  // namespace azrestored
