// One connection to one host: opened once, then one exchange after another. It moves bytes and knows no rule; whether
// it is used again, and whether a failed exchange may be repeated, is https_transport.cpp's business.
// Beast and OpenSSL stay behind this header. Used on the loop's thread only; never by two exchanges at once.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "core/http/message.hpp"
#include "core/http/url.hpp"
#include "daemon/http_client/peer_certificate.hpp"
#include "daemon/http_client/transport_options.hpp"

namespace azrestored {

namespace asio = boost::asio;

class TlsClient;

/// How an exchange on a connection ended.
struct RoundTrip {
  std::variant<HttpResponse, std::string> answer;  // or one sentence on why there is none
  bool reusable = false;                           // the connection is in order and may carry the next exchange
  /// The peer closed the connection (or the network broke it) before the first byte of an answer: what a request on a
  /// kept connection meets when the peer was just giving it up. Silence until the deadline is not of this kind.
  bool dropped_unanswered = false;
};

/// Why a connection did not come about.
struct ConnectionFailure {
  enum class Phase { name, tcp, tls };  // no address, no connection, no handshake
  Phase phase;
  std::string sentence;
};

class Connection {
 public:
  virtual ~Connection() = default;

  /// Finds the address, connects and shakes hands, each within its deadline. nullopt when that worked.
  virtual asio::awaitable<std::optional<ConnectionFailure>> open() = 0;

  /// What the peer has shown of itself, once open; nullopt without TLS, or when a session was resumed.
  [[nodiscard]] virtual std::optional<PeerCertificate> certificate() = 0;

  /// Sends `request` to `target` and reads the answer. `request` and `target` outlive the call.
  virtual asio::awaitable<RoundTrip> round_trip(const HttpRequest& request, const std::string& target) = 0;

  /// Closes the socket under whatever is going on, which then fails.
  virtual void close() = 0;

  /// False when the peer has closed the connection, or says something unasked: then it is not to be used again.
  virtual bool is_quiet() = 0;
};

/// A connection that is not open yet. `options` and `tls` outlive its use.
std::unique_ptr<Connection> make_connection(const asio::any_io_executor& executor, const Url& url,
                                            const TransportOptions& options, TlsClient& tls);

}  // namespace azrestored
