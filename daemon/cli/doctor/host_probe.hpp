// Probes a host that azrestored connects to: the addresses of its name, TLS with a trusted certificate, an HTTP
// response, and its clock. Requests "/" without a token; any response counts. Each phase has a timeout
// (TransportOptions).
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>

#include "core/base/instant.hpp"
#include "core/http/url.hpp"
#include "daemon/http_client/connection.hpp"
#include "daemon/http_client/peer_certificate.hpp"
#include "daemon/http_client/transport_options.hpp"

namespace azrestored::cli {

namespace asio = boost::asio;

struct HostProbe {
  std::string setting;  // which names the host: "arm.endpoint"
  Url url;
  std::size_t addresses = 0;
  bool is_address = false;  // there was no name to look up
  /// Why it was not reached: in which phase, and in one sentence. tcp also when it gave no answer.
  using Failure = ConnectionFailure::Phase;
  std::optional<ConnectionFailure> failure;
  std::optional<PeerCertificate> certificate;
  std::optional<Millis> ahead;  // our clock against the host's, to a second; none when it does not tell the time

  [[nodiscard]] bool is_reached() const { return !failure; }
};

/// Returns `host` with the results. `options` and `tls` outlive the coroutine.
asio::awaitable<HostProbe> probe_host(asio::any_io_executor executor, HostProbe host, const TransportOptions& options,
                                      TlsClient& tls);

/// How much our clock is ahead of a clock that reported `date` (an HTTP date) between `before` and `after` on our
/// clock.
std::optional<Millis> clock_ahead(std::string_view date, Instant before, Instant after);

}  // namespace azrestored::cli
