// The only file that instantiates Beast's HTTP and Asio's TLS streams for the client.
#include "daemon/http_client/connection.hpp"

#include <sys/socket.h>

#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include "daemon/http_client/connection_errors.hpp"
#include "daemon/http_client/name_lookup.hpp"
#include "daemon/http_client/tls_context.hpp"
#include "daemon/os/as_result.hpp"
#include "daemon/os/stopping.hpp"

namespace azrestored {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;
using PlainStream = beast::tcp_stream;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;

using Request = http::request<http::string_body>;
using Parser = http::response_parser<http::string_body>;

Request to_message(const HttpRequest& request, const Url& url, const std::string& target) {
  Request message;
  message.method_string(request.method);
  message.target(target);
  message.version(11);
  message.set(http::field::host, url.authority);
  message.set(http::field::user_agent, "azrestored/" AZRESTORED_VERSION);
  for (const auto& [name, value] : request.headers) message.set(name, value);
  message.body() = request.body;
  message.prepare_payload();
  return message;
}

HttpResponse from_message(http::response<http::string_body> message) {
  HttpResponse response;
  response.status = static_cast<int>(message.result_int());
  constexpr std::size_t usual_fields = 24;  // in a response of ARM
  response.headers.reserve(usual_fields);
  for (const auto& field : message) response.headers.emplace_back(field.name_string(), field.value());
  response.body = std::move(message.body());
  return response;
}

std::optional<ReadProgress> progress_of(const Parser& parser) {
  if (!parser.got_some()) return std::nullopt;
  ReadProgress progress;
  progress.head_done = parser.is_header_done();
  progress.body_bytes = parser.get().body().size();
  if (progress.head_done) {
    if (const auto length = parser.content_length()) progress.body_length = *length;
  }
  return progress;
}

template <class Stream>
class StreamConnection final : public Connection {
 public:
  static constexpr bool uses_tls = std::is_same_v<Stream, TlsStream>;

  StreamConnection(const asio::any_io_executor& executor, Url url, const TransportOptions& options, TlsContext& tls)
      : url_(std::move(url)),
        options_(options),
        tls_(tls),
        stream_(make_stream(executor, tls)),
        buffer_(2 * options.head_limit) {}

  ~StreamConnection() override {
    if constexpr (uses_tls) {
      // The connection is closed without close_notify, for which no peer waits. Setting the flags keeps the session
      // resumable, which OpenSSL would otherwise forbid. A truncated response is still noticed, because HTTP delimits
      // responses.
      if (in_order_) SSL_set_shutdown(stream_.native_handle(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    }
  }

  asio::awaitable<std::optional<ConnectionFailure>> open() override {
    using enum ConnectionFailure::Phase;
    const Lookup lookup = co_await look_up(stream_.get_executor(), url_.host, url_.port, options_.resolve);
    if (lookup.endpoints.empty()) co_return failed(name, lookup_problem(lookup.problem, url_.host, options_.resolve));
    error_code problem = asio::error::host_not_found;
    for (std::size_t i = 0; i < std::min(lookup.endpoints.size(), options_.addresses_tried); ++i) {
      if (closed_) co_return failed(tcp, stopping_sentence);
      problem = co_await connect(lookup.endpoints[i]);
      if (!problem || problem == asio::error::operation_aborted) break;
    }
    if (problem) co_return failed(tcp, connect_problem(problem, url_.place(), options_.connect));
    if constexpr (uses_tls) {
      problem = co_await shake_hands();
      if (problem == asio::error::operation_aborted) co_return failed(tls, stopping_sentence);
      if (problem == beast::error::timeout) co_return failed(tls, handshake_time_out(url_.place(), options_.handshake));
      if (problem) {
        co_return failed(tls,
                         handshake_problem(problem, stream_.native_handle(), url_.place(), url_.host, name_matched_));
      }
    }
    co_return std::nullopt;
  }

  std::optional<PeerCertificate> certificate() override {
    if constexpr (uses_tls) return peer_certificate(stream_.native_handle());
    return std::nullopt;
  }

  asio::awaitable<RoundTrip> round_trip(const HttpRequest& request, const std::string& target) override {
    in_order_ = false;
    RoundTrip trip;
    const Request message = to_message(request, url_, target);
    socket().expires_after(options_.write);
    auto [write_error, written] = co_await http::async_write(stream_, message, as_result);
    if (write_error) {
      trip.answer = write_problem(write_error, url_.place(), options_.write);
      trip.dropped_unanswered = is_disconnect(write_error);
      co_return trip;
    }
    std::optional<Parser> parser;
    const error_code problem = co_await read_answer(parser);
    socket().expires_never();
    if (problem) {
      const auto progress = progress_of(*parser);
      trip.answer = read_problem(problem, url_.place(), progress, options_);
      trip.dropped_unanswered = !progress && is_disconnect(problem);
      co_return trip;
    }
    in_order_ = true;
    if constexpr (uses_tls) tls_.keep_session(stream_.native_handle(), url_.origin());
    trip.reusable = parser->keep_alive() && is_drained();
    trip.answer = from_message(parser->release());
    co_return trip;
  }

  void close() override {
    closed_ = true;
    socket().close();
  }

  bool is_quiet() override {
    char byte = 0;
    const auto count = ::recv(socket().socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
  }

 private:
  static Stream make_stream(const asio::any_io_executor& executor, TlsContext& tls) {
    if constexpr (uses_tls) {
      return Stream(executor, tls.context());
    } else {
      return Stream(executor);
    }
  }

  static std::optional<ConnectionFailure> failed(ConnectionFailure::Phase phase, std::string sentence) {
    return ConnectionFailure{phase, std::move(sentence)};
  }

  beast::tcp_stream& socket() { return beast::get_lowest_layer(stream_); }

  asio::awaitable<error_code> connect(asio::ip::tcp::endpoint endpoint) {
    error_code ignored;
    socket().socket().close(ignored);  // the socket of the address tried before
    socket().expires_after(options_.connect);
    auto [problem] = co_await socket().async_connect(endpoint, as_result);
    if (!problem) {
      // Each request is written at once, so Nagle's algorithm would only delay it.
      socket().socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    }
    co_return problem;
  }

  asio::awaitable<error_code> shake_hands() requires uses_tls {
    error_code not_an_address;
    asio::ip::make_address(url_.host, not_an_address);
    // RFC 6066 3: server names are DNS names. An address is checked against the certificate but not sent as a name.
    if (not_an_address) SSL_set_tlsext_host_name(stream_.native_handle(), url_.host.c_str());
    stream_.set_verify_callback([this](bool chain_is_good, asio::ssl::verify_context& context) {
      const bool good = asio::ssl::host_name_verification(url_.host)(chain_is_good, context);
      if (chain_is_good && !good) name_matched_ = false;
      return good;
    });
    tls_.offer_session(stream_.native_handle(), url_.origin());
    socket().expires_after(options_.handshake);
    auto [problem] = co_await stream_.async_handshake(asio::ssl::stream_base::client, as_result);
    co_return problem;
  }

  /// True if no bytes follow the response: they would be read as the response to the next request. Bytes in a TLS
  /// record of their own are neither in `buffer_` yet nor in the socket any more.
  bool is_drained() {
    if constexpr (uses_tls) {
      SSL* const ssl = stream_.native_handle();
      if (SSL_has_pending(ssl) == 1 || BIO_ctrl_pending(SSL_get_rbio(ssl)) > 0) return false;
    }
    return buffer_.size() == 0;
  }

  /// Reads one final response into `parser`, which is always set. One deadline covers header and body, and one limit
  /// covers all headers: a deadline alone does not end an endless sequence of interim responses.
  asio::awaitable<error_code> read_answer(std::optional<Parser>& parser) {
    socket().expires_after(options_.read);
    std::size_t heads = 0;
    do {  // interim responses (RFC 9110 15.2) precede the final one
      parser.emplace();
      if (heads >= options_.head_limit) co_return make_error_code(http::error::header_limit);
      parser->header_limit(static_cast<std::uint32_t>(options_.head_limit - heads));
      parser->body_limit(options_.body_limit);
      auto [head_error, head_bytes] = co_await http::async_read_header(stream_, buffer_, *parser, as_result);
      if (head_error) co_return head_error;
      heads += head_bytes;
    } while (parser->get().result_int() < 200);
    if (parser->is_done()) co_return error_code();
    auto [body_error, body_bytes] = co_await http::async_read(stream_, buffer_, *parser, as_result);
    co_return body_error;
  }

  const Url url_;
  const TransportOptions& options_;
  TlsContext& tls_;
  Stream stream_;
  beast::flat_buffer buffer_;  // bounded, because the parser does not limit chunk extensions and trailers
  bool name_matched_ = true;
  bool in_order_ = false;  // the last exchange succeeded
  bool closed_ = false;    // by close()
};

}  // namespace

std::unique_ptr<Connection> make_connection(const asio::any_io_executor& executor, const Url& url,
                                            const TransportOptions& options, TlsContext& tls) {
  if (url.tls) return std::make_unique<StreamConnection<TlsStream>>(executor, url, options, tls);
  return std::make_unique<StreamConnection<PlainStream>>(executor, url, options, tls);
}

}  // namespace azrestored
