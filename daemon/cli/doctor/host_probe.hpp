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
  std::string setting;  // the setting that contains the host: "arm.endpoint"
  Url url;
  std::size_t addresses = 0;
  bool is_address = false;  // the URL has an address instead of a name
  /// Why the host was not reached: the phase and a sentence. tcp also if there was no response.
  using Failure = ConnectionFailure::Phase;
  std::optional<ConnectionFailure> failure;
  std::optional<PeerCertificate> certificate;
  std::optional<Millis> ahead;  // our clock minus the host's, accurate to a second; none if the response has no date

  [[nodiscard]] bool is_reached() const { return !failure; }
};

/// Returns `host` with the results. `options` and `tls` outlive the coroutine.
asio::awaitable<HostProbe> probe_host(asio::any_io_executor executor, HostProbe host, const TransportOptions& options,
                                      TlsContext& tls);

/// How much our clock is ahead of a clock that reported `date` (an HTTP date) between `before` and `after` on our
/// clock.
std::optional<Millis> clock_ahead(std::string_view date, Instant before, Instant after);

}  // namespace azrestored::cli
