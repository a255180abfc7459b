#include "daemon/signin/cached_token_source.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>

#include "core/job/job.hpp"
#include "core/job/retry.hpp"
#include "daemon/os/as_result.hpp"
#include "daemon/os/stopping.hpp"

namespace azrestored {
namespace {

constexpr Millis renewal_lead = std::chrono::minutes(5);
/// If Azure refuses a token younger than this, Azure never accepted it. Another token would most likely be refused too.
constexpr Millis quickly = std::chrono::minutes(1);

/// The back-off of sign-ins. Microsoft's own client waits 5 s (azure-backup-api.md 8.7).
Policy sign_in_policy() {
  Policy policy;
  policy.minimum_interval = std::chrono::seconds(5);
  policy.longest_backoff = std::chrono::minutes(5);
  return policy;
}

Instant renewal_of(Instant since, Instant expires_at) {
  const Millis life = expires_at - since;
  return life < 2 * renewal_lead ? since + life / 2 : expires_at - renewal_lead;
}

}  // namespace

CachedTokenSource::CachedTokenSource(const asio::any_io_executor& executor, TokenProvider& provider, Clock& clock,
                                     IdSource& ids)
    : executor_(executor), provider_(provider), clock_(clock), ids_(ids), renewed_(executor) {
  renewed_.expires_at(asio::steady_timer::time_point::max());
}

CachedTokenSource::~CachedTokenSource() = default;

asio::awaitable<Result<std::string>> CachedTokenSource::token() {
  for (;;) {
    const Instant now = clock_.now();
    const bool fresh = good_token() != nullptr && now < held_->renew_at;
    const bool held_off =
        now >= held_off_at_ && now < next_try_;  // ignored if the clock was set back to before the decision
    if (!fresh && !renewing_ && !stopping_ && !held_off) renew();
    if (const Held* held = good_token()) co_return held->token.value;
    if (!renewing_) co_return last_error_;
    const int before = sign_in_profiles_;
    co_await renewed_.async_wait(as_result);
    if (sign_in_profiles_ == before) {  // no sign-in has ended: this caller was cancelled
      const Error cancelled(ErrorKind::cancelled, stopping_sentence);
      co_return cancelled;
    }
  }
}

void CachedTokenSource::refused(const std::string& token) {
  if (!held_ || held_->token.value != token) return;  // the token has already been replaced
  const Millis age = clock_.now() - held_->since;
  const bool at_once = age >= Millis(0) && age < quickly;
  held_.reset();
  quick_refusals_ = at_once ? quick_refusals_ + 1 : 0;
  if (quick_refusals_ <= 1) return;
  // The authority issues tokens that Azure refuses: back off, instead of a sign-in for every job.
  const Error error(ErrorKind::unauthorized,
                    "Azure refuses every access token (" + std::to_string(quick_refusals_) +
                        " new tokens in a row); check auth.*, arm.endpoint and the machine's clock");
  back_off(error, std::nullopt, quick_refusals_ - 1);
}

void CachedTokenSource::stop() {
  stopping_ = true;
  last_error_ = Error(ErrorKind::cancelled, stopping_sentence);
  cancel_.emit(asio::cancellation_type::terminal);
}

const CachedTokenSource::Held* CachedTokenSource::good_token() const {
  return held_ && clock_.now() < held_->token.expires_at ? &*held_ : nullptr;
}

TokenStatus CachedTokenSource::view() const {
  TokenStatus view;
  view.is_good = !problem_;
  if (const Held* held = good_token()) {
    view.since = held->since;
    view.expires_at = held->token.expires_at;
  }
  return view;
}

/// Starts a sign-in that belongs to no caller, so that a cancelled caller does not cancel it for the others.
void CachedTokenSource::renew() {
  renewing_ = true;
  auto ended = [this](const std::exception_ptr& broken) {
    renewing_ = false;
    ++sign_in_profiles_;
    renewed_.cancel();
    if (broken && !stopping_) std::rethrow_exception(broken);
  };
  asio::co_spawn(executor_, sign_in(), asio::bind_cancellation_slot(cancel_.slot(), ended));
}

asio::awaitable<void> CachedTokenSource::sign_in() {
  SignIn outcome = co_await provider_.sign_in();
  settle(std::move(outcome));
}

void CachedTokenSource::settle(SignIn outcome) {
  if (stopping_) return;
  if (const auto* failure = std::get_if<SignInFailure>(&outcome)) {
    return back_off(failure->error, failure->retry_after, ++failures_);
  }
  if (held_) quick_refusals_ = 0;  // Azure accepted the previous token until its renewal
  const Instant now = clock_.now();
  Held held;
  held.token = std::move(std::get<AccessToken>(outcome));
  held.since = now;
  held.renew_at = renewal_of(now, held.token.expires_at);
  held_ = std::move(held);
  failures_ = 0;
  next_try_ = Instant{};
  problem_.reset();
}

/// Allows no sign-in until the back-off after the `times`-th failure in a row is over.
void CachedTokenSource::back_off(Error error, std::optional<Millis> retry_after, int times) {
  Moment moment;
  moment.now = clock_.now();
  moment.jitter = ids_.fraction();
  held_off_at_ = moment.now;
  next_try_ = next_attempt(times, retry_after, sign_in_policy(), moment);
  problem_ = error.sentence();
  last_error_ = std::move(error);
}

}  // namespace azrestored
