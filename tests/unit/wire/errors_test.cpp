// What a status code means, and how the words of an error are found in either envelope (azure-backup-api.md 4.5, 4.6,
// 9, 12.1).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/azure/problem.hpp"
#include "core/wire/errors.hpp"
#include "core/wire/events.hpp"
#include "core/wire/preflight.hpp"
#include "tests/unit/wire/responses.hpp"

namespace azrestored::test {
namespace {

using testing::HasSubstr;

TEST(CodecErrors, EachStatusHasAVerdict) {
  for (const int status : {200, 201, 202, 204}) EXPECT_EQ(classify_status(status), StatusClass::ok) << status;
  for (const int status : {0, 100, 301, 307, 408, 500, 502, 503, 504, 599})
    EXPECT_EQ(classify_status(status), StatusClass::transient) << status;
  EXPECT_EQ(classify_status(429), StatusClass::throttled);
  EXPECT_EQ(classify_status(401), StatusClass::unauthorized);
  for (const int status : {404, 410}) EXPECT_EQ(classify_status(status), StatusClass::not_found) << status;
  for (const int status : {400, 403, 405, 409, 412, 413, 422})
    EXPECT_EQ(classify_status(status), StatusClass::refused) << status;
}

TEST(CodecErrors, ADailyLimitIsAWaitOfHoursWhereverItIsReported) {
  for (const int status : {400, 403, 409, 429}) {
    for (const char* code : {"CloudDosAbsoluteLimitReached", "CloudDosAbsoluteLimitReachedWithRetry"}) {
      const auto restore = as<Throttled>(read_restore_answer(error_answer(status, code, {{"Retry-After", "60"}}), now));
      EXPECT_EQ(restore.retry_after, Millis(std::chrono::hours(4))) << status << code;
      const auto read = as<ReadFailed>(read_failure(error_answer(status, code), now));
      EXPECT_EQ(read.retry_after, Millis(std::chrono::hours(4))) << status << code;
      EXPECT_TRUE(is<ReadFailed>(read_preflight_answer(error_answer(status, code), now))) << status << code;
    }
    const HttpResponse longer = error_answer(status, "CloudDosTimeboudLimitReached", {{"Retry-After", "36000"}});
    EXPECT_EQ(as<Throttled>(read_restore_answer(longer, now)).retry_after, Millis(std::chrono::hours(10)));
  }
  EXPECT_TRUE(is<OutcomeUnknown>(read_restore_answer(error_answer(500, "CloudDosAbsoluteLimitReached"), now)));
}

TEST(CodecErrors, ArmsEnvelopeIsRead) {
  const Problem problem = problem_of(error_answer(409, "MissingSubscriptionRegistration"));
  EXPECT_EQ(problem.code, "MissingSubscriptionRegistration");
  EXPECT_EQ(problem.message, "words of the service");
  EXPECT_EQ(problem.http_status, 409);
  EXPECT_EQ(problem.request_id, "azure-request");
  EXPECT_EQ(problem.correlation_id, "azure-correlation");
}

TEST(CodecErrors, TheOtherEnvelopeIsRead) {
  const Problem problem = problem_of(answer(
      400, R"({"ErrorCode":"BMSUserErrorX","Message":{"Language":"en-US","Value":"ask for less"},"Values":["a"]})"));
  EXPECT_EQ(problem.text(), "BMSUserErrorX: ask for less");
  EXPECT_EQ(problem_of(answer(400, R"({"ErrorCode":"BMSUserErrorX","Message":"ask for less"})")).text(),
            "BMSUserErrorX: ask for less");
}

TEST(CodecErrors, WordsThatStandInTheDetailsAreFound) {
  const Problem problem = problem_of(answer(
      500,
      R"({"error":{"code":null,"message":"","details":[{"code":"RetryableErrorDueToAnotherOperation","message":"locked"}]}})"));
  EXPECT_EQ(problem.text(), "RetryableErrorDueToAnotherOperation: locked");
}

TEST(CodecErrors, NullMembersAreNoWords) {
  const Problem problem = problem_of(
      answer(500, R"({"error":{"code":"CloudStorageUnexpectedError","message":null,"target":null,"details":null}})"));
  EXPECT_EQ(problem.code, "CloudStorageUnexpectedError");
  EXPECT_THAT(problem.message, HasSubstr("500"));
}

TEST(CodecErrors, ANumberForACodeIsRead) {
  EXPECT_EQ(problem_of(answer(400, R"({"error":{"code":400048,"message":"m"}})")).code, "400048");
}

TEST(CodecErrors, WithoutAnyWordsTheStatusSpeaks) {
  for (const std::string& body : garbage) EXPECT_THAT(problem_of(answer(502, body)).text(), HasSubstr("502")) << body;
  for (const std::string& body : foreign) EXPECT_THAT(problem_of(answer(502, body)).text(), HasSubstr("502")) << body;
}

TEST(CodecErrors, AReadIsRepeatedWhenTheFaultMayPass) {
  for (const int status : {401, 408, 429, 500, 502, 503, 504, 307}) {
    EXPECT_TRUE(is<ReadFailed>(read_failure(error_answer(status, "X"), now))) << status;
  }
  for (const int status : {400, 403, 404, 409, 410}) {
    EXPECT_TRUE(is<ReadRefused>(read_failure(error_answer(status, "X"), now))) << status;
  }
  EXPECT_EQ(as<ReadFailed>(read_failure(throttled_answer, now)).retry_after, 324s);
}

TEST(CodecErrors, TheTraceHoldsWhatSupportAsksFor) {
  const ResponseIds trace = trace_of(error_answer(400, "X"));
  EXPECT_EQ(trace.http_status, 400);
  EXPECT_EQ(trace.request_id, "azure-request");
  EXPECT_EQ(trace.correlation_id, "azure-correlation");
  EXPECT_EQ(trace_of(HttpResponse{200, {}, ""}).request_id, "");
  EXPECT_EQ(read_failure(error_answer(400, "X"), now).answer.correlation_id, "azure-correlation");
}

TEST(CodecErrors, AHeaderSentTwiceCountsOnceAndInAnyCase) {
  const HttpResponse twice{200, {{"X-MS-Request-Id", "first"}, {"x-ms-request-id", "second"}}, ""};
  EXPECT_EQ(trace_of(twice).request_id, "first");
  EXPECT_FALSE(twice.header("Location"));
}

}  // namespace
}  // namespace azrestored::test
