#include "daemon/http_server/http_server.hpp"

#include <sys/socket.h>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <exception>
#include <list>
#include <set>
#include <sstream>

#include "daemon/os/as_result.hpp"

namespace azrestored {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using Protocol = asio::generic::stream_protocol;
using Acceptor = asio::basic_socket_acceptor<Protocol>;
using Stream = beast::basic_stream<Protocol>;
using Response = http::response<http::string_body>;

Protocol protocol_of(int descriptor) {
  int family = AF_UNSPEC;
  socklen_t size = sizeof family;
  ::getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &family, &size);
  return {family, 0};
}

/// The response to HEAD is that to GET without the body.
Response to_response(HttpServerResponse reply, bool keep_alive, bool is_head = false) {
  Response response;
  response.result(static_cast<unsigned>(reply.status));
  response.set(http::field::content_type, reply.content_type);
  for (const auto& [name, value] : reply.headers) response.set(name, value);
  response.keep_alive(keep_alive);
  response.content_length(reply.body.size());
  if (!is_head) response.body() = std::move(reply.body);
  return response;
}

/// Sends the reason for the refusal as far as the socket's buffer accepts it. It does not wait, because these
/// connections have no slot.
void reject(Protocol::socket socket, HttpServerResponse reply) {
  std::ostringstream text;
  text << to_response(std::move(reply), false);
  beast::error_code ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(text.str()), ignored);
}

}  // namespace

class HttpServer::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(asio::io_context& context, std::shared_ptr<HttpHandler> site, Limits limits)
      : context_(context), site_(std::move(site)), limits_(std::move(limits)), acceptor_(context) {}

  void start(FileDescriptor listening) {
    const Protocol protocol = protocol_of(listening.get());
    acceptor_.assign(protocol, listening.release());
    const auto self = shared_from_this();
    asio::co_spawn(
        context_, [self] { return self->accept(); },
        [](const std::exception_ptr& bug) {
          if (bug) std::rethrow_exception(bug);
        });
  }

  void stop() {
    beast::error_code ignored;
    acceptor_.close(ignored);
    for (Stream* stream : streams_) stream->close();
  }

 private:
  asio::awaitable<void> accept() {
    while (acceptor_.is_open()) {
      auto [error, socket] = co_await acceptor_.async_accept(as_result);
      if (!acceptor_.is_open()) co_return;
      if (!error) {
        admit(std::move(socket));
        continue;
      }
      // No descriptor or memory is available. A retry without a pause would only use the processor.
      asio::steady_timer pause(context_, std::chrono::milliseconds(100));
      co_await pause.async_wait(as_result);
    }
  }

  void admit(Protocol::socket socket) {
    if (auto refusal = site_->refusal(socket.native_handle())) {
      reject(std::move(socket), std::move(*refusal));
      return;
    }
    const auto places = static_cast<std::size_t>(limits_.connections);
    if (streams_.size() >= places) make_room();
    if (streams_.size() >= places) {
      reject(std::move(socket),
             site_->fault(503, "all " + std::to_string(places) + " connections are in use; " + limits_.when_full));
      return;
    }
    const auto stream = std::make_shared<Stream>(std::move(socket));
    streams_.insert(stream.get());
    const auto self = shared_from_this();
    asio::co_spawn(
        context_, [self, stream] { return self->serve(*stream); },
        [self, stream](const std::exception_ptr& bug) {
          self->streams_.erase(stream.get());
          if (bug) std::rethrow_exception(bug);
        });
  }

  /// Closes the connection that has waited longest for a request, so that idle and slow clients cannot block others.
  void make_room() {
    if (waiting_.empty()) return;
    Stream* const longest = waiting_.front();
    waiting_.pop_front();
    streams_.erase(longest);
    longest->close();
  }

  /// Serves the requests of one connection. The completion handler of co_spawn keeps `stream` alive.
  asio::awaitable<void> serve(Stream& stream) {
    beast::flat_buffer buffer(limits_.header_bytes + limits_.body_bytes);
    for (bool keep_alive = true; keep_alive;) {
      http::request_parser<http::string_body> parser;
      parser.header_limit(static_cast<std::uint32_t>(limits_.header_bytes));
      parser.body_limit(limits_.body_bytes);
      stream.expires_after(limits_.deadline);
      waiting_.push_back(&stream);
      const auto [unreadable, bytes_read] = co_await http::async_read(stream, buffer, parser, as_result);
      waiting_.remove(&stream);

      HttpServerResponse reply;
      if (unreadable) {
        auto explanation = reply_to_unreadable(unreadable);
        if (!explanation) co_return;
        reply = std::move(*explanation);
        keep_alive = false;
      } else {
        keep_alive = parser.get().keep_alive();
        HttpServerRequest call;
        call.method = parser.get().method_string();
        call.target = parser.get().target();
        call.accept = parser.get()[http::field::accept];
        call.body = std::move(parser.get().body());
        call.connection = stream.socket().native_handle();
        reply = co_await answer(std::move(call));
      }

      const bool is_head = parser.get().method() == http::verb::head;
      const Response response = to_response(std::move(reply), keep_alive, is_head);
      stream.expires_after(limits_.deadline);
      const auto [unsent, bytes_sent] = co_await http::async_write(stream, response, as_result);
      if (unsent) co_return;
    }
  }

  /// The response to a request that could not be read; nullopt if the client was idle or slow, or has disconnected.
  std::optional<HttpServerResponse> reply_to_unreadable(const beast::error_code& error) {
    if (error == http::error::body_limit || error == http::error::buffer_overflow) {
      const auto most = (limits_.header_bytes + limits_.body_bytes) >> 10U;
      return site_->fault(413, "the request is larger than " + std::to_string(most) + " KiB");
    }
    if (error == http::error::header_limit) return site_->fault(431, "the request's header is too large");
    if (error == http::error::end_of_stream || error == http::error::partial_message) return std::nullopt;
    if (error.category() == http::make_error_code(http::error::bad_method).category()) {
      return site_->fault(400, "this is not HTTP/1.1: " + error.message());
    }
    return std::nullopt;
  }

  /// An exception affects only this response; the daemon continues.
  asio::awaitable<HttpServerResponse> answer(HttpServerRequest call) {
    try {
      co_return co_await site_->answer(std::move(call));
    } catch (const std::exception& bug) {
      co_return site_->fault(500, std::string("azrestored could not process the request: ") + bug.what());
    }
  }

  asio::io_context& context_;
  const std::shared_ptr<HttpHandler> site_;
  const Limits limits_;
  Acceptor acceptor_;
  std::set<Stream*> streams_;   // open connections
  std::list<Stream*> waiting_;  // those whose request is not complete, the longest waiting first
};

HttpServer::HttpServer(asio::io_context& context, std::shared_ptr<HttpHandler> site, Limits limits)
    : impl_(std::make_shared<Impl>(context, std::move(site), std::move(limits))) {}

HttpServer::~HttpServer() {
  stop();
}

void HttpServer::start(FileDescriptor listening) {
  impl_->start(std::move(listening));
}

void HttpServer::stop() {
  impl_->stop();
}

}  // namespace azrestored
