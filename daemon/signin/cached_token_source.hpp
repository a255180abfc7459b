// The access token that all jobs of a profile use (azure-backup-api.md 8.5).
//
// One sign-in renews it for all callers, 5 minutes before it expires, or after half its lifetime if that is less than
// 10 minutes. While the old token is valid, callers get it without waiting: until the new one arrives, and until it
// expires if the renewal fails. After a failure all callers get the same error until the next attempt is due
// (core/job/retry.hpp), so that ten thousand jobs do not cause ten thousand sign-ins.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>

#include "core/arm/token_source.hpp"
#include "core/arm/token_status.hpp"
#include "core/base/clock.hpp"
#include "core/base/id_source.hpp"
#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/job/policy.hpp"
#include "daemon/signin/token_provider.hpp"

namespace azrestored {

class CachedTokenSource final : public TokenSource {
 public:
  /// The references must outlive the loop. Call stop() before the loop ends.
  CachedTokenSource(const asio::any_io_executor& executor, TokenProvider& provider, Clock& clock, IdSource& ids);
  ~CachedTokenSource() override;

  asio::awaitable<Result<std::string>> token() override;
  void refused(const std::string& token) override;

  /// Why signing in fails, for `status`; nullopt if it works.
  [[nodiscard]] const std::optional<std::string>& problem() const { return problem_; }

  /// For the metrics. The caller sets the profile's name.
  [[nodiscard]] TokenStatus view() const;

  /// Cancels a sign-in in progress and wakes its callers. From now on token() fails if there is no valid token.
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
  void back_off(Error error, std::optional<Millis> retry_after, int times);

  const asio::any_io_executor executor_;
  TokenProvider& provider_;
  Clock& clock_;
  IdSource& ids_;
  std::optional<Held> held_;
  std::optional<std::string> problem_;
  Error last_error_;          // the result of token() while there is no valid token
  Instant held_off_at_{};     // when next_try_ was set
  Instant next_try_{};        // no sign-in before this instant
  int failures_ = 0;          // failed sign-ins in a row
  int quick_refusals_ = 0;    // new tokens refused in a row
  int sign_in_profiles_ = 0;  // sign-ins that have ended
  bool renewing_ = false;
  bool stopping_ = false;
  asio::steady_timer renewed_;  // cancelled when a sign-in has ended, which wakes the callers
  asio::cancellation_signal cancel_;
};

}  // namespace azrestored
