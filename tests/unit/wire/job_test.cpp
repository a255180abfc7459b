// The backup job's details and the two answers around a cancel (azure-backup-api.md 5, 12.1, 13).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/wire/events.hpp"
#include "tests/unit/wire/responses.hpp"

namespace azrestored::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using End = JobRead::End;

json job(const char* status, json extended = nullptr) {
  return {{"id", "/x/backupJobs/" + azure_job_id},
          {"name", azure_job_id},
          {"properties",
           {{"jobType", "AzureIaaSVMJob"},
            {"duration", "PT38M52.9043123S"},
            {"status", status},
            {"startTime", "2025-05-09T06:16:05.1234567Z"},
            {"activityId", request_id},
            {"extendedInfo", std::move(extended)}}}};
}

JobRead read(const json& body) {
  return as<JobRead>(read_job(answer(200, body), now));
}

TEST(CodecJob, EachWordIsAnEndOrNone) {
  EXPECT_EQ(read(job("InProgress")).end, End::running);
  EXPECT_EQ(read(job("Cancelling")).end, End::running);
  EXPECT_EQ(read(job("Completed")).end, End::completed);
  EXPECT_EQ(read(job("CompletedWithWarnings")).end, End::completed_with_warnings);
  EXPECT_EQ(read(job("Failed")).end, End::failed);
  EXPECT_EQ(read(job("Cancelled")).end, End::cancelled);
  EXPECT_EQ(read(job("Canceled")).end, End::cancelled);
  EXPECT_EQ(read(job("Canceled")).azure_status, "Cancelled");
  EXPECT_EQ(read(job("Canceling")).end, End::running);
  EXPECT_EQ(read(job("Canceling")).warning, "");
  EXPECT_EQ(read(job("completed")).end, End::completed) << "words compare without case";
  EXPECT_EQ(read(job("completed")).azure_status, "Completed");
  EXPECT_EQ(read(job("Completed")).warning, "");
}

TEST(CodecJob, AnUnknownWordMeansStillRunningWithAWarning) {
  for (const char* word : {"Pondering", "Invalid", "Canceled?"}) {
    const JobRead event = read(job(word));
    EXPECT_EQ(event.end, End::running) << word;
    EXPECT_EQ(event.azure_status, word);
    EXPECT_THAT(event.warning, HasSubstr(word));
  }
}

TEST(CodecJob, DetailsOfADiskRestoreAreKept) {
  const JobRead event = read(job("Completed", {{"progressPercentage", 100.0},
                                               {"tasksList",
                                                {{{"taskId", "Transfer data from vault"},
                                                  {"status", "Completed"},
                                                  {"startTime", "0001-01-01T00:00:00Z"},
                                                  {"duration", "PT0S"},
                                                  {"taskExecutionDetails", nullptr}}}},
                                               {"propertyBag",
                                                {{"Job Type", "Recover disks"},
                                                 {"Recovery point time ", "5/8/2025 8:38:46 AM"},
                                                 {"Target Storage Account Name", "stage"}}},
                                               {"estimatedRemainingDuration", "PT5M"}}));
  EXPECT_EQ(event.percent, 100);
  EXPECT_EQ(event.outcome->at("propertyBag").at("Recovery point time"), "5/8/2025 8:38:46 AM")
      << "the key's trailing blank is cut";
  EXPECT_EQ(event.outcome->at("propertyBag").at("Job Type"), "Recover disks");
  EXPECT_EQ(event.outcome->at("duration"), "PT38M52.9043123S");
  EXPECT_EQ(event.outcome->at("tasks").at(0).at("task"), "Transfer data from vault");
  EXPECT_EQ(event.outcome->at("tasks").at(0).at("status"), "Completed");
}

TEST(CodecJob, ANegativeDurationAndEmptyTasksAreNoFault) {
  json body = job("InProgress", {{"tasksList", json::array()}, {"propertyBag", json::object()}});
  body["properties"]["duration"] = "-PT4M23.9512867S";
  const JobRead event = read(body);
  EXPECT_EQ(event.outcome->at("duration"), "-PT4M23.9512867S");
  EXPECT_EQ(event.outcome->at("tasks"), json::array());
}

TEST(CodecJob, AllTasksDoneIsNotTheEnd) {
  EXPECT_EQ(read(job("InProgress", {{"tasksList", {{{"taskId", "t"}, {"status", "Completed"}}}}})).end, End::running);
}

TEST(CodecJob, WhatIsAbsentIsAbsent) {
  const JobRead event = read(json{{"properties", {{"status", "InProgress"}}}});
  EXPECT_FALSE(event.percent);
  EXPECT_FALSE(event.problem);
  EXPECT_FALSE(event.outcome->contains("duration"));
}

TEST(CodecJob, AFailureHasTheServicesWordsAndAdvice) {
  json body = job("Failed");
  body["properties"]["errorDetails"] = {{{"errorCode", 400048},
                                         {"errorTitle", "UserErrorBCMRestoreStorageAccountNotFound"},
                                         {"errorString", "The account is gone."},
                                         {"recommendations", {"Choose another account.", "Try again."}}},
                                        {{"errorCode", 2}, {"errorTitle", "Second"}}};
  const JobRead event = read(body);
  ASSERT_TRUE(event.problem);
  EXPECT_EQ(event.problem->text(), "UserErrorBCMRestoreStorageAccountNotFound: The account is gone.");
  EXPECT_THAT(event.problem->recommendations, ElementsAre("Choose another account.", "Try again."));
  EXPECT_EQ(event.outcome->at("errorDetails").size(), 2U) << "the others are kept too";
}

TEST(CodecJob, AnErrorWithoutATitleHasItsNumber) {
  json body = job("Failed");
  body["properties"]["errorDetails"] = {
      {{"errorCode", 400003}, {"errorTitle", nullptr}, {"errorString", "words"}, {"recommendations", nullptr}}};
  EXPECT_EQ(read(body).problem->text(), "400003: words");
}

TEST(CodecJob, AFailureWithoutAReasonIsStillAFailure) {
  for (const json& details : std::vector<json>{nullptr, json::array(), "text", json::object()}) {
    json body = job("Failed");
    body["properties"]["errorDetails"] = details;
    const JobRead event = read(body);
    EXPECT_EQ(event.end, End::failed);
    ASSERT_TRUE(event.problem) << details;
    EXPECT_FALSE(event.problem->text().empty());
  }
}

TEST(CodecJob, WrongTypesEverywhereAreReadAsNothing) {
  for (const json& wrong :
       std::vector<json>{nullptr, true, 17, -1.5, "text", json::array({1, nullptr, {{"a", 1}}}), json{{"a", {1}}}}) {
    json body = job("Completed", wrong);
    EXPECT_EQ(read(body).end, End::completed) << wrong;
    for (const char* member : {"tasksList", "propertyBag", "progressPercentage", "estimatedRemainingDuration"}) {
      EXPECT_EQ(read(job("Completed", {{member, wrong}})).end, End::completed) << member << " " << wrong;
    }
    for (const char* member : {"errorDetails", "duration", "startTime", "activityId"}) {
      body = job("Completed");
      body["properties"][member] = wrong;
      EXPECT_EQ(read(body).end, End::completed) << member << " " << wrong;
    }
    body = job("Failed");
    body["properties"]["errorDetails"] = json::array({wrong});
    EXPECT_EQ(read(body).end, End::failed) << wrong;
    body["properties"]["errorDetails"] = {{{"errorTitle", wrong}, {"errorString", wrong}, {"recommendations", wrong}}};
    EXPECT_EQ(read(body).end, End::failed) << wrong;
  }
}

TEST(CodecJob, AnUnreadableAnswerSaysNothingAboutTheJob) {
  for (const std::string& body : garbage) EXPECT_TRUE(is<ReadFailed>(read_job(answer(200, body), now))) << body;
  for (const std::string& body : foreign) EXPECT_TRUE(is<ReadFailed>(read_job(answer(200, body), now))) << body;
  EXPECT_TRUE(is<ReadFailed>(read_job(answer(204), now)));
  for (const int status : {401, 408, 429, 500, 503})
    EXPECT_TRUE(is<ReadFailed>(read_job(error_answer(status, "X"), now))) << status;
  EXPECT_TRUE(is<ReadRefused>(read_job(error_answer(403, "X"), now)));
}

TEST(CodecJob, AnUnknownJobIsGone) {
  EXPECT_EQ(as<JobGone>(read_job(error_answer(404, "ResourceNotFound"), now)).problem.code, "ResourceNotFound");
}

TEST(CodecJob, OnlyAPercentageIsTakenForOne) {
  EXPECT_EQ(read(job("InProgress", {{"progressPercentage", 37.5}})).percent, 37.5);
  EXPECT_EQ(read(job("InProgress", {{"progressPercentage", 0}})).percent, 0);
  for (const json& odd : {json(-1), json(100.5), json(1e300), json("40"), json(nullptr)}) {
    EXPECT_EQ(read(job("InProgress", {{"progressPercentage", odd}})).percent, std::nullopt) << odd;
  }
}

TEST(CodecJob, TheInternalPropertiesAreKeptAsTheyAre) {
  const JobRead event = read(job("Completed", {{"internalPropertyBag", {{"restoreLocationType", "Alternate"}}}}));
  EXPECT_EQ(event.outcome->at("internalPropertyBag"), (json{{"restoreLocationType", "Alternate"}}));
  EXPECT_FALSE(read(job("Completed", {{"internalPropertyBag", "text"}})).outcome->contains("internalPropertyBag"));
}

// An answer may hold a million brackets. Copying such a value recurses into each bracket, which ended the daemon.
TEST(CodecJob, AnAnswerThatIsNestedTooDeeplyIsTriedAgain) {
  const auto with_bag = [](std::size_t depth) {
    return R"({"properties":{"status":"Completed","extendedInfo":{"propertyBag":{"Job Type":"[[\\\"[[","a":)" +
           std::string(depth, '[') + std::string(depth, ']') + "}}}}";
  };
  EXPECT_TRUE(is<JobRead>(read_job(answer(200, with_bag(90)), now)));
  EXPECT_TRUE(is<ReadFailed>(read_job(answer(200, with_bag(97)), now)));
  EXPECT_TRUE(is<ReadFailed>(read_job(answer(200, with_bag(1'000'000)), now)));
}

// ── the cancel ──

const std::string cancel_url =
    "https://management.azure.com/subscriptions/s/x/backupJobs/j/operationResults/op?api-version=1";

TEST(CodecCancel, AnAcceptedCancelNamesWhereItIsFollowed) {
  const auto accepted =
      as<CancelAccepted>(read_cancel_answer(answer(202, "", {{"Location", cancel_url}, {"Retry-After", "60"}}), now));
  EXPECT_EQ(accepted.result_url, cancel_url);
  EXPECT_EQ(accepted.retry_after, 60s);
  EXPECT_EQ(as<CancelAccepted>(read_cancel_answer(answer(202), now)).result_url, "");
  EXPECT_EQ(
      as<CancelAccepted>(
          read_cancel_answer(answer(202, "", {{"Location", cancel_url}, {"Azure-AsyncOperation", "https://a/b"}}), now))
          .result_url,
      "https://a/b");
}

TEST(CodecCancel, ARefusalHasTheServicesWords) {
  for (const int status : {400, 403, 404, 409}) {
    EXPECT_EQ(as<CancelRefused>(read_cancel_answer(error_answer(status, "NotCancellable"), now)).problem.code,
              "NotCancellable")
        << status;
  }
  for (const int status : {400, 403, 409}) {
    EXPECT_EQ(as<CancelRefused>(read_cancel_result(error_answer(status, "NotCancellable"), now)).problem.code,
              "NotCancellable")
        << status;
  }
}

TEST(CodecCancel, ARecordThatIsGoneIsNoRefusal) {
  const Event event = read_cancel_result(error_answer(404, "ResourceNotFound"), now);
  EXPECT_EQ(as<CancelDone>(event).doubt, "ResourceNotFound: words of the service");
}

TEST(CodecCancel, WhatMayPassIsTriedAgain) {
  for (const int status : {401, 408, 429, 500, 504}) {
    EXPECT_TRUE(is<ReadFailed>(read_cancel_answer(error_answer(status, "X"), now))) << status;
    EXPECT_TRUE(is<ReadFailed>(read_cancel_result(error_answer(status, "X"), now))) << status;
  }
}

TEST(CodecCancel, TheResultIsRunningDoneOrRefused) {
  EXPECT_EQ(as<CancelRunning>(read_cancel_result(answer(202, "", {{"Retry-After", "60"}}), now)).retry_after, 60s);
  EXPECT_TRUE(is<CancelRunning>(read_cancel_result(answer(200, R"({"status":"InProgress"})"), now)));
  EXPECT_TRUE(is<CancelDone>(read_cancel_result(answer(204), now)));
  EXPECT_TRUE(is<CancelDone>(read_cancel_result(answer(200, R"({"status":"Succeeded"})"), now)));
  EXPECT_TRUE(is<CancelDone>(read_cancel_result(answer(200), now)));
  const Event failed =
      read_cancel_result(answer(200, R"({"status":"Failed","error":{"code":"X","message":"in transfer"}})"), now);
  EXPECT_EQ(as<CancelRefused>(failed).problem.text(), "X: in transfer");
}

TEST(CodecCancel, ARefusalWithoutAReasonIsNotBlamedOnStatus200) {
  const Event event = read_cancel_result(answer(200, R"({"status":"Failed"})"), now);
  EXPECT_THAT(as<CancelRefused>(event).problem.text(), HasSubstr("the operation ended with the status 'Failed'"));
}

TEST(CodecCancel, AnUnknownWordMeansStillRunning) {
  EXPECT_TRUE(is<CancelRunning>(read_cancel_result(answer(200, R"({"status":"Pondering"})"), now)));
}

TEST(CodecCancel, ACancelThatWasItselfCancelledIsARefusal) {
  for (const char* body : {R"({"status":"Canceled"})", R"({"status":"Cancelled"})"})
    EXPECT_TRUE(is<CancelRefused>(read_cancel_result(answer(200, body), now))) << body;
}

TEST(CodecCancel, ABodyWithoutAVerdictLeavesItsOutcomeInDoubt) {
  for (const char* body : {"{}", "[]", "torn", R"({"properties":{}})", R"({"status":null})", R"({"status":"Invalid"})"})
    EXPECT_NE(as<CancelDone>(read_cancel_result(answer(200, body), now)).doubt, "") << body;
  EXPECT_EQ(as<CancelDone>(read_cancel_result(answer(200), now)).doubt, "");
  EXPECT_EQ(as<CancelDone>(read_cancel_result(answer(204), now)).doubt, "");
}

}  // namespace
}  // namespace azrestored::test
