// See server.hpp. In every coroutine here, an awaited object has a name or is a function's result. Reason: g++ 12
// destroys aggregates and capturing closures twice if they are written inside an expression with co_await.
#include "server.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include "wire.hpp"

namespace azsim {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace ssl = asio::ssl;
using tcp = asio::ip::tcp;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds idle_limit{120}, write_limit{120}, handshake_limit{10}, goodbye_limit{2};
constexpr std::uint64_t body_limit_bytes = 4U << 20U;
constexpr std::uint32_t header_limit_bytes = 64U << 10U;  // signed addresses and tokens are long

using TlsStream = beast::ssl_stream<beast::tcp_stream>;

enum class Next { keep, close_politely, close_at_once };

ssl::context make_tls(const std::string& cert, const std::string& key) {
  ssl::context tls(ssl::context::tls_server);
  tls.set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 | ssl::context::no_sslv3 |
                  ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1);
  try {
    tls.use_certificate_chain_file(cert);
    tls.use_private_key_file(key, ssl::context::pem);
  } catch (const std::exception& error) {
    throw std::runtime_error("the certificate '" + cert + "' or its key '" + key + "' cannot be used: " + error.what());
  }
  return tls;
}

Request to_request(const http::request<http::string_body>& message, bool secure, std::uint64_t connection) {
  Request request;
  request.method = std::string(message.method_string());
  request.target = std::string(message.target());
  request.body = message.body();
  request.connection = connection;
  for (const auto& field : message)
    request.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
  const std::string* host = find_value(request.headers, "Host");
  request.base_url = std::string(secure ? "https://" : "http://") + (host != nullptr ? *host : "127.0.0.1");
  return request;
}

asio::awaitable<void> pause_for(Ticks length) {
  if (length <= Ticks{0}) co_return;
  const auto executor = co_await asio::this_coro::executor;
  asio::steady_timer timer(executor, std::chrono::duration_cast<std::chrono::steady_clock::duration>(length));
  co_await timer.async_wait(as_result);
}

template <class Stream>
asio::awaitable<bool> send(Stream& stream, const std::string& bytes) {
  beast::get_lowest_layer(stream).expires_after(write_limit);
  const auto buffer = asio::buffer(bytes);
  const auto [error, count] = co_await asio::async_write(stream, buffer, as_result);
  (void)count;
  co_return !error;
}

/// One byte every `gap`: a client must measure the whole response, not the time since the last byte.
template <class Stream>
asio::awaitable<Next> send_slowly(Stream& stream, const std::string& bytes, Ticks gap) {
  for (const char byte : bytes) {
    const std::string one(1, byte);
    if (!co_await send(stream, one)) co_return Next::close_at_once;
    co_await pause_for(gap);
  }
  co_return Next::keep;
}

template <class Stream>
asio::awaitable<Next> send_huge(Stream& stream, std::uint64_t size, const std::string& date) {
  const std::string block(64U << 10U, 'x');
  std::string bytes = wire_chunked_head(date) + wire_chunk("{\"value\":\"");
  for (;;) {
    if (!co_await send(stream, bytes)) co_return Next::close_at_once;
    if (size == 0) break;
    const std::uint64_t part = std::min<std::uint64_t>(size, block.size());
    bytes = wire_chunk(std::string_view(block).substr(0, part));
    size -= part;
  }
  bytes = wire_chunk("\"}") + wire_chunk({});
  const bool sent = co_await send(stream, bytes);
  co_return sent ? Next::keep : Next::close_at_once;
}

template <class Stream>
asio::awaitable<Next> deliver(Stream& stream, const Answer& answer) {
  const Delivery& delivery = answer.delivery;
  const std::string date = http_date(wall_clock());
  std::string bytes;
  switch (delivery.how) {
    case Delivery::How::silent_close:
      co_await pause_for(delivery.pause);
      co_return Next::close_at_once;
    case Delivery::How::slow:
      bytes = wire_bytes(answer.response, date);
      co_return co_await send_slowly(stream, bytes, delivery.pause);
    case Delivery::How::huge:
      co_return co_await send_huge(stream, delivery.bytes, date);
    case Delivery::How::torn:
      bytes = wire_torn(answer.response, date);
      co_await send(stream, bytes);
      co_return Next::close_at_once;
    case Delivery::How::garbage:
      bytes = "\x02\x7f this is no HTTP at all \r\n\r\n";
      co_await send(stream, bytes);
      co_return Next::close_at_once;
    case Delivery::How::whole:
      break;
  }
  co_await pause_for(delivery.pause);
  bytes = wire_bytes(answer.response, date);
  const bool sent = co_await send(stream, bytes);
  if (!sent) co_return Next::close_at_once;
  co_return answer.response.close ? Next::close_politely : Next::keep;
}

asio::awaitable<void> say_goodbye(beast::tcp_stream& stream) {
  beast::error_code ignored;
  stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
  co_return;
}

asio::awaitable<void> say_goodbye(TlsStream& stream) {
  beast::get_lowest_layer(stream).expires_after(goodbye_limit);
  co_await stream.async_shutdown(as_result);
}

}  // namespace

struct Server::Impl {
  Impl(ServerSettings given, Front& the_front, RequestLog& the_log)
      : settings(std::move(given)),
        front(the_front),
        log(the_log),
        right_tls(ssl::context::tls_server),
        wrong_tls(ssl::context::tls_server),
        https(io),
        plain(io),
        signals(io, SIGTERM, SIGINT) {
    if (settings.https_port >= 0) {
      right_tls = make_tls(settings.tls_cert, settings.tls_key);
      const bool has_wrong = !settings.wrong_cert.empty();
      wrong_tls =
          has_wrong ? make_tls(settings.wrong_cert, settings.wrong_key) : make_tls(settings.tls_cert, settings.tls_key);
      listen(https, settings.https_port);
    }
    if (settings.http_port >= 0) listen(plain, settings.http_port);
  }

  static void listen(tcp::acceptor& acceptor, int port) {
    const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(port));
    try {
      acceptor.open(endpoint.protocol());
      acceptor.set_option(tcp::acceptor::reuse_address(true));
      acceptor.bind(endpoint);
      acceptor.listen();
    } catch (const std::exception& error) {
      throw std::runtime_error("cannot listen on 127.0.0.1:" + std::to_string(port) + ": " + error.what());
    }
  }

  template <class Stream>
  asio::awaitable<void> converse(Stream& stream, bool secure, std::uint64_t connection) {
    beast::flat_buffer buffer;
    for (;;) {
      http::request_parser<http::string_body> parser;
      parser.body_limit(body_limit_bytes);
      parser.header_limit(header_limit_bytes);
      beast::get_lowest_layer(stream).expires_after(idle_limit);
      const auto [error, count] = co_await http::async_read(stream, buffer, parser, as_result);
      (void)count;
      if (error) break;
      const Request request = to_request(parser.get(), secure, connection);
      const Instant started = wall_clock();
      const Answer answer = front.answer(request, started);
      const Next next = co_await deliver(stream, answer);
      const Delivery::How how = answer.delivery.how;
      const bool no_status = how == Delivery::How::silent_close || how == Delivery::How::garbage;
      log.write(request, answer, no_status ? 0 : answer.response.status, started, wall_clock());
      if (next == Next::close_at_once) {
        beast::get_lowest_layer(stream).close();
        co_return;
      }
      if (next == Next::close_politely || !parser.keep_alive()) break;
    }
    co_await say_goodbye(stream);
  }

  asio::awaitable<void> serve_plain(tcp::socket socket, std::uint64_t connection) {
    beast::tcp_stream stream(std::move(socket));
    co_await converse(stream, false, connection);
  }

  asio::awaitable<void> serve_tls(tcp::socket socket, std::uint64_t connection) {
    ssl::context& tls = front.wrong_certificate_due() ? wrong_tls : right_tls;
    TlsStream stream(std::move(socket), tls);
    beast::get_lowest_layer(stream).expires_after(handshake_limit);
    const auto [error] = co_await stream.async_handshake(ssl::stream_base::server, as_result);
    if (error) {
      front.handshake_failed();
      co_return;
    }
    co_await converse(stream, true, connection);
  }

  asio::awaitable<void> accept_all(tcp::acceptor& acceptor, bool secure) {
    const auto executor = co_await asio::this_coro::executor;
    const auto report = [](const std::exception_ptr& error) {
      if (!error) return;
      try {
        std::rethrow_exception(error);
      } catch (const std::exception& caught) {
        std::cerr << "azrestore-sim: a connection ended with an exception: " << caught.what() << std::endl;
      }
    };
    for (;;) {
      auto [error, socket] = co_await acceptor.async_accept(as_result);
      if (error == asio::error::operation_aborted) co_return;
      if (error) {  // probably out of descriptors; other connections will close some
        co_await pause_for(std::chrono::milliseconds(50));
        continue;
      }
      beast::error_code ignored;
      socket.set_option(tcp::no_delay(true), ignored);
      const std::uint64_t connection = ++connections;
      if (secure) {
        asio::co_spawn(executor, serve_tls(std::move(socket), connection), report);
      } else {
        asio::co_spawn(executor, serve_plain(std::move(socket), connection), report);
      }
    }
  }

  void run() {
    signals.async_wait([this](const boost::system::error_code& error, int) {
      if (!error) io.stop();  // the connections break, as if the service had died
    });
    const auto fatal = [](const std::exception_ptr& error) {
      if (error) std::rethrow_exception(error);
    };
    if (https.is_open()) asio::co_spawn(io, accept_all(https, true), fatal);
    if (plain.is_open()) asio::co_spawn(io, accept_all(plain, false), fatal);
    io.run();
  }

  const ServerSettings settings;
  Front& front;
  RequestLog& log;
  ssl::context right_tls,
      wrong_tls;  // outlive the io_context, whose destructor ends their connections
  std::uint64_t connections = 0;
  asio::io_context io{1};
  tcp::acceptor https, plain;
  asio::signal_set signals;
};

Server::Server(ServerSettings settings, Front& front, RequestLog& log)
    : impl_(std::make_unique<Impl>(std::move(settings), front, log)) {}
Server::~Server() = default;

std::uint16_t Server::https_port() const {
  return impl_->https.is_open() ? impl_->https.local_endpoint().port() : std::uint16_t{0};
}
std::uint16_t Server::http_port() const {
  return impl_->plain.is_open() ? impl_->plain.local_endpoint().port() : std::uint16_t{0};
}
void Server::run() {
  impl_->run();
}

}  // namespace azsim
