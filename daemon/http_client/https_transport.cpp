#include "daemon/http_client/https_transport.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/utf8.hpp"
#include "core/http/redact.hpp"
#include "core/http/url.hpp"
#include "daemon/http_client/connection.hpp"
#include "daemon/http_client/connection_pool.hpp"
#include "daemon/http_client/tls_context.hpp"
#include "daemon/os/stopping.hpp"

namespace azrestored {
namespace {

using Answer = std::variant<HttpResponse, TransportFailure>;

Answer failure(std::string sentence, bool may_have_arrived) {
  TransportFailure failed;
  failed.sentence = std::move(sentence);
  failed.request_may_have_arrived = may_have_arrived;
  return failed;
}

/// A line break in a header would begin another header.
bool is_header_safe(const HttpRequest& request) {
  const auto safe = [](const std::string& text) {
    return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  };
  return safe(request.method) && std::all_of(request.headers.begin(), request.headers.end(), [&](const auto& header) {
           return safe(header.first) && safe(header.second);
         });
}

/// Why the request cannot be sent at all; nullopt if it can.
std::optional<std::string> fault_of(const HttpRequest& request, const std::optional<Url>& url) {
  if (!url) return fmt::format("\"{}\" is not an absolute http or https URL", printable(redact_url(request.url)));
  if (!is_header_safe(request)) return "a header of the request to " + url->place() + " contains a control character";
  return std::nullopt;
}

}  // namespace

struct HttpsTransport::Parts {
  Parts(asio::any_io_executor its_executor, TransportOptions its_options)
      : executor(std::move(its_executor)),
        options(std::move(its_options)),
        tls(options.ca_file),
        pool(std::make_shared<ConnectionPool>(executor, options.connections, options.idle)) {}

  /// Ends a round trip: keeps the connection if it is reusable, and returns the response.
  Answer finish(RoundTrip trip, const std::string& origin, std::unique_ptr<Connection> connection) {
    if (trip.reusable) pool->keep(origin, std::move(connection));
    if (auto* response = std::get_if<HttpResponse>(&trip.answer)) return std::move(*response);
    return failure(std::get<std::string>(trip.answer), true);
  }

  const asio::any_io_executor executor;
  const TransportOptions options;
  TlsContext tls;
  const std::shared_ptr<ConnectionPool> pool;
  // The connections that exchanges use; shared with the exchanges, like the pool.
  const std::shared_ptr<std::set<Connection*>> out = std::make_shared<std::set<Connection*>>();
};

/// A request in progress. `sent` survives the exception with which a cancellation leaves run().
struct HttpsTransport::Attempt {
  explicit Attempt(HttpRequest its_request) : request(std::move(its_request)) {}
  HttpRequest request;
  bool sent = false;  // set before the first write begins
};

/// While it lives, the connection is registered as in use by an exchange.
struct HttpsTransport::InUse {
  InUse(std::shared_ptr<std::set<Connection*>> its_out, Connection& its_connection)
      : out(std::move(its_out)), connection(&its_connection) {
    out->insert(connection);
  }
  InUse(const InUse&) = delete;
  InUse& operator=(const InUse&) = delete;
  ~InUse() { out->erase(connection); }

  const std::shared_ptr<std::set<Connection*>> out;
  Connection* const connection;
};

HttpsTransport::HttpsTransport(asio::any_io_executor executor, TransportOptions options)
    : parts_(std::make_unique<Parts>(std::move(executor), std::move(options))) {}

HttpsTransport::~HttpsTransport() {
  stop();
}

void HttpsTransport::stop() {
  parts_->pool->stop();
}

void HttpsTransport::abort_connections() {
  stop();
  for (Connection* connection : *parts_->out) connection->close();
}

asio::awaitable<Answer> HttpsTransport::exchange(HttpRequest request) {
  Attempt attempt(std::move(request));
  try {
    Answer answer = co_await run(attempt);
    co_return answer;
  } catch (const boost::system::system_error& error) {
    // Cancelled between two phases: an operation had just ended, and the next co_await threw.
    if (error.code() != asio::error::operation_aborted) throw;
  }
  co_return failure(stopping_sentence, attempt.sent);
}

asio::awaitable<Answer> HttpsTransport::run(Attempt& attempt) {
  const HttpRequest& request = attempt.request;
  const auto url = split_url(request.url);
  if (auto fault = fault_of(request, url)) co_return failure(std::move(*fault), false);
  const auto place = co_await parts_->pool->place();
  if (!place) co_return failure(stopping_sentence, false);

  const std::string origin = url->origin();
  if (auto kept = request.fresh_connection ? nullptr : parts_->pool->take(origin)) {
    attempt.sent = true;
    const InUse in_use(parts_->out, *kept);
    RoundTrip trip = co_await kept->round_trip(request, url->target);
    const bool repeat = trip.dropped_unanswered && request.method == "GET";
    if (!repeat) co_return parts_->finish(std::move(trip), origin, std::move(kept));
  }

  parts_->pool->make_room();
  auto fresh = make_connection(parts_->executor, *url, parts_->options, parts_->tls);
  const InUse in_use(parts_->out, *fresh);
  auto problem = co_await fresh->open();
  if (problem) co_return failure(std::move(problem->sentence), attempt.sent);
  attempt.sent = true;
  RoundTrip trip = co_await fresh->round_trip(request, url->target);
  co_return parts_->finish(std::move(trip), origin, std::move(fresh));
}

}  // namespace azrestored
