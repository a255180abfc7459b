// Common parts of the HTTPS transport tests: a loop, certificates made for the run, and an exchange as a plain call.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <stdexcept>

#include "daemon/http_client/https_transport.hpp"
#include "tests/support/files.hpp"
#include "tests/support/loopback_server.hpp"

namespace azrestored::test {

using Answer = std::variant<HttpResponse, TransportFailure>;

/// Long enough for a program with sanitizers on a busy machine.
inline constexpr std::chrono::seconds patience{30};

/// tests/support/make_ca.sh, run once for all tests of the program.
const std::filesystem::path& certificates();

inline LoopbackServer::Tls certificate(const std::string& name) {
  return {certificates() / (name + ".pem"), certificates() / (name + ".key"), 0};
}

inline HttpRequest get(std::string url) {
  HttpRequest request;
  request.url = std::move(url);
  return request;
}

inline HttpRequest post(std::string url, std::string body) {
  HttpRequest request = get(std::move(url));
  request.method = "POST";
  request.body = std::move(body);
  return request;
}

/// A completion handler that stores the answer where the test looks for it.
inline auto keep_in(std::optional<Answer>& answer) {
  return [&answer](const std::exception_ptr& broken, Answer came) {
    if (broken) std::rethrow_exception(broken);
    answer = std::move(came);
  };
}

class TransportTest : public testing::Test {
 protected:
  TransportTest() { options.ca_file = certificates() / "ca.pem"; }

  HttpsTransport& transport() {
    if (!transport_) transport_.emplace(loop.get_executor(), options);
    return *transport_;
  }

  /// Starts an exchange; its answer is put into `answer` when the loop runs.
  void start(HttpRequest request, std::optional<Answer>& answer) {
    asio::co_spawn(loop, transport().exchange(std::move(request)), keep_in(answer));
  }
  void start_cancellable(HttpRequest request, std::optional<Answer>& answer, asio::cancellation_signal& cancel) {
    asio::co_spawn(loop, transport().exchange(std::move(request)),
                   asio::bind_cancellation_slot(cancel.slot(), keep_in(answer)));
  }

  /// Runs the loop until `happened()`; false if that takes too long.
  template <class Predicate>
  [[nodiscard]] bool run_until(Predicate happened) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    loop.restart();
    while (!happened()) {
      if (std::chrono::steady_clock::now() >= deadline) return false;
      loop.run_one_for(std::chrono::milliseconds(20));
      if (loop.stopped()) loop.restart();
    }
    return true;
  }

  Answer exchange(HttpRequest request) {
    std::optional<Answer> answer;
    start(std::move(request), answer);
    if (!run_until([&] { return answer.has_value(); })) throw std::runtime_error("the exchange does not end");
    return *answer;
  }

  HttpResponse response_to(HttpRequest request) {
    const Answer answer = exchange(std::move(request));
    if (const auto* failed = std::get_if<TransportFailure>(&answer)) throw std::runtime_error(failed->sentence);
    return std::get<HttpResponse>(answer);
  }

  TransportFailure failure_of(HttpRequest request) {
    const Answer answer = exchange(std::move(request));
    if (!std::holds_alternative<TransportFailure>(answer)) throw std::runtime_error("the exchange succeeded");
    return std::get<TransportFailure>(answer);
  }

  asio::io_context loop{1};
  TransportOptions options;  // change them before the first exchange

 private:
  std::optional<HttpsTransport> transport_;
};

}  // namespace azrestored::test
