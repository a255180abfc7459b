// The answer to the POST, and its operation until that names the backup job (azure-backup-api.md 3.1, 4, 12.1).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/wire/events.hpp"
#include "tests/unit/wire/responses.hpp"

namespace azrestored::test {
namespace {

using testing::HasSubstr;

const std::string status_url =
    "https://management.azure.com/Subscriptions/sub/resourceGroups/vault-rg/providers/Microsoft.RecoveryServices/"
    "vaults/safe/backupFabrics/"
    "Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;vm-rg;web01/protectedItems/"
    "VM;iaasvmcontainerv2;vm-rg;web01/"
    "operationsStatus/0b5b8a3e-1111-4222-8333-444444444444?api-version=2019-05-13&t=638&c=" +
    std::string(3300, 'A') + "&s=b-_/&h=c";
const std::string result_url =
    "https://management.azure.com/subscriptions/sub/x/operationResults/op-2?api-version=2019-05-13";

// ── the POST ──

TEST(CodecOperation, A202NamesTheOperationVerbatim) {
  const Event event = read_restore_answer(
      answer(202, "", {{"Azure-AsyncOperation", status_url}, {"Location", result_url}, {"Retry-After", "60"}}), now);
  const auto accepted = as<Accepted>(event);
  EXPECT_EQ(accepted.operation_url, status_url);
  EXPECT_EQ(accepted.operation_id, "0b5b8a3e-1111-4222-8333-444444444444");
  EXPECT_EQ(accepted.retry_after, 60s);
  EXPECT_EQ(event.answer.http_status, 202);
  EXPECT_EQ(event.answer.request_id, "azure-request");
}

TEST(CodecOperation, ALocationAloneWillDo) {
  const auto accepted = as<Accepted>(read_restore_answer(answer(202, "", {{"location", result_url}}), now));
  EXPECT_EQ(accepted.operation_url, result_url);
  EXPECT_EQ(accepted.operation_id, "op-2");
  EXPECT_FALSE(accepted.retry_after);
}

TEST(CodecOperation, ADoubledPrefixIsFixed) {
  for (const char* prefix : {"/subscriptions//subscriptions/sub", "/subscriptions//sub"}) {
    const std::string url =
        std::string("https://management.azure.com") + prefix + "/x/operationResults/op?api-version=1";
    EXPECT_EQ(as<Accepted>(read_restore_answer(answer(202, "", {{"Location", url}}), now)).operation_url,
              "https://management.azure.com/subscriptions/sub/x/operationResults/op?api-version=1");
  }
}

TEST(CodecOperation, A202WithoutHeadersLeavesADoubt) {
  EXPECT_TRUE(is<OutcomeUnknown>(read_restore_answer(answer(202), now)));
  EXPECT_TRUE(is<OutcomeUnknown>(read_restore_answer(answer(200, "{}"), now)));
  EXPECT_TRUE(is<OutcomeUnknown>(read_restore_answer(answer(204), now)));
  EXPECT_TRUE(is<OutcomeUnknown>(read_restore_answer(answer(202, "", {{"Location", ""}}), now)));
}

TEST(CodecOperation, WhatMayHaveStartedSomethingLeavesADoubt) {
  for (const int status : {408, 500, 502, 503, 504, 307, 302, 100, 0}) {
    const Event event = read_restore_answer(error_answer(status, "X"), now);
    EXPECT_TRUE(is<OutcomeUnknown>(event)) << status;
    EXPECT_EQ(event.answer.http_status, status);
  }
}

TEST(CodecOperation, AFinalNoIsRefusedWithTheServicesWords) {
  for (const int status : {400, 403, 404, 405, 409, 412, 413, 422}) {
    const auto refused = as<Refused>(read_restore_answer(error_answer(status, "BMSUserErrorX"), now));
    EXPECT_EQ(refused.problem.text(), "BMSUserErrorX: words of the service") << status;
    EXPECT_EQ(refused.problem.http_status, status);
  }
}

TEST(CodecOperation, ThrottledAndUnauthorizedStartedNothing) {
  EXPECT_EQ(as<Throttled>(read_restore_answer(throttled_answer, now)).retry_after, 324s);
  EXPECT_FALSE(as<Throttled>(read_restore_answer(error_answer(429, "TooManyRequests"), now)).retry_after);
  EXPECT_TRUE(is<NotSent>(read_restore_answer(error_answer(401, "ExpiredAuthenticationToken"), now)));
}

TEST(CodecOperation, AnotherOperationInTheWayStartedNothingAndIsWaitedFor) {
  const auto busy =
      answer(409, R"({"error":{"code":"Conflict","details":[{"code":"RetryableErrorDueToAnotherOperation"}]}})",
             {{"Retry-After", "45"}});
  EXPECT_EQ(as<Throttled>(read_restore_answer(busy, now)).retry_after, 45s);
}

// ── the operation ──

json operation(const char* status, json properties = nullptr) {
  return {{"id", "op"},
          {"name", "op"},
          {"status", status},
          {"startTime", "2025-05-09T06:16:03Z"},
          {"endTime", "0001-01-01T00:00:00"},
          {"error", nullptr},
          {"properties", std::move(properties)}};
}

TEST(CodecOperation, ARunningOperationIsAskedAgain) {
  const auto running =
      as<OperationRunning>(read_operation(answer(200, operation("InProgress"), {{"Retry-After", "30"}}), now));
  EXPECT_EQ(running.retry_after, 30s);
  EXPECT_EQ(running.warning, "");
  EXPECT_TRUE(is<OperationRunning>(read_operation(answer(202, "", {{"Retry-After", "60"}}), now)))
      << "a result URL while it runs";
}

TEST(CodecOperation, SuccessNamesTheBackupJob) {
  const json properties = {{"objectType", "OperationStatusJobExtendedInfo"}, {"jobId", azure_job_id}};
  EXPECT_EQ(as<OperationSucceeded>(read_operation(answer(200, operation("Succeeded", properties)), now)).azure_job_id,
            azure_job_id);
  EXPECT_EQ(as<OperationSucceeded>(read_operation(answer(200, operation("SUCCEEDED", properties)), now)).azure_job_id,
            azure_job_id);
  const json several = {{"objectType", "OperationStatusJobsExtendedInfo"},
                        {"jobIds", {azure_job_id}},
                        {"failedJobsError", json::object()}};
  EXPECT_EQ(as<OperationSucceeded>(read_operation(answer(200, operation("Succeeded", several)), now)).azure_job_id,
            azure_job_id);
}

TEST(CodecOperation, SuccessWithoutAJobIsLookedForElsewhere) {
  for (const json& properties : std::vector<json>{nullptr,
                                                  json::object(),
                                                  {{"jobId", nullptr}},
                                                  {{"jobId", ""}},
                                                  {{"jobIds", json::array()}},
                                                  {{"jobIds", {"a", "b"}}},
                                                  {{"jobId", json::array({1})}},
                                                  "text",
                                                  json::array({1})}) {
    EXPECT_FALSE(
        as<OperationGone>(read_operation(answer(200, operation("Succeeded", properties)), now)).maybe_too_early)
        << properties;
  }
}

TEST(CodecOperation, A204IsAnEndThatNamesNoJob) {
  const Event event =
      read_operation(answer(204, "", {{"Retry-After", "60"}, {"Azure-AsyncOperation", status_url}}), now);
  EXPECT_FALSE(as<OperationGone>(event).maybe_too_early);
  EXPECT_THAT(as<OperationGone>(event).why, HasSubstr("204"));
}

TEST(CodecOperation, AnItemInsteadOfAStatusNamesNoJob) {
  const json item = {
      {"id", "/x"}, {"name", "VM;1"}, {"properties", {{"protectedItemType", "Microsoft.Compute/virtualMachines"}}}};
  EXPECT_FALSE(as<OperationGone>(read_operation(answer(200, item), now)).maybe_too_early);
}

TEST(CodecOperation, AnUnknownOperationMayBeTooEarly) {
  const auto gone = as<OperationGone>(read_operation(error_answer(404, "ResourceNotFound"), now));
  EXPECT_TRUE(gone.maybe_too_early);
  EXPECT_THAT(gone.why, HasSubstr("ResourceNotFound"));
}

TEST(CodecOperation, AFailedOperationHasItsOwnError) {
  json failed = operation("Failed");
  failed["error"] = {{"code", "UserErrorX"}, {"message", "choose another"}};
  const auto event = as<OperationFailed>(read_operation(answer(200, failed), now));
  EXPECT_EQ(event.problem.text(), "UserErrorX: choose another");
  EXPECT_FALSE(event.cancelled);
}

TEST(CodecOperation, AFailedOperationWithoutAnErrorIsNotBlamedOnStatus200) {
  const auto event = as<OperationFailed>(read_operation(answer(200, operation("Failed")), now));
  EXPECT_FALSE(event.problem.text().empty());
  EXPECT_THAT(event.problem.text(), testing::Not(HasSubstr("responded with status 200")));
}

TEST(CodecOperation, ACancelledOperationHasEitherSpelling) {
  EXPECT_TRUE(as<OperationFailed>(read_operation(answer(200, operation("Canceled")), now)).cancelled);
  EXPECT_TRUE(as<OperationFailed>(read_operation(answer(200, operation("Cancelled")), now)).cancelled);
}

TEST(CodecOperation, AnUnknownWordMeansStillRunningWithAWarning) {
  const auto running = as<OperationRunning>(read_operation(answer(200, operation("Pondering\n")), now));
  EXPECT_THAT(running.warning, HasSubstr("'Pondering\\x0a'"));
}

TEST(CodecOperation, AFailedReadSaysNothingOfTheOperation) {
  for (const int status : {401, 408, 429, 500, 502, 503, 504, 307}) {
    EXPECT_TRUE(is<ReadFailed>(read_operation(error_answer(status, "X"), now))) << status;
  }
  EXPECT_EQ(as<ReadFailed>(read_operation(throttled_answer, now)).retry_after, 324s);
  for (const std::string& body : garbage) EXPECT_TRUE(is<ReadFailed>(read_operation(answer(200, body), now))) << body;
  EXPECT_TRUE(is<ReadRefused>(read_operation(error_answer(403, "AuthorizationFailed"), now)));
}

TEST(CodecOperation, NoAnswerOfAnotherFormIsTakenForSuccessOrFailure) {
  for (const std::string& body : foreign) {
    const Event event = read_operation(answer(200, body), now);
    EXPECT_TRUE(is<OperationGone>(event) || is<ReadFailed>(event)) << body << ": " << event_name(event.what);
  }
}

}  // namespace
}  // namespace azrestored::test
