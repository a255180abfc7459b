// The access token that all jobs share (API.md 8.5).
//
// It is renewed 5 minutes before its end, or half-way when it lives less than 10 minutes, by one sign-in however many
// jobs ask meanwhile. While the old token is good, nobody waits: it is handed out until the new one is there, and down
// to its end when the renewal fails. A failure is remembered until the next try is due (core/job/retry.hpp), so that ten
// thousand jobs do not ask the authority ten thousand times.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>

#include "core/arm/token_source.hpp"
#include "core/arm/token_status.hpp"
#include "core/base/id_source.hpp"
#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/job/policy.hpp"
#include "daemon/signin/token_provider.hpp"
#include "core/base/clock.hpp"

namespace azrestored {

class CachedTokenSource final : public TokenSource {
 public:
  /// The references outlive the loop. `stop()` before the loop is to end.
  CachedTokenSource(const asio::any_io_executor& executor, TokenProvider& provider, Clock& clock, IdSource& ids);
  ~CachedTokenSource() override;

  asio::awaitable<Result<std::string>> token() override;
  void refused(const std::string& token) override;

  /// What is wrong with signing in, for `status`; nullopt when nothing is.
  [[nodiscard]] const std::optional<std::string>& problem() const { return problem_; }

  /// For the metrics; the profile's name is not known here.
  [[nodiscard]] TokenView view() const;

  /// Cancels a sign-in that is out and sends those who wait away. Without a good token, token() fails from now on.
  void stop();

 private:
  struct Held {
    AccessToken token;
    Instant since{};
    Instant renew_at{};
  };

  [[nodiscard]] const Held* good_token() const;
  void renew();
  asio::awaitable<void> sign_in();
  void settle(SignIn outcome);
  void hold_off(Error error, std::optional<Millis> retry_after, int times);

  const asio::any_io_executor executor_;
  TokenProvider& provider_;
  Clock& clock_;
  IdSource& ids_;
  std::optional<Held> held_;
  std::optional<std::string> problem_;
  Error last_error_;        // what token() answers while there is no good token
  Instant held_off_at_{};   // when next_try_ was decided
  Instant next_try_{};      // no sign-in before
  int failures_ = 0;        // sign-ins failed in a row
  int quick_refusals_ = 0;  // new tokens refused in a row
  int sign_ins_ = 0;        // ended so far
  bool renewing_ = false;
  bool stopping_ = false;
  asio::steady_timer renewed_;  // rung when a sign-in has ended
  asio::cancellation_signal cancel_;
};

}  // namespace azrestored
