// bare_polls CA PORT TARGET TOKEN CONNECTIONS SECONDS: the minimum cost of polls over TLS. A loop on each of
// CONNECTIONS kept connections repeats the same request with Beast and reads only the status. Prints requests per
// second, and the CPU microseconds per request in this process. One thread, like the daemon's loop.
#include <sys/resource.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Clock = std::chrono::steady_clock;

struct Plan {
  asio::ip::tcp::endpoint endpoint;
  http::request<http::empty_body> request;
  Clock::time_point until;
  long answered = 0;
};

asio::awaitable<void> ask_again_and_again(asio::ssl::context& tls, Plan& plan) {
  const auto executor = co_await asio::this_coro::executor;
  beast::ssl_stream<beast::tcp_stream> stream(executor, tls);
  auto& socket = beast::get_lowest_layer(stream);
  co_await socket.async_connect(plan.endpoint, asio::use_awaitable);
  socket.socket().set_option(asio::ip::tcp::no_delay(true));
  co_await stream.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
  beast::flat_buffer buffer;
  while (Clock::now() < plan.until) {
    co_await http::async_write(stream, plan.request, asio::use_awaitable);
    http::response<http::string_body> response;
    co_await http::async_read(stream, buffer, response, asio::use_awaitable);
    if (response.result() != http::status::ok) throw std::runtime_error("answered: " + response.body());
    ++plan.answered;
  }
}

double cpu_us() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto us = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
  };
  return us(usage.ru_utime) + us(usage.ru_stime);
}

void run(char** words) {
  const int connections = std::atoi(words[5]);
  const double seconds = std::atof(words[6]);
  asio::ssl::context tls(asio::ssl::context::tls_client);
  tls.set_verify_mode(asio::ssl::verify_peer);
  tls.load_verify_file(words[1]);

  Plan plan;
  plan.endpoint = {asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(std::atoi(words[2]))};
  plan.request = {http::verb::get, words[3], 11};
  plan.request.set(http::field::host, std::string("127.0.0.1:") + words[2]);
  plan.request.set(http::field::user_agent, "azrestored-bench");
  plan.request.set(http::field::accept, "application/json");
  plan.request.set(http::field::accept_language, "en-US");
  plan.request.set("x-ms-client-request-id", "99999999-8888-4777-8666-555555555555");
  plan.request.set(http::field::authorization, std::string("Bearer ") + words[4]);
  plan.until = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));

  asio::io_context loop(1);
  const auto end = [](const std::exception_ptr& error) {
    if (error) std::rethrow_exception(error);
  };
  for (int i = 0; i < connections; ++i) asio::co_spawn(loop, ask_again_and_again(tls, plan), end);
  loop.run();
  const auto answered = static_cast<double>(plan.answered);
  std::cout << answered / seconds << ' ' << cpu_us() / answered << '\n';
}

}  // namespace

int main(int count, char** words) {
  if (count != 7) {
    std::cerr << "usage: bare_polls CA PORT TARGET TOKEN CONNECTIONS SECONDS\n";
    return 2;
  }
  try {
    run(words);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "bare_polls: " << error.what() << '\n';
    return 1;
  }
}
