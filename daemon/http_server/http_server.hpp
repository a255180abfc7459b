// A small HTTP/1.1 server on a listening socket of any kind, on the daemon's io_context. Its cost is bounded: the
// number of connections, the bytes of a request, and the time. When all connections are in use, it closes the one that
// has waited longest for a request. An HttpHandler decides what is served, and to which clients: that of the control
// socket (daemon/control/server.cpp) and that of the metrics (daemon/metrics/server.cpp). Only on the io_context's
// thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/instant.hpp"
#include "daemon/os/file_descriptor.hpp"

namespace azrestored {

struct HttpServerRequest {
  std::string method;
  std::string target;
  std::string accept;  // the Accept header
  std::string body;
  int connection = -1;  // the descriptor of the connection, which identifies the client
};

struct HttpServerResponse {
  int status = 200;
  std::string content_type;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers{};  // more of them
};

class HttpHandler {
 public:
  virtual ~HttpHandler() = default;
  /// The response for a client whose requests must not be read; nullopt if the client is allowed.
  virtual std::optional<HttpServerResponse> refusal(int connection) = 0;
  virtual boost::asio::awaitable<HttpServerResponse> answer(HttpServerRequest call) = 0;
  /// The response for the server's own failures: an unreadable request, no free connection, an exception in answer().
  virtual HttpServerResponse fault(int status, std::string sentence) = 0;
};

class HttpServer {
 public:
  struct Limits {
    int connections = 64;
    /// For a complete request to arrive, idle time included, and for a response to be sent.
    Millis deadline = std::chrono::seconds(30);
    std::size_t header_bytes = 8U << 10U;
    std::size_t body_bytes = 1U << 10U;
    std::string when_full = "try again";  // what to do if all connections are in use
  };

  /// The io_context must outlive the server.
  HttpServer(boost::asio::io_context& context, std::shared_ptr<HttpHandler> site, Limits limits);
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  ~HttpServer();

  /// Begins to serve the clients that connect to this listening socket. Call it once.
  void start(FileDescriptor listening);

  /// Stops listening and closes every connection. Responses in progress are lost; their coroutines end in the next
  /// iterations of the io_context.
  void stop();

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;  // shared with the coroutines, which may outlive the server briefly
};

}  // namespace azrestored
