// One connection to one host: it is opened once and then carries one exchange after another. It moves bytes and knows
// no rule. https_transport.cpp decides whether it is used again and whether a failed exchange is repeated. This header
// hides Beast and OpenSSL. Only on the loop's thread; one exchange at a time.
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

class TlsContext;

/// How an exchange on a connection ended.
struct RoundTrip {
  std::variant<HttpResponse, std::string> answer;  // or a sentence that says why there is no response
  bool reusable = false;                           // the connection may carry the next exchange
  /// The connection was closed or broken before the first byte of a response. This happens to a request on a kept
  /// connection if the peer closes it at that moment. False if the deadline passed without a response.
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

  /// The peer's certificate, after open(); nullopt without TLS, or if a session was resumed.
  [[nodiscard]] virtual std::optional<PeerCertificate> certificate() = 0;

  /// Sends `request` to `target` and reads the response. `request` and `target` must outlive the call.
  virtual asio::awaitable<RoundTrip> round_trip(const HttpRequest& request, const std::string& target) = 0;

  /// Closes the socket. An exchange in progress then fails.
  virtual void close() = 0;

  /// False if the peer has closed the connection or sent bytes without a request: then it must not be used again.
  virtual bool is_quiet() = 0;
};

/// A connection that is not open yet. `options` and `tls` must outlive it.
std::unique_ptr<Connection> make_connection(const asio::any_io_executor& executor, const Url& url,
                                            const TransportOptions& options, TlsContext& tls);

}  // namespace azrestored
