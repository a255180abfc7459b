// The Transport port over HTTP/1.1 and TLS, on the one loop: certificate and host name verified, TLS 1.2 or newer, one
// pool of kept connections, a deadline for each phase, bounded answers, no redirect followed.
//
// It repeats nothing, with one exception: a GET that met a kept connection just as the peer closed it, before the first
// byte of an answer, goes out once more on a fresh one. A request with `fresh_connection` never uses a kept one.
// A cancelled exchange ends at once with the failure "the daemon is stopping"; the caller's own next co_await throws
// then, as Asio has it (STYLE 4).
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "core/http/message.hpp"
#include "core/http/transport.hpp"
#include "daemon/http_client/transport_options.hpp"

namespace azrestored {

class HttpsTransport final : public Transport {
 public:
  /// Throws std::runtime_error when the certificate authorities cannot be read.
  HttpsTransport(asio::any_io_executor executor, TransportOptions options);
  ~HttpsTransport() override;

  asio::awaitable<std::variant<HttpResponse, TransportFailure>> exchange(HttpRequest request) override;

  /// No exchange begins any more, those that wait for a connection fail, unused connections are closed. Exchanges that
  /// are out end by themselves, or are cancelled by their owners' cancellation slots.
  void stop();

  /// stop(), and the connections of all exchanges that are out are closed: they fail on the next turns of the loop, but
  /// for one in the system's resolver, which cannot be interrupted.
  void break_off();

 private:
  struct Attempt;
  struct InUse;
  asio::awaitable<std::variant<HttpResponse, TransportFailure>> run(Attempt& attempt);

  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace azrestored
