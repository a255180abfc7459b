#!/bin/bash
# Expected: an HTTP client that reads the response to a request skips interim responses (RFC 9110, section 15.2: a
#   server may send 1xx at any time, and a client has to be able to parse them although it did not ask for them).
# Seen: Beast's http::read completes with the interim response, as a whole message without an error. The final
#   response stays in the connection and is what the next read returns: to a pooled connection, the response to
#   another request. A client that tests "status < 300" takes a 103 for success.
# Version: Boost.Beast 1.81.0-5+deb12u1 (Debian 12).
# Output:
#   first read: 103, body "", Success
#   second read: 202, body "taken", Success
# azrestored: reads heads until the status is 200 or more, with one deadline and one limit for all heads together.
# Needs: g++ (C++20) of the machine.
# Exit status: 0 as described, 1 changed, 2 could not be tried.
set -Eeuo pipefail
trap 'echo "could not be tried (line $LINENO)" >&2; exit 2' ERR
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
package=libboost1.81-dev=1.81.0-5+deb12u1
apt-get -qq -o APT::Sandbox::User=root download "$package" || { echo "cannot be had: $package" >&2; exit 2; }
dpkg-deb -x libboost*.deb root

cat > interim.cpp <<'CPP'
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <iostream>
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

int main() {
  asio::io_context loop(1);
  asio::local::stream_protocol::socket client(loop), server(loop);
  asio::local::connect_pair(client, server);
  http::write(client, http::request<http::empty_body>(http::verb::post, "/restore", 11));
  asio::write(server, asio::buffer(std::string("HTTP/1.1 103 Early Hints\r\nLink: </status>\r\n\r\n"
                                               "HTTP/1.1 202 Accepted\r\nContent-Length: 5\r\n\r\ntaken")));
  beast::flat_buffer buffer;
  for (const char* which : {"first", "second"}) {
    http::response<http::string_body> response;
    beast::error_code problem;
    http::read(client, buffer, response, problem);
    std::cout << which << " read: " << response.result_int() << ", body \"" << response.body() << "\", "
              << problem.message() << '\n';
  }
}
CPP
g++ -std=c++20 -isystem root/usr/include interim.cpp -o interim -pthread

seen=$(./interim)
expected='first read: 103, body "", Success
second read: 202, body "taken", Success'
echo "$seen"
[ "$seen" = "$expected" ] || { printf 'changed; expected:\n%s\n' "$expected" >&2; exit 1; }
