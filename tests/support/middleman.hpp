// A proxy between azrestored and the simulator, over HTTPS. Each request goes to the test's script, which may ask the
// simulator, change its answer, or write its own bytes. The proxy replaces the simulator's addresses by its own, so
// that azrestored does not notice a script that changes nothing. It uses plain sockets and OpenSSL, and shares no code
// with what it tests. Scripts run on the threads of their connections, several at a time.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/loopback_server.hpp"

namespace azrestored::test {

/// An HTTP answer that the script can change; its length is computed when it is written.
struct Answer {
  std::string status = "200 OK";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  /// "" if there is none.
  [[nodiscard]] std::string header(const std::string& name) const;
  /// Replaces all headers with that name.
  void set(const std::string& name, const std::string& value);
  void remove(const std::string& name);
  [[nodiscard]] std::string text() const;
};

class Middleman {
 public:
  /// `request` is head and body; `azure` sends it to the simulator.
  using Script = std::function<void(const std::string& request, const std::function<Answer()>& azure, Peer& peer)>;

  Middleman(std::uint16_t simulator_port, const LoopbackServer::Tls& certificate, Script script);

  /// With the host name of the certificates: "https://localhost:PORT".
  [[nodiscard]] std::string url() const { return server_.url("", "localhost"); }
  [[nodiscard]] std::uint16_t port() const { return server_.port(); }
  [[nodiscard]] int requests() const { return requests_; }
  /// Connections without a finished TLS handshake.
  [[nodiscard]] int failed_handshakes() const { return server_.failed_handshakes(); }
  /// Uses this certificate from now on.
  void use(const LoopbackServer::Tls& certificate) { server_.use(certificate); }

 private:
  void serve(Peer& peer);
  [[nodiscard]] Answer ask_simulator(const std::string& request) const;

  const std::uint16_t simulator_port_;
  const Script script_;
  std::atomic<int> requests_ = 0;
  LoopbackServer server_;  // last member: its threads use the others
};

/// The certificate with this name that make_ca.sh wrote to the folder.
LoopbackServer::Tls certificate_in(const std::filesystem::path& folder, const std::string& name);

}  // namespace azrestored::test
