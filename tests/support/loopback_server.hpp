// A server on 127.0.0.1. The test decides every byte that it sends: each accepted connection runs the test's script on
// its own thread, with blocking calls. It shares no code with what it tests: plain sockets and OpenSSL. Everything is
// bounded: a read that gets nothing for a minute, longer than any test waits, ends as if the peer had closed.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace azrestored::test {

/// An accepted connection, as its script uses it.
class Peer {
 public:
  Peer(int socket, SSL* ssl, int number) : socket_(socket), ssl_(ssl), number_(number) {}

  /// Head and body (Content-Length) of the next request; "" after the client has closed.
  std::string read_request();
  /// False after the client has closed.
  bool write(std::string_view bytes);
  /// Each string is a TLS record; all are in one segment.
  void write_together(const std::vector<std::string>& records);
  /// Writes a whole answer: "200 OK", further header lines, body.
  void answer(std::string_view status, std::string_view headers, std::string_view body);
  /// Ends the connection before the script ends.
  void close_now();
  /// Blocks until the client closes.
  void wait_for_close();

  [[nodiscard]] int number() const { return number_; }  // of the connection, from 1
  [[nodiscard]] bool resumed() const { return SSL_session_reused(ssl_) == 1; }
  /// The name that the client sent (SNI); "" for none.
  [[nodiscard]] std::string server_name() const;

 private:
  std::string read_some();

  int socket_;
  SSL* ssl_;
  int number_;
  std::string unread_;
};

class LoopbackServer {
 public:
  using Script = std::function<void(Peer&)>;
  struct Tls {
    std::filesystem::path certificate;
    std::filesystem::path key;
    int newest_version = 0;  // 0: OpenSSL's newest
  };

  explicit LoopbackServer(Script script, std::optional<Tls> tls = std::nullopt);
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  /// Uses this certificate from now on. Only for a server that has had a certificate from the start.
  void use(const Tls& tls);

  [[nodiscard]] std::string url(const std::string& target, const std::string& host = "127.0.0.1") const;
  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// Connections accepted so far, and the largest number open at one time.
  [[nodiscard]] int connections() const;
  [[nodiscard]] int most_at_once() const;
  /// Connections without a finished TLS handshake: refused by the client, or without TLS.
  [[nodiscard]] int failed_handshakes() const;

 private:
  struct SslContextFree {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };

  void accept_all();
  void serve(int socket, int number);

  Script script_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;  // guards the members below, up to the threads
  std::unique_ptr<SSL_CTX, SslContextFree> tls_;
  int accepted_ = 0;
  int most_at_once_ = 0;
  int failed_handshakes_ = 0;
  std::list<int> open_;
  std::vector<std::thread> serving_;
  std::thread accepting_;
};

}  // namespace azrestored::test
