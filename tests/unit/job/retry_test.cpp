// Every rule about waiting (core/job/retry.hpp): the forms in which a server states a wait, and their effect.
#include "core/job/retry.hpp"

#include <gtest/gtest.h>

#include "core/http/retry_after.hpp"
#include "tests/support/sample_job.hpp"

namespace azrestored::test {
namespace {

HttpResponse answer(Headers headers, std::string body = "") {
  return {429, std::move(headers), std::move(body)};
}

std::optional<Millis> hint(Headers headers, std::string body = "") {
  return server_hint(answer(std::move(headers), std::move(body)), now);
}

const Millis longest = longest_server_wait;

// ── what the server says ──

TEST(ServerHint, SecondsAreRead) {
  EXPECT_EQ(hint({{"Retry-After", "60"}}), 60s);
  EXPECT_EQ(hint({{"retry-after", " 7 "}}), 7s);
  EXPECT_EQ(hint({{"Retry-After", "0"}}), 0s);
}

TEST(ServerHint, AnHttpDateIsRead) {
  EXPECT_EQ(hint({{"Retry-After", "Fri, 20 Nov 2026 10:01:30 GMT"}}), 90s);
  EXPECT_EQ(hint({{"Retry-After", "Friday, 20-Nov-26 10:01:30 GMT"}}), 90s);
  EXPECT_EQ(hint({{"Retry-After", "Fri Nov 20 10:01:30 2026"}}), 90s);
}

TEST(ServerHint, ADateIsCountedFromTheServersOwnDate) {
  // The server's clock is an hour ahead of ours.
  EXPECT_EQ(hint({{"Date", "Fri, 20 Nov 2026 11:00:00 GMT"}, {"Retry-After", "Fri, 20 Nov 2026 11:00:30 GMT"}}), 30s);
  EXPECT_EQ(hint({{"Date", "no date"}, {"Retry-After", "Fri, 20 Nov 2026 10:00:30 GMT"}}), 30s);
}

TEST(ServerHint, ADateInThePastMeansNow) {
  EXPECT_EQ(hint({{"Retry-After", "Fri, 20 Nov 2026 09:00:00 GMT"}}), 0s);
  EXPECT_EQ(hint({{"Retry-After", "Thu, 01 Jan 1970 00:00:00 GMT"}}), 0s);
}

TEST(ServerHint, MillisecondHeadersAreRead) {
  EXPECT_EQ(hint({{"retry-after-ms", "1500"}}), 1500ms);
  EXPECT_EQ(hint({{"x-ms-retry-after-ms", "250"}}), 250ms);
  EXPECT_EQ(hint({{"retry-after-ms", "1500"}, {"Retry-After", "3"}}), 3s) << "the standard one goes first";
}

TEST(ServerHint, ArmsSentenceInTheBodyIsReadWhenNoHeaderSaysAnything) {
  const std::string body =
      R"({"error":{"code":"ResourceRequestsThrottled","message":"Number of requests for action 'x/read' exceeded the )"
      R"(limit of '150' for time interval '01:00:00'. Please try again after '324' seconds."}})";
  EXPECT_EQ(hint({}, body), 324s);
  EXPECT_EQ(hint({{"Retry-After", "5"}}, body), 5s);
  EXPECT_EQ(hint({}, "Please try again after '0' seconds."), 0s);
  EXPECT_FALSE(hint({}, "Please try again after 'some' seconds."));
  EXPECT_FALSE(hint({}, "Please try again after '"));
}

TEST(ServerHint, AnAbsurdlyLongWaitIsCutToTheCeiling) {
  EXPECT_EQ(hint({{"Retry-After", "86401"}}), longest);
  EXPECT_EQ(hint({{"Retry-After", "9223372036854775807"}}), longest);
  EXPECT_EQ(hint({{"Retry-After", std::string(400, '9')}}), longest);
  EXPECT_EQ(hint({{"retry-after-ms", "9223372036854775807"}}), longest);
  EXPECT_EQ(hint({{"retry-after-ms", std::string(30, '9')}}), longest);
  EXPECT_EQ(hint({{"Retry-After", "Sat, 20 Nov 9999 10:00:00 GMT"}}), longest);
  EXPECT_EQ(hint({}, "try again after '" + std::string(40, '9') + "' seconds"), longest);
}

TEST(ServerHint, WhatIsNoWaitSaysNothing) {
  EXPECT_FALSE(hint({}));
  for (const std::string value : {"", " ", "-5", "-99999999999999999999", "+5", "5.5", "5s", "soon", "0x10", "5 6",
                                  "'5'", "\xC3\xA4", "Fri, 20 Nov 2026 10:01:30", "Fri, 31 Feb 2026 10:01:30 GMT"}) {
    EXPECT_FALSE(hint({{"Retry-After", value}})) << value;
    EXPECT_FALSE(hint({{"retry-after-ms", value}})) << value;
  }
}

TEST(ServerHint, AnUnreadableHeaderHidesNoReadableOne) {
  EXPECT_EQ(hint({{"Retry-After", "soon"}, {"x-ms-retry-after-ms", "2000"}}), 2s);
  EXPECT_EQ(hint({{"Retry-After", "-1"}}, "try again after '9' seconds"), 9s);
}

// ── its effect ──

TEST(NextPoll, WaitsAsLongAsTheServerSaysOrTheDefault) {
  const Policy policy;
  EXPECT_EQ(next_poll(90s, policy, {now, 0}), now + 90s);
  EXPECT_EQ(next_poll(std::nullopt, policy, {now, 0}), now + 60s);
  EXPECT_EQ(next_poll(1s, policy, {now, 0}), now + 10s) << "never sooner than the minimum";
  EXPECT_EQ(next_poll(0s, policy, {now, 0}), now + 10s);
  EXPECT_EQ(next_poll(24h, policy, {now, 0}), now + 24h);
}

TEST(NextPoll, JitterOnlyAdds) {
  for (const double jitter : {0.0, 0.3, 0.999999}) {
    for (const std::optional<Millis> said :
         {std::optional<Millis>(), std::optional<Millis>(1s), std::optional<Millis>(90s)}) {
      const Instant plain = next_poll(said, Policy{}, {now, 0});
      EXPECT_GE(next_poll(said, Policy{}, {now, jitter}), plain);
      EXPECT_LE(next_poll(said, Policy{}, {now, jitter}), plain + 30s);
    }
  }
  EXPECT_GT(next_poll(90s, Policy{}, {now, 0.9}), now + 90s);
}

TEST(NextAttempt, DoublesFromTheMinimumUpToTheLongest) {
  const Policy policy;
  const std::vector<Millis> waits = {10s, 20s, 40s, 80s, 160s, 5min, 5min};
  for (std::size_t i = 0; i < waits.size(); ++i) {
    EXPECT_EQ(next_attempt(static_cast<int>(i) + 1, {}, policy, {now, 0}), now + waits[i]) << i + 1;
  }
  EXPECT_EQ(next_attempt(2'000'000'000, {}, policy, {now, 0}), now + 5min);
}

TEST(NextAttempt, IsNeverEarlierThanTheServerSays) {
  for (const int failures : {1, 3, 50}) {
    for (const double jitter : {0.0, 0.7}) {
      EXPECT_GE(next_attempt(failures, 1h, Policy{}, {now, jitter}), now + 1h);
      EXPECT_GE(next_attempt(failures, 1s, Policy{}, {now, jitter}), now + 10s) << "but a short hint does not hurry it";
    }
  }
}

TEST(NextAttempt, JitterAddsUpToHalfOfTheBackoff) {
  EXPECT_EQ(next_attempt(1, {}, Policy{}, {now, 0.5}), now + 12'500ms);
  EXPECT_LT(next_attempt(9, {}, Policy{}, {now, 0.999}), now + 450s);
  EXPECT_GT(next_attempt(9, {}, Policy{}, {now, 0.999}), now + 449s);
}

TEST(NextAttempt, AMinimumAboveTheLongestBackoffStaysTheMinimum) {
  Policy policy;
  policy.minimum_interval = 10min;
  EXPECT_GE(next_attempt(1, {}, policy, {now, 0}), now + 10min);
  EXPECT_GE(next_attempt(5, {}, policy, {now, 0}), now + 10min);
}

TEST(NextSearch, DoublesUpToAMinute) {
  const Policy policy;
  const std::vector<Millis> waits = {10s, 20s, 40s, 60s, 60s};
  for (std::size_t i = 0; i < waits.size(); ++i) {
    EXPECT_EQ(next_search(static_cast<int>(i), now + 1h, policy, {now, 0}), now + waits[i]) << i;
  }
}

TEST(NextSearch, NeverSkipsPastTheEndOfTheQuietPeriod) {
  for (const double jitter : {0.0, 0.999}) {
    for (const int searches : {0, 1, 5, 1000}) {
      EXPECT_LE(next_search(searches, now + 3s, Policy{}, {now, jitter}), now + 3s);
      EXPECT_EQ(next_search(searches, now + 1ms, Policy{}, {now, jitter}), now + 1ms);
    }
  }
}

TEST(NextSearch, AfterTheQuietPeriodItStillWaits) {
  EXPECT_GE(next_search(0, now, Policy{}, {now, 0}), now + 10s);
  EXPECT_GE(next_search(0, now - 1h, Policy{}, {now, 0}), now + 10s);
}

}  // namespace
}  // namespace azrestored::test
