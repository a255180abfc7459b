// A small HTTP/1.1 server on a listening socket of any kind, on the daemon's one io_context. It promises that whoever
// connects can cost the daemon only so much: connections, bytes and time are bounded; when all places are taken, who
// has asked for nothing the longest makes room. What is served, and to whom, is said by an HttpSite: the control
// socket's (daemon/control/server.cpp) and that of the metrics (daemon/metrics/server.cpp). Everything here runs on the io_context's
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

struct HttpCall {
  std::string method;
  std::string target;
  std::string accept;  // the header of that name
  std::string body;
  int connection = -1;  // the descriptor of the connection: it tells who calls
};

struct HttpReply {
  int status = 200;
  std::string content_type;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers{};  // more of them
};

class HttpSite {
 public:
  virtual ~HttpSite() = default;
  /// Why whoever is at the other end of the connection is not even read; nullopt for who may speak.
  virtual std::optional<HttpReply> refusal(int connection) = 0;
  virtual boost::asio::awaitable<HttpReply> answer(HttpCall call) = 0;
  /// What the server itself has to say: a request that cannot be read, no place, a bug in answer().
  virtual HttpReply fault(int status, std::string sentence) = 0;
};

class HttpServer {
 public:
  struct Limits {
    int connections = 64;
    /// For a whole request to arrive (idle time counts), and for an answer to be taken.
    Millis deadline = std::chrono::seconds(30);
    std::size_t header_bytes = 8U << 10U;
    std::size_t body_bytes = 1U << 10U;
    std::string when_full = "try again";  // what to do when all places are taken
  };

  /// The io_context outlives the server.
  HttpServer(boost::asio::io_context& context, std::shared_ptr<HttpSite> site, Limits limits);
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  ~HttpServer();

  /// Begins to serve whoever connects to this listening socket. Once.
  void start(FileDescriptor listening);

  /// Stops listening and closes every connection; answers in progress are dropped. Their coroutines end on the next
  /// turns of the io_context.
  void stop();

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;  // shared with the coroutines: they may outlive the server by a turn
};

}  // namespace azrestored
