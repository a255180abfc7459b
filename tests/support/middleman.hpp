// Stands between azrestored and the simulator, over HTTPS, and says to azrestored what the test wants said: each
// request goes to the test's script, which may ask the simulator, change its answer, or write bytes of its own. The
// simulator's addresses are made ours, so that an honest script is not noticed. It speaks plain sockets and OpenSSL,
// and shares no code with what it tests. Scripts run on the threads of their connections, several at a time.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/loopback_server.hpp"

namespace azrestored::test {

/// An answer of HTTP that can be changed; its length is told anew when it is written.
struct Answer {
  std::string status = "200 OK";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  /// "" when there is none.
  [[nodiscard]] std::string header(const std::string& name) const;
  /// Replaces all headers of that name.
  void set(const std::string& name, const std::string& value);
  void remove(const std::string& name);
  [[nodiscard]] std::string text() const;
};

class Middleman {
 public:
  /// `request` is head and body; `azure` sends it to the simulator.
  using Script = std::function<void(const std::string& request, const std::function<Answer()>& azure, Peer& peer)>;

  Middleman(std::uint16_t simulator_port, const LoopbackServer::Tls& certificate, Script script);

  /// Under the name of the certificates: "https://localhost:PORT".
  [[nodiscard]] std::string url() const { return server_.url("", "localhost"); }
  [[nodiscard]] std::uint16_t port() const { return server_.port(); }
  [[nodiscard]] int requests() const { return requests_; }
  /// Connections that came to no TLS.
  [[nodiscard]] int failed_handshakes() const { return server_.failed_handshakes(); }
  /// Greets with this certificate from now on.
  void use(const LoopbackServer::Tls& certificate) { server_.use(certificate); }

 private:
  void serve(Peer& peer);
  [[nodiscard]] Answer ask_simulator(const std::string& request) const;

  const std::uint16_t simulator_port_;
  const Script script_;
  std::atomic<int> requests_ = 0;
  LoopbackServer server_;  // last: its threads use the rest
};

/// make_ca.sh's certificate of this name in a folder.
LoopbackServer::Tls certificate_in(const std::filesystem::path& folder, const std::string& name);

}  // namespace azrestored::test
