// Goal: in every state an operator learns why the job is there, what comes next and what can be done, and no suggested
// command is refused. Method: a table of every state as real jobs have it; each suggested command is passed to
// evolve().
#include "core/view/explain.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/view/advice.hpp"
#include "tests/support/sample_job.hpp"

namespace azrestored::test {
namespace {

using nlohmann::json;

struct Situation {
  std::string name;
  Job job;
};

Job fresh_job(State state) {
  Job job = job_in(std::move(state));
  Progress& progress = job.progress;
  progress.request_id.clear();
  progress.operation_url.clear();
  progress.operation_id.clear();
  progress.azure_job_id.clear();
  return job;
}

Job with_problem(Job job, const std::string& code) {
  job.progress.problem = problem(code);
  return job;
}

std::vector<Situation> situations() {
  Job cross_region = job_in(old_tracking());
  cross_region.progress.options.cross_region = "eastus";
  Job sent_before = job_in(Triggering{});
  sent_before.progress.attempts = 1;
  Job cancel_requested = job_in(in_doubt());
  cancel_requested.progress.cancel_requested_at = now;
  cancel_requested.progress.cancel_answer = "not known yet";
  Job accepted = job_in(InDoubt{now + 1min, true, 0});
  Job retried = fresh_job(Queued{});
  retried.progress.earlier.push_back({request_id, "", now, "failed", "X: y"});
  Job refused = with_problem(fresh_job(Failed{}), "BMSUserErrorInvalidInput");
  refused.progress.attempts = 1;
  Job findings = job_in(SucceededWithFindings{});
  findings.progress.findings = {"asked for one account, got another"};
  Job warned = with_problem(job_in(SucceededWithWarnings{}), "OlrBackupFailed");
  warned.progress.findings = {"the task \"Replace the disks\" was skipped"};
  return {{"Queued", fresh_job(Queued{})},
          {"QueuedAgain", retried},
          {"Resolving", fresh_job(Resolving{})},
          {"ValidatingNotAsked", fresh_job(Validating{})},
          {"Validating", fresh_job(Validating{operation_url})},
          {"Triggering", fresh_job(Triggering{})},
          {"TriggeringAgain", sent_before},
          {"TriggeringSent", job_in(Triggering{true})},
          {"InDoubt", with_problem(job_in(in_doubt()), "GatewayTimeout")},
          {"InDoubtAccepted", accepted},
          {"InDoubtWithACancelRequest", cancel_requested},
          {"Polling", job_in(Polling{now - 1min})},
          {"Rehydrating", job_in(Rehydrating{old_tracking()})},
          {"Tracking", job_in(old_tracking())},
          {"TrackingCrossRegion", cross_region},
          {"CancellingAsking", job_in(cancelling(Cancelling::Phase::asking))},
          {"CancellingFollowing", job_in(cancelling(Cancelling::Phase::following))},
          {"CancellingWatching", job_in(cancelling(Cancelling::Phase::watching))},
          {"HeldByPerson", with_problem(fresh_job(Held{}), "HeldByPerson")},
          {"HeldForNoClearAnswer", with_problem(job_in(Held{}), "NoClearAnswer")},
          {"HeldMayBeRunning", with_problem(job_in(Held{true}), "AuthorizationFailed")},
          {"Succeeded", job_in(Succeeded{})},
          {"SucceededWithWarnings", job_in(SucceededWithWarnings{})},
          {"SucceededWithWarningsAndFindings", warned},
          {"SucceededWithFindings", findings},
          {"FailedBeforeTheRequest", with_problem(fresh_job(Failed{}), "NoSuchItem")},
          {"FailedRefused", refused},
          {"FailedInAzure", with_problem(job_in(Failed{}), "400048")},
          {"CancelledBeforeTheRequest", fresh_job(Cancelled{})},
          {"CancelledInAzure", job_in(Cancelled{})}};
}

/// The events of the commands in the sentence; show, watch, submit and validate change nothing.
std::optional<EventPayload> command_in(const std::string& sentence) {
  const auto names = [&](const std::string& command) {
    return sentence.find("azrestorectl " + command + " 99999999-8888-4777-8666-555555555555") != std::string::npos;
  };
  if (names("hold")) return HoldRequested{0};
  if (names("release")) return ReleaseRequested{0};
  if (names("cancel")) return CancelRequested{0};
  if (names("retry")) return RetryRequested{0, sentence.find("--nothing-runs") != std::string::npos};
  return std::nullopt;
}

class ExplainTest : public testing::TestWithParam<Situation> {};

TEST_P(ExplainTest, SaysWhyWhatNextAndWhatCanBeDone) {
  const Job& job = GetParam().job;
  const json explained = explain(job, {}, now);
  const std::string why = explained.at("why");
  EXPECT_GT(why.size(), 20U) << why;
  EXPECT_TRUE(why.ends_with('.') && !why.ends_with("..")) << why;
  EXPECT_EQ(why.find("  "), std::string::npos) << why;
  EXPECT_EQ(explained.at("next").at("what").is_null(), is_at_rest(job.state)) << explained.dump(2);
  EXPECT_FALSE(explained.at("youCan").empty()) << explained.dump(2);
}

TEST_P(ExplainTest, NamesNoCommandThatWouldBeRefused) {
  for (const std::string& sentence : choices_of(GetParam().job)) {
    const auto command = command_in(sentence);
    if (!command) continue;
    EXPECT_EQ(refusal(GetParam().job, Event(*command)), "") << sentence;
  }
}

INSTANTIATE_TEST_SUITE_P(EveryState, ExplainTest, testing::ValuesIn(situations()),
                         [](const auto& row) { return row.param.name; });

TEST(ExplainWordsTest, TheTableHoldsEveryState) {
  std::vector<std::string_view> missing;
  for (const std::string_view name : state_names()) {
    const auto all = situations();
    if (std::ranges::none_of(all, [&](const Situation& each) { return state_name(each.job.state) == name; }))
      missing.push_back(name);
  }
  EXPECT_TRUE(missing.empty()) << testing::PrintToString(missing);
}

TEST(ExplainWordsTest, ProgressAndLastAttemptsAreReported) {
  Job job = job_in(old_tracking());
  job.progress.azure_status = "InProgress";
  job.progress.percent = 40.6;
  job.progress.problem = problem("Busy");
  job.failures = 2;
  EXPECT_NE(why_of(job).find("(InProgress, 41 %)"), std::string::npos) << why_of(job);
  EXPECT_NE(why_of(job).find("the last 2 tries failed: Busy"), std::string::npos) << why_of(job);
  job.failures = 1;
  EXPECT_NE(why_of(job).find("the last try failed: Busy"), std::string::npos) << why_of(job);
}

TEST(ExplainWordsTest, AKnownErrorComesWithItsClassAndAdvice) {
  Job job = with_problem(job_in(Failed{}), "AuthorizationFailed");
  job.progress.problem->recommendations = {"Ask the owner."};
  const json problem = explain(job, {}, now).at("problem");
  EXPECT_EQ(problem.at("class"), "fix-rights");
  EXPECT_EQ(problem.at("advice"), advice_of(job));
  EXPECT_EQ(problem.at("recommendations"), json::parse(R"(["Ask the owner."])"));
}

TEST(ExplainWordsTest, AnUnknownErrorKeepsTheServicesWordsOnly) {
  const json explained = explain(with_problem(job_in(Failed{}), "UserErrorNeverSeen"), {}, now);
  EXPECT_EQ(explained.at("problem").at("message"), "as the service worded it");
  EXPECT_TRUE(explained.at("problem").at("class").is_null());
  EXPECT_NE(explained.at("why").get<std::string>().find("UserErrorNeverSeen: as the service worded it"),
            std::string::npos);
}

TEST(ExplainWordsTest, TheAnswerThatLedHereIsTheNewestOneOfAzures) {
  std::vector<HistoryLine> history(3);
  history[0] = {now - 3min, "triggering", "polling", "accepted", "Azure accepted the restore", 202, "r-1", "c-1"};
  history[1] = {now - 2min, "polling", "tracking", "operation-succeeded", "backup job 1", 200, "r-2", "c-2"};
  history[2] = {now - 1min, "tracking", "cancelling", "cancel-requested", "cancel requested by uid 0", 0, "", ""};
  const json explained = explain(job_in(cancelling(Cancelling::Phase::asking)), history, now);
  EXPECT_EQ(explained.at("lastAnswer"),
            json::parse(R"({"at": "2026-11-20T09:58:00Z", "httpStatus": 200, "requestId": "r-2",
      "correlationId": "c-2", "cause": "operation-succeeded", "detail": "backup job 1"})"));
  EXPECT_EQ(explained.at("support").at("azureRequestId"), "r-2");
  EXPECT_EQ(explained.at("sinceSeconds"), 600);
}

TEST(ExplainWordsTest, SupportGetsTheIdsOfTheFailedAnswer) {
  const json support = explain(with_problem(job_in(Failed{}), "UserErrorX"), {}, now).at("support");
  EXPECT_EQ(support, json::parse(R"({"requestId": "11111111-2222-4333-8444-555555555555",
      "azureRequestId": "azure-request", "correlationId": "azure-correlation", "operationId": "op;1",
      "azureJobId": "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee", "subscription": "sub",
      "vault": "/subscriptions/sub/resourceGroups/vault-rg/providers/Microsoft.RecoveryServices/vaults/safe"})"));
}

TEST(ExplainWordsTest, NoAddressOfAnOperationLeaves) {
  for (const Situation& each : situations()) {
    EXPECT_EQ(explain(each.job, {}, now).dump().find(operation_url), std::string::npos) << each.name;
  }
}

}  // namespace
}  // namespace azrestored::test
