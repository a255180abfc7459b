#include "daemon/http_client/connection_errors.hpp"

#include <fmt/format.h>

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/error.hpp>

#include "daemon/os/stopping.hpp"

namespace azrestored {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

/// "60 s", "0.2 s".
std::string seconds(Millis time) {
  return fmt::format("{} s", static_cast<double>(time.count()) / 1000.0);
}

/// "64 KiB", "8 MiB", "100 bytes".
std::string size(std::uint64_t bytes) {
  if (bytes % (1U << 20U) == 0) return fmt::format("{} MiB", bytes >> 20U);
  if (bytes % (1U << 10U) == 0) return fmt::format("{} KiB", bytes >> 10U);
  return fmt::format("{} bytes", bytes);
}

/// The system's message, in lower case for the middle of a sentence: "connection refused".
std::string reason(const error_code& problem) {
  std::string text = problem.message();
  if (text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a' && text[1] <= 'z') text[0] += 'a' - 'A';
  return text;
}

bool is_deadline(const error_code& problem) {
  return problem == boost::beast::error::timeout || problem == asio::error::timed_out;
}

std::string how_far(const ReadProgress& progress) {
  if (!progress.head_done) return "in its header";
  if (progress.body_length) return fmt::format("after {} of {} bytes", progress.body_bytes, *progress.body_length);
  return fmt::format("after {} bytes", progress.body_bytes);
}

}  // namespace

bool is_disconnect(const error_code& problem) {
  return problem == http::error::end_of_stream || problem == http::error::partial_message ||
         problem == asio::error::eof || problem == asio::error::connection_reset ||
         problem == asio::error::connection_aborted || problem == asio::error::broken_pipe ||
         problem == asio::ssl::error::stream_truncated;
}

std::string lookup_problem(const error_code& problem, const std::string& host, Millis deadline) {
  if (problem == asio::error::operation_aborted) return stopping_sentence;
  if (is_deadline(problem)) {
    return fmt::format("cannot find the address of {}: no response from the name service within {}", host,
                       seconds(deadline));
  }
  return fmt::format("cannot find the address of {}: {}", host, reason(problem));
}

std::string connect_problem(const error_code& problem, const std::string& place, Millis deadline) {
  if (problem == asio::error::operation_aborted) return stopping_sentence;
  if (is_deadline(problem)) return fmt::format("cannot connect to {}: no response within {}", place, seconds(deadline));
  return fmt::format("cannot connect to {}: {}", place, reason(problem));
}

std::string handshake_time_out(const std::string& place, Millis deadline) {
  return fmt::format("TLS: {} did not complete the handshake within {}", place, seconds(deadline));
}

std::string write_problem(const error_code& problem, const std::string& place, Millis deadline) {
  if (problem == asio::error::operation_aborted) return stopping_sentence;
  if (is_deadline(problem)) return fmt::format("{} did not accept the request within {}", place, seconds(deadline));
  return fmt::format("sending the request to {} failed: {}", place, reason(problem));
}

std::string read_problem(const error_code& problem, const std::string& place,
                         const std::optional<ReadProgress>& progress, const TransportOptions& options) {
  if (problem == asio::error::operation_aborted) return stopping_sentence;
  if (problem == http::error::body_limit) {
    return fmt::format("response from {} is larger than {}", place, size(options.body_limit));
  }
  if (problem == http::error::header_limit) {
    return fmt::format("the header of the response from {} is larger than {}", place, size(options.head_limit));
  }
  if (problem == http::error::buffer_overflow) {
    return fmt::format("a line of the response from {} is larger than {}", place, size(2 * options.head_limit));
  }
  if (!progress) {
    if (is_deadline(problem)) return fmt::format("no response from {} within {}", place, seconds(options.read));
    if (is_disconnect(problem)) return fmt::format("{} closed the connection before it sent a response", place);
    return fmt::format("reading the response from {} failed: {}", place, reason(problem));
  }
  if (is_deadline(problem)) {
    return fmt::format("response from {} stopped {} and did not end within {}", place, how_far(*progress),
                       seconds(options.read));
  }
  if (is_disconnect(problem)) return fmt::format("response from {} was cut off {}", place, how_far(*progress));
  if (problem.category() == make_error_code(http::error::bad_version).category()) {
    return fmt::format("response from {} is not HTTP: {}", place, reason(problem));
  }
  return fmt::format("reading the response from {} failed: {}", place, reason(problem));
}

}  // namespace azrestored
