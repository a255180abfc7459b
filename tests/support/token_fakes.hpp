// Common parts of the sign-in tests: a clock that stands still until the test sets it, chosen jitter, and a transport
// that answers from a list and records the requests.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <stdexcept>

#include "core/base/clock.hpp"
#include "core/base/id_source.hpp"
#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/http/message.hpp"
#include "core/http/transport.hpp"
#include "daemon/os/as_result.hpp"
#include "daemon/signin/token_provider.hpp"

namespace azrestored::test {

/// Nothing sleeps on it in these tests.
class ManualClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return time; }
  std::unique_ptr<Timer> make_timer() override { throw std::logic_error("these tests do not sleep"); }

  Instant time = *parse_rfc3339("2026-11-20T12:00:00Z");
};

class FixedIds final : public IdSource {
 public:
  std::string uuid() override { return "00000000-0000-4000-8000-000000000000"; }
  double fraction() override { return 0; }
};

class FakeTransport final : public Transport {
 public:
  using Answer = std::variant<HttpResponse, TransportFailure>;

  asio::awaitable<Answer> exchange(HttpRequest request) override {
    requests.push_back(std::move(request));
    if (answers.empty()) throw std::logic_error("one request more than expected");
    Answer answer = std::move(answers.front());
    answers.pop_front();
    co_return answer;
  }

  void will_answer(int status, std::string body, Headers headers = {}) {
    HttpResponse response;
    response.status = status;
    response.headers = std::move(headers);
    response.body = std::move(body);
    answers.emplace_back(std::move(response));
  }

  std::deque<Answer> answers;
  std::vector<HttpRequest> requests;
};

/// A provider whose sign-ins end when the test says so.
class FakeProvider final : public TokenProvider {
 public:
  explicit FakeProvider(asio::io_context& loop) : bell_(loop) {
    bell_.expires_at(asio::steady_timer::time_point::max());
  }

  asio::awaitable<SignIn> sign_in() override {
    ++asked;
    while (outcomes.empty()) {
      auto [interrupted] = co_await bell_.async_wait(as_result);
      if (interrupted && outcomes.empty()) {
        ++cancelled;
        SignInFailure failure;
        co_return failure;
      }
    }
    SignIn outcome = std::move(outcomes.front());
    outcomes.pop_front();
    co_return outcome;
  }

  void give(std::string token, Instant expires_at) {
    AccessToken given;
    given.value = std::move(token);
    given.expires_at = expires_at;
    outcomes.emplace_back(std::move(given));
    bell_.cancel();
  }

  void fail(ErrorKind kind, std::string sentence, std::optional<Millis> retry_after = std::nullopt) {
    SignInFailure failure;
    failure.error = Error(kind, std::move(sentence));
    failure.retry_after = retry_after;
    outcomes.emplace_back(std::move(failure));
    bell_.cancel();
  }

  std::deque<SignIn> outcomes;
  int asked = 0;
  int cancelled = 0;

 private:
  asio::steady_timer bell_;
};

/// Runs an awaitable to its end, together with everything else that the loop can do at once.
template <class T>
T run(asio::io_context& loop, asio::awaitable<T> work) {
  std::optional<T> result;
  asio::co_spawn(loop, std::move(work), [&](const std::exception_ptr& broken, T value) {
    if (broken) std::rethrow_exception(broken);
    result = std::move(value);
  });
  loop.restart();
  while (!result && loop.run_one_for(std::chrono::seconds(30)) > 0) {
  }
  loop.poll();
  if (!result) throw std::runtime_error("it does not end");
  return *result;
}

}  // namespace azrestored::test
