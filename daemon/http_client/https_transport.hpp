// Implements the Transport port with HTTP/1.1 and TLS on the event loop. It verifies certificate and host name,
// requires TLS 1.2 or newer, keeps connections in one pool, has a deadline for each phase, limits the size of
// responses, and follows no redirect.
//
// It repeats no request, with one exception: a GET on a kept connection that the peer closed before the first byte of a
// response is sent once more on a new connection. A request with `fresh_connection` never uses a kept connection.
// A cancelled exchange ends at once with the failure "the daemon is stopping". The caller's next co_await then throws,
// as always with Asio after a cancellation.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "core/http/message.hpp"
#include "core/http/transport.hpp"
#include "daemon/http_client/transport_options.hpp"

namespace azrestored {

class HttpsTransport final : public Transport {
 public:
  /// Throws std::runtime_error if the certificate authorities cannot be read.
  HttpsTransport(asio::any_io_executor executor, TransportOptions options);
  ~HttpsTransport() override;

  asio::awaitable<std::variant<HttpResponse, TransportFailure>> exchange(HttpRequest request) override;

  /// Closes unused connections. New exchanges and those that wait for a connection fail. Exchanges in progress end by
  /// themselves, or through their owners' cancellation slots.
  void stop();

  /// stop(), and closes the connections of all exchanges in progress. These fail in the next iterations of the loop,
  /// except one in the system's resolver, which cannot be interrupted.
  void abort_connections();

 private:
  struct Attempt;
  struct InUse;
  asio::awaitable<std::variant<HttpResponse, TransportFailure>> run(Attempt& attempt);

  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace azrestored
