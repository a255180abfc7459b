// The request of the pre-flight and the meaning of its answers (azure-backup-api.md 7): `Succeeded` may contain a
// failure.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/azure/problem.hpp"
#include "core/wire/preflight.hpp"
#include "core/wire/requests.hpp"
#include "tests/support/sample_job.hpp"
#include "tests/unit/wire/responses.hpp"

namespace azrestored::test {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string quota = R"([{"code": "QuotaReached", "message": "no cores", "recommendations": ["ask for more"]},
                              {"code": "NameTaken", "message": "web02 exists", "recommendations": ["choose another"]}])";

std::string operation(const std::string& status, const std::string& results) {
  return R"({"status": ")" + status +
         R"(", "properties": {"objectType": "OperationStatusValidateOperationExtendedInfo",
             "validateOperationResponse": {"validationResults": )" +
         results + "}}}";
}

template <class Wanted>
Wanted result_of(int status, const std::string& body) {
  const Event event = read_preflight_result(answer(status, body), now);
  EXPECT_TRUE(std::holds_alternative<Wanted>(event.what)) << status << " " << body << ": " << event_name(event.what);
  const auto* wanted = std::get_if<Wanted>(&event.what);
  return wanted != nullptr ? *wanted : Wanted{};
}

TEST(CodecPreflight, AsksAboutThePointWithTheRequestThatWillBeSent) {
  const ArmTarget target{"https://management.example", "2025-02-01", ""};
  const VaultId vault{"sub", "rg", "safe"};
  const HttpRequest request =
      post_preflight(target, vault, {"c;1", "i;1", ""}, "42", {{"recoveryType", "RestoreDisks"}});
  EXPECT_EQ(request.url,
            "https://management.example" + vault.arm_id() + "/backupTriggerValidateOperation?api-version=2025-02-01");
  const json expected = {
      {"id", vault.arm_id() + "/backupFabrics/Azure/protectionContainers/c;1/protectedItems/i;1/recoveryPoints/42"},
      {"properties",
       {{"objectType", "ValidateIaasVMRestoreOperationRequest"},
        {"restoreRequest", {{"recoveryType", "RestoreDisks"}}}}}};
  EXPECT_EQ(json::parse(request.body), expected);
}

TEST(CodecPreflight, SucceededWithResultsIsAFailureInTheServicesWords) {
  const Problem problem = result_of<PreflightFailed>(200, operation("Succeeded", quota)).problem;
  EXPECT_EQ(problem.code, "QuotaReached");
  EXPECT_EQ(problem.message, "no cores; also NameTaken: web02 exists");
  EXPECT_THAT(problem.recommendations, ElementsAre("ask for more", "choose another"));
}

TEST(CodecPreflight, WithoutResultsItHasPassed) {
  for (const char* results : {"[]", "null"}) result_of<PreflightPassed>(200, operation("Succeeded", results));
  result_of<PreflightPassed>(200, R"({"status": "Succeeded", "properties": {"validateOperationResponse": {}}})");
  result_of<PreflightPassed>(200, R"({"validateOperationResponse": {"validationResults": []}})");
  result_of<PreflightPassed>(200, R"({"validateOperationResponse": {}})");
}

/// Bodies of JSON without a verdict, at a status URL, at a result URL and as the answer to the request.
TEST(CodecPreflight, AResponseWithoutAVerdictNeverCountsAsPassed) {
  for (const char* body : {"{}", "[]", "null", "17", R"({"status": "Succeeded"})", R"({"properties": {}})",
                           R"({"status": "Succeeded", "properties": {}})",
                           R"({"status": "Succeeded", "properties": {"validateOperationResponse": null}})",
                           R"({"status": "Succeeded", "properties": {"validateOperationResponse": []}})",
                           R"({"status": "Succeeded", "properties": {"validateOperationResponse": "passed"}})",
                           R"({"validateOperationResponse": {"validationResults": "none"}})",
                           R"({"validateOperationResponse": {"validationResults": {}}})",
                           R"({"validateOperationResponse": {"validationResults": 0}})"}) {
    EXPECT_THAT(result_of<PreflightSkipped>(200, body).why, HasSubstr("no verdict")) << body;
    const Event at_once = read_preflight_answer(answer(200, body), now);
    ASSERT_TRUE(std::holds_alternative<PreflightSkipped>(at_once.what)) << body;
    EXPECT_THAT(std::get<PreflightSkipped>(at_once.what).why, HasSubstr("no verdict")) << body;
  }
  EXPECT_TRUE(std::holds_alternative<ReadFailed>(read_preflight_answer(answer(200, "torn"), now).what));
  EXPECT_TRUE(std::holds_alternative<PreflightSkipped>(read_preflight_answer(answer(204), now).what));
}

TEST(CodecPreflight, AnErrorBesideTheMissingVerdictIsItsReason) {
  EXPECT_THAT(result_of<PreflightSkipped>(200, R"({"error": {"code": "Odd", "message": "half a result"}})").why,
              HasSubstr("Odd: half a result"));
}

TEST(CodecPreflight, AFindingWithoutWordsIsStillAFailure) {
  for (const char* results : {"[null]", "[{}]", R"(["no"])"}) {
    const Problem problem = result_of<PreflightFailed>(200, operation("Succeeded", results)).problem;
    EXPECT_EQ(problem.code, "PreflightFailed");
    EXPECT_THAT(problem.message, HasSubstr("gives no reason"));
  }
}

TEST(CodecPreflight, ACancelledValidationHasEnded) {
  for (const char* status : {"Canceled", "Cancelled", "cancelled"}) {
    EXPECT_THAT(result_of<PreflightSkipped>(200, operation(status, "null")).why, HasSubstr(status));
    result_of<PreflightFailed>(200, operation(status, quota));
  }
}

TEST(CodecPreflight, AResultUrlSaysTheSameWithoutAnOperation) {
  result_of<PreflightFailed>(200, R"({"validateOperationResponse": {"validationResults": )" + quota + "}}");
  result_of<PreflightRunning>(202, "");
}

TEST(CodecPreflight, RunsUntilItsStatusIsAnEnd) {
  for (const char* status : {"InProgress", "Pondering"}) result_of<PreflightRunning>(200, operation(status, "null"));
}

TEST(CodecPreflight, ChecksThatCouldNotBeCarriedOutSayNothingAboutTheRestore) {
  EXPECT_THAT(result_of<PreflightSkipped>(200, R"({"status": "Failed"})").why, HasSubstr("could not complete"));
  result_of<PreflightFailed>(200, R"({"status": "Failed", "error": {"code": "Bad", "message": "request"}})");
  for (const int status : {403, 404, 405}) result_of<PreflightSkipped>(status, "");
  result_of<PreflightFailed>(400, R"({"error": {"code": "BMSUserErrorInvalidInput", "message": "bad"}})");
  for (const int status : {429, 500, 503, 504}) result_of<ReadFailed>(status, "");
  result_of<ReadFailed>(200, "torn");
}

TEST(CodecPreflight, ErrorsOfTheServicesOwnAreNotTheRequests) {
  result_of<PreflightSkipped>(200, R"({"status": "Failed", "error": {"code": "CloudInternalError", "message": "oh"}})");
  result_of<PreflightSkipped>(200, R"({"status": "Invalid"})");
  result_of<PreflightSkipped>(204, "");
  result_of<ReadFailed>(409, R"({"error": {"code": "RetryableErrorDueToAnotherOperation", "message": "wait"}})");
}

TEST(CodecPreflight, TheQuestionsAnswerNamesAUrlOrIsTheResultItself) {
  const HttpResponse accepted{202, {{"Azure-AsyncOperation", operation_url}, {"Retry-After", "10"}}, ""};
  const Event asked = read_preflight_answer(accepted, now);
  ASSERT_TRUE(std::holds_alternative<PreflightAsked>(asked.what));
  EXPECT_EQ(std::get<PreflightAsked>(asked.what).url, operation_url);
  EXPECT_EQ(std::get<PreflightAsked>(asked.what).retry_after, 10s);
  const Event at_once = read_preflight_answer(answer(200, R"({"validateOperationResponse": {}})"), now);
  EXPECT_TRUE(std::holds_alternative<PreflightPassed>(at_once.what));
  const Event nowhere = read_preflight_answer(answer(202, ""), now);
  EXPECT_TRUE(std::holds_alternative<PreflightSkipped>(nowhere.what));
}

}  // namespace
}  // namespace azrestored::test
