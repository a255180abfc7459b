// The sockets: an HTTPS and a plain HTTP listener on 127.0.0.1, one coroutine per connection, all on one io_context and
// one thread. Reads requests with Beast, gets the response from the Front, and delivers it as the Front decides. Has no
// rules of Azure.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "front.hpp"
#include "request_log.hpp"

namespace azsim {

struct ServerSettings {
  int https_port = -1;  // -1: no such listener; 0: any free port
  int http_port = -1;
  std::string tls_cert, tls_key;      // PEM files; the certificate may be a chain
  std::string wrong_cert, wrong_key;  // presented by a `wrong-cert` fault; empty: the right ones
};

class Server {
 public:
  /// Opens the listeners; throws std::exception with a sentence if a port is in use or a certificate is unreadable.
  Server(ServerSettings settings, Front& front, RequestLog& log);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// 0 if there is no such listener.
  [[nodiscard]] std::uint16_t https_port() const;
  [[nodiscard]] std::uint16_t http_port() const;
  /// Serves until SIGTERM or SIGINT.
  void run();

 private:
  struct Impl;  // keeps Beast and OpenSSL out of the files that include this one
  std::unique_ptr<Impl> impl_;
};

}  // namespace azsim
