// The cached access token: when it is renewed, with how many requests, and what happens if that fails. The provider is
// a fake and the clock stands still, so the test chooses every instant.
#include "daemon/signin/cached_token_source.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>

#include "tests/support/token_fakes.hpp"

namespace azrestored::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class TokenSourceTest : public testing::Test {
 protected:
  Result<std::string> token() { return run(loop, source.token()); }

  /// The token that callers get, or "error: " and the sentence.
  std::string token_or_error() {
    const auto result = token();
    return result ? *result : "error: " + result.error().sentence();
  }

  asio::io_context loop{1};
  ManualClock clock;
  FixedIds ids;
  FakeProvider provider{loop};
  CachedTokenSource source{loop.get_executor(), provider, clock, ids};
};

TEST_F(TokenSourceTest, AHundredWaitersCauseOneSignIn) {
  int served = 0;
  for (int i = 0; i < 100; ++i) {
    asio::co_spawn(loop, source.token(), [&](const std::exception_ptr&, Result<std::string> result) {
      served += result && *result == "one" ? 1 : 0;
    });
  }
  loop.poll();
  EXPECT_EQ(served, 0);
  provider.give("one", clock.time + hours(1));
  loop.restart();
  loop.run_for(seconds(30));
  EXPECT_EQ(served, 100);
  EXPECT_EQ(provider.asked, 1);
}

TEST_F(TokenSourceTest, AHundredWaitersLearnOfOneFailure) {
  int failures = 0;
  for (int i = 0; i < 100; ++i) {
    asio::co_spawn(loop, source.token(), [&](const std::exception_ptr&, Result<std::string> result) {
      failures += !result && result.error().sentence() == "no" ? 1 : 0;
    });
  }
  loop.poll();
  provider.fail(ErrorKind::transient, "no");
  loop.restart();
  loop.run_for(seconds(30));
  EXPECT_EQ(failures, 100);
  EXPECT_EQ(provider.asked, 1);
}

TEST_F(TokenSourceTest, ItIsRenewedFiveMinutesEarly) {
  provider.give("one", clock.time + hours(1));
  EXPECT_EQ(token_or_error(), "one");
  clock.time += minutes(55) - Millis(1);
  EXPECT_EQ(token_or_error(), "one");
  EXPECT_EQ(provider.asked, 1);
  clock.time += Millis(1);
  provider.give("two", clock.time + hours(1));
  token_or_error();  // the first caller may still get the old token, which is good for 5 minutes
  EXPECT_EQ(token_or_error(), "two");
  EXPECT_EQ(provider.asked, 2);
}

TEST_F(TokenSourceTest, AShortTokenIsRenewedHalfWay) {
  provider.give("one", clock.time + minutes(4));
  EXPECT_EQ(token_or_error(), "one");
  clock.time += minutes(2) - Millis(1);
  token_or_error();
  EXPECT_EQ(provider.asked, 1);
  clock.time += Millis(1);
  provider.give("two", clock.time + minutes(4));
  token_or_error();
  EXPECT_EQ(provider.asked, 2);
}

TEST_F(TokenSourceTest, NoCallerWaitsForARenewalWhileTheOldTokenIsGood) {
  provider.give("one", clock.time + hours(1));
  token_or_error();
  clock.time += minutes(56);
  EXPECT_EQ(token_or_error(), "one");
  EXPECT_EQ(provider.asked, 2);
  provider.give("two", clock.time + hours(1));
  loop.restart();
  loop.run_for(seconds(30));
  EXPECT_EQ(token_or_error(), "two");
}

TEST_F(TokenSourceTest, TheOldTokenIsUsedToItsEndWhenRenewalFails) {
  provider.give("one", clock.time + hours(1));
  token_or_error();
  clock.time += minutes(56);
  provider.fail(ErrorKind::transient, "authority is down");
  token_or_error();
  EXPECT_EQ(token_or_error(), "one");
  EXPECT_EQ(source.problem(), "authority is down");
  clock.time += minutes(4);
  provider.fail(ErrorKind::transient, "authority is still down");
  EXPECT_EQ(token_or_error(), "error: authority is still down");
  clock.time += minutes(5);
  provider.give("two", clock.time + hours(1));
  EXPECT_EQ(token_or_error(), "two");
  EXPECT_EQ(source.problem(), std::nullopt);
}

TEST_F(TokenSourceTest, AFailureIsRememberedAndTheWaitDoubles) {
  int asked = 0;
  for (const seconds wait : {seconds(5), seconds(10), seconds(20), seconds(40)}) {
    provider.fail(ErrorKind::unauthorized, "wrong secret");
    EXPECT_EQ(token().error().kind(), ErrorKind::unauthorized);
    EXPECT_EQ(provider.asked, ++asked);
    clock.time += wait - Millis(1);
    EXPECT_EQ(token_or_error(), "error: wrong secret");
    EXPECT_EQ(provider.asked, asked) << "asked again too early";
    clock.time += Millis(1);
  }
}

TEST_F(TokenSourceTest, TheAuthoritysOwnWaitIsKept) {
  provider.fail(ErrorKind::throttled, "too many", Millis(seconds(90)));
  EXPECT_EQ(token().error().kind(), ErrorKind::throttled);
  clock.time += seconds(89);
  token_or_error();
  EXPECT_EQ(provider.asked, 1);
  clock.time += seconds(1);
  provider.give("one", clock.time + hours(1));
  EXPECT_EQ(token_or_error(), "one");
}

TEST_F(TokenSourceTest, ARefusedTokenIsNotHandedOutAgain) {
  provider.give("one", clock.time + hours(1));
  token_or_error();
  source.refused("one");
  provider.give("two", clock.time + hours(1));
  EXPECT_EQ(token_or_error(), "two");
  EXPECT_EQ(provider.asked, 2);
}

/// Ten thousand jobs had the old token. All of them report its refusal, and the new token must survive that.
TEST_F(TokenSourceTest, ALateRefusalOfTheOldTokenChangesNothing) {
  provider.give("one", clock.time + hours(1));
  token_or_error();
  source.refused("one");
  provider.give("two", clock.time + hours(1));
  token_or_error();
  source.refused("one");
  EXPECT_EQ(token_or_error(), "two");
  EXPECT_EQ(provider.asked, 2);
}

TEST_F(TokenSourceTest, TokensThatAreAllRefusedAreNotFetchedForEveryJob) {
  for (const char* value : {"one", "two"}) {
    provider.give(value, clock.time + hours(1));
    EXPECT_EQ(token_or_error(), value);
    source.refused(value);
  }
  const auto result = token();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind(), ErrorKind::unauthorized);
  EXPECT_NE(result.error().sentence().find("Azure refuses every access token"), std::string::npos);
  EXPECT_EQ(provider.asked, 2);
  clock.time += seconds(5);
  provider.give("three", clock.time + hours(1));
  EXPECT_EQ(token_or_error(), "three");
}

TEST_F(TokenSourceTest, ATokenRefusedLaterIsAnOrdinaryRefusal) {
  for (const char* value : {"one", "two", "three"}) {
    provider.give(value, clock.time + hours(1));
    EXPECT_EQ(token_or_error(), value);
    clock.time += minutes(30);
    source.refused(value);
  }
}

/// Two refusals with an accepted token between them are not consecutive.
TEST_F(TokenSourceTest, AnAcceptedTokenEndsTheRowOfRefusals) {
  provider.give("refused at once", clock.time + hours(1));
  token_or_error();
  source.refused("refused at once");
  provider.give("good", clock.time + hours(1));
  EXPECT_EQ(token_or_error(), "good");
  clock.time += minutes(55);
  provider.give("refused at once too", clock.time + hours(1));
  token_or_error();
  source.refused("refused at once too");
  provider.give("good again", clock.time + hours(1));
  EXPECT_EQ(token_or_error(), "good again") << "no caller has to wait";
}

TEST_F(TokenSourceTest, AFinalErrorIsTriedAgainEveryFiveMinutesAtTheLatest) {
  for (int i = 0; i < 20; ++i) {
    provider.fail(ErrorKind::unauthorized, "the client secret has expired");
    EXPECT_EQ(token_or_error(), "error: the client secret has expired");
    EXPECT_EQ(provider.asked, i + 1);
    clock.time += minutes(5);
  }
}

TEST_F(TokenSourceTest, ACancelledWaiterDoesNotCancelOthers) {
  std::optional<Result<std::string>> cancelled;
  std::optional<Result<std::string>> patient;
  asio::cancellation_signal cancel;
  const auto keep = [](auto& into) {
    return [&into](const std::exception_ptr&, Result<std::string> result) { into = std::move(result); };
  };
  asio::co_spawn(loop, source.token(), asio::bind_cancellation_slot(cancel.slot(), keep(cancelled)));
  asio::co_spawn(loop, source.token(), keep(patient));
  loop.poll();
  cancel.emit(asio::cancellation_type::terminal);
  loop.poll();
  ASSERT_TRUE(cancelled);
  EXPECT_EQ(cancelled->error().kind(), ErrorKind::cancelled);
  EXPECT_EQ(provider.cancelled, 0);
  provider.give("one", clock.time + hours(1));
  loop.run_for(seconds(30));
  ASSERT_TRUE(patient);
  EXPECT_EQ(**patient, "one");
}

TEST_F(TokenSourceTest, StopCancelsTheSignInAndFailsTheWaiters) {
  std::optional<Result<std::string>> waiting;
  asio::co_spawn(loop, source.token(),
                 [&](const std::exception_ptr&, Result<std::string> result) { waiting = result; });
  loop.poll();
  source.stop();
  loop.run_for(seconds(30));
  EXPECT_TRUE(loop.stopped());
  EXPECT_EQ(provider.cancelled, 1);
  ASSERT_TRUE(waiting);
  EXPECT_EQ(waiting->error().kind(), ErrorKind::cancelled);
  EXPECT_EQ(token_or_error(), "error: the daemon is stopping");
}

}  // namespace
}  // namespace azrestored::test
