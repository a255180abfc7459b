#include "daemon/control_server.hpp"

#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <exception>
#include <list>
#include <set>
#include <sstream>

#include "daemon/as_result.hpp"
#include "daemon/control_protocol.hpp"
#include "daemon/control_socket.hpp"

namespace azrestored {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using Protocol = asio::local::stream_protocol;
using Stream = beast::basic_stream<Protocol>;
using Response = http::response<http::string_body>;

Response to_response(const ControlReply& reply, bool keep_alive) {
  Response response;
  response.result(static_cast<unsigned>(reply.status));
  response.set(http::field::content_type, "application/json");
  response.keep_alive(keep_alive);
  // Texts of the service may be cut in the middle of a character; that must not cost the answer.
  response.body() = reply.body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  response.prepare_payload();
  return response;
}

/// The answer to a request that could not be read, or nullopt when there is nobody to answer: idle, slow or gone.
std::optional<ControlReply> reply_to_unreadable(const beast::error_code& error) {
  if (error == http::error::body_limit || error == http::error::buffer_overflow) {
    return control_error(413, "badRequest", "the request is larger than 64 KiB");
  }
  if (error == http::error::header_limit) return control_error(431, "badRequest", "the request's header is too large");
  if (error == http::error::end_of_stream || error == http::error::partial_message) return std::nullopt;
  if (error.category() == http::make_error_code(http::error::bad_method).category()) {
    return control_error(400, "badRequest", "this is not HTTP/1.1: " + error.message());
  }
  return std::nullopt;
}

/// Says why nobody listens, as far as the socket's buffer takes it, without waiting: these connections have no place.
void turn_away(Protocol::socket socket, const ControlReply& reply) {
  std::ostringstream text;
  text << to_response(reply, false);
  beast::error_code ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(text.str()), ignored);
}

}  // namespace

bool is_root_or_self(uid_t uid) {
  return uid == 0 || uid == ::getuid();
}

class ControlServer::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(asio::io_context& context, JobStore& store, ControlBackend& backend, Options options)
      : context_(context), routes_(store, backend), options_(std::move(options)), acceptor_(context) {}

  Result<void> start() {
    auto socket = ControlSocket::listen(options_.path);
    if (!socket) return socket.error();
    socket_.emplace(std::move(*socket));
    acceptor_.assign(Protocol(), socket_->release_descriptor());
    const auto self = shared_from_this();
    asio::co_spawn(
        context_, [self] { return self->accept(); },
        [](const std::exception_ptr& bug) {
          if (bug) std::rethrow_exception(bug);
        });
    return {};
  }

  void stop() {
    beast::error_code ignored;
    acceptor_.close(ignored);
    socket_.reset();
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
      // No descriptor or memory to be had: trying again at once would only burn the processor.
      asio::steady_timer pause(context_, std::chrono::milliseconds(100));
      co_await pause.async_wait(as_result);
    }
  }

  void admit(Protocol::socket socket) {
    const auto uid = peer_uid(socket.native_handle());
    if (!uid || !options_.may_speak(*uid)) {
      turn_away(std::move(socket), control_error(403, "notAuthorized",
                                                 "only root and the user that azrestored runs as may use this socket"));
      return;
    }
    if (streams_.size() >= static_cast<std::size_t>(options_.most_connections)) make_room();
    if (streams_.size() >= static_cast<std::size_t>(options_.most_connections)) {
      turn_away(std::move(socket),
                control_error(503, "unavailable",
                              "all " + std::to_string(options_.most_connections) +
                                  " places for connections are taken; end some `azrestorectl watch`, or try again"));
      return;
    }
    const auto stream = std::make_shared<Stream>(std::move(socket));
    streams_.insert(stream.get());
    const auto self = shared_from_this();
    asio::co_spawn(
        context_, [self, stream, uid = *uid] { return self->serve(*stream, uid); },
        [self, stream](const std::exception_ptr& bug) {
          self->streams_.erase(stream.get());
          if (bug) std::rethrow_exception(bug);
        });
  }

  /// The place of who has asked for nothing the longest: idle and slow clients, however many, keep nobody out.
  void make_room() {
    if (waiting_.empty()) return;
    Stream* const longest = waiting_.front();
    waiting_.pop_front();
    streams_.erase(longest);
    longest->close();
  }

  /// One connection, request after request. `stream` is kept alive by the completion handler of co_spawn.
  asio::awaitable<void> serve(Stream& stream, uid_t uid) {
    beast::flat_buffer buffer(max_control_header_bytes + max_control_body_bytes);
    for (bool keep_alive = true; keep_alive;) {
      http::request_parser<http::string_body> parser;
      parser.header_limit(max_control_header_bytes);
      parser.body_limit(max_control_body_bytes);
      stream.expires_after(options_.deadline);
      waiting_.push_back(&stream);
      const auto [unreadable, bytes_read] = co_await http::async_read(stream, buffer, parser, as_result);
      waiting_.remove(&stream);

      ControlReply reply;
      if (unreadable) {
        auto explanation = reply_to_unreadable(unreadable);
        if (!explanation) co_return;
        reply = std::move(*explanation);
        keep_alive = false;
      } else {
        keep_alive = parser.get().keep_alive();
        ControlRequest request;
        request.method = parser.get().method_string();
        request.target = parser.get().target();
        request.uid = uid;
        request.body = std::move(parser.get().body());
        reply = co_await answer(std::move(request));
      }

      const Response response = to_response(reply, keep_alive);
      stream.expires_after(options_.deadline);
      const auto [unsent, bytes_sent] = co_await http::async_write(stream, response, as_result);
      if (unsent) co_return;
    }
  }

  /// A bug in one answer is that caller's trouble; restores go on.
  asio::awaitable<ControlReply> answer(ControlRequest request) {
    try {
      co_return co_await routes_.answer(std::move(request));
    } catch (const std::exception& bug) {
      co_return control_error(500, "internal", std::string("azrestored could not answer: ") + bug.what());
    }
  }

  asio::io_context& context_;
  ControlRoutes routes_;
  Options options_;
  Protocol::acceptor acceptor_;
  std::optional<ControlSocket> socket_;
  std::set<Stream*> streams_;   // open connections
  std::list<Stream*> waiting_;  // those of them whose request has not come in full, who waits longest first
};

ControlServer::ControlServer(asio::io_context& context, JobStore& store, ControlBackend& backend, Options options)
    : impl_(std::make_shared<Impl>(context, store, backend, std::move(options))) {}

ControlServer::~ControlServer() {
  stop();
}

Result<void> ControlServer::start() {
  return impl_->start();
}

void ControlServer::stop() {
  impl_->stop();
}

}  // namespace azrestored
