#include "daemon/cli/doctor/host_probe.hpp"

#include "core/http/http_date.hpp"
#include "daemon/http_client/connection_errors.hpp"
#include "daemon/http_client/name_lookup.hpp"
#include "daemon/http_client/tls_context.hpp"
#include "daemon/os/system_clock.hpp"

namespace azrestored::cli {

std::optional<Millis> clock_ahead(std::string_view date, Instant before, Instant after) {
  const auto reported = parse_http_date(date);
  if (!reported) return std::nullopt;
  // An HTTP date is truncated to a whole second.
  const Instant theirs = *reported + Millis(500);
  return before + (after - before) / 2 - theirs;
}

asio::awaitable<HostProbe> probe_host(asio::any_io_executor executor, HostProbe host, const TransportOptions& options,
                                      TlsContext& tls) {
  const Lookup lookup = co_await look_up(executor, host.url.host, host.url.port, options.resolve);
  host.addresses = lookup.endpoints.size();
  boost::system::error_code not_an_address;
  asio::ip::make_address(host.url.host, not_an_address);
  host.is_address = !not_an_address;
  if (host.addresses == 0) {
    host.failure = {HostProbe::Failure::name, lookup_problem(lookup.problem, host.url.host, options.resolve)};
    co_return host;
  }
  const auto connection = make_connection(executor, host.url, options, tls);
  if (auto failure = co_await connection->open()) {
    host.failure = std::move(failure);
    co_return host;
  }
  host.certificate = connection->certificate();
  const HttpRequest request;
  const std::string target = "/";
  const Instant before = machine_time();
  const RoundTrip trip = co_await connection->round_trip(request, target);
  const Instant after = machine_time();
  if (const auto* problem = std::get_if<std::string>(&trip.answer)) {
    host.failure = {HostProbe::Failure::tcp, *problem};
    co_return host;
  }
  if (const auto date = std::get<HttpResponse>(trip.answer).header("Date"))
    host.ahead = clock_ahead(*date, before, after);
  co_return host;
}

}  // namespace azrestored::cli
