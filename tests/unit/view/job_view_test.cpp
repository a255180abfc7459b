// A job as scripts see it. Member names are a contract, so the test lists them.
#include "core/view/job_view.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/azure/problem.hpp"
#include "tests/support/sample_job.hpp"

namespace azrestored::test {
namespace {

using nlohmann::json;

TEST(JobViewTest, ASummaryOfAFreshJobHasNullForWhatIsNotKnown) {
  Job job = job_in(Queued{});
  job.progress = {};
  job.not_before = {};
  EXPECT_EQ(job_summary(job), json::parse(R"({
    "id": "99999999-8888-4777-8666-555555555555", "name": "drill", "state": "queued", "atRest": false,
    "since": "2026-11-20T09:50:00Z", "created": "2026-11-20T09:00:00Z", "priority": 0,
    "vault": "/subscriptions/sub/resourceGroups/vault-rg/providers/Microsoft.RecoveryServices/vaults/safe",
    "virtualMachine": "web01", "recoveryType": "RestoreDisks", "crossRegion": null, "attempt": 1, "percent": null, "azureStatus": null,
    "azureJobId": null, "attempts": 0, "nextAt": null, "nextAtIs": null, "restoreMayRun": false,
    "waitsFor": "a slot among the active jobs", "placeInLine": null,
    "cancelRequested": null, "requested": null, "expectedEnd": null, "expectedBy": null, "problem": null, "remark": null})"));
}

TEST(JobViewTest, DetailsHoldEverythingThatIsKnown) {
  Job job = job_in(old_tracking());
  job.progress.percent = 40;
  job.progress.azure_status = "InProgress";
  job.progress.attempts = 1;
  job.progress.warnings = {"a warning"};
  job.progress.cancel_requested_at = now;
  job.progress.cancel_answer = "sending the cancel request to Azure";
  job.progress.problem = Problem{"UserErrorX", "no network", 400, "r", "c", {"make one"}};
  HistoryLine line;
  line.at = now;
  line.from = "polling";
  line.to = "tracking";
  line.cause = "operation-succeeded";
  const std::vector<HistoryLine> history{line};
  const json details = job_details(job, history);

  EXPECT_EQ(details["percent"], 40);
  EXPECT_EQ(details["nextAt"], "2026-11-20T09:59:00Z");
  EXPECT_EQ(details["waitsFor"], "the backup job in Azure to finish");
  EXPECT_EQ(details["problem"], "UserErrorX: no network");
  EXPECT_EQ(details["recoveryPoint"], json::parse(R"({"id": "31407900891996", "time": "2026-11-19T10:00:00Z",
      "consistency": "AppConsistent", "tiers": ["InstantRP"], "managed": true,
      "rehydrated": false, "encrypted": false})"));
  EXPECT_EQ(details["requestId"], request_id);
  EXPECT_EQ(details["operationId"], "op;1");
  EXPECT_EQ(details["azureJobId"], azure_job_id);
  EXPECT_EQ(details["region"], "westus");
  EXPECT_EQ(details["protectedItem"]["item"], "VM;iaasvmcontainerv2;vm-rg;web01");
  EXPECT_EQ(details["submitterUid"], 1000);
  EXPECT_EQ(details["warnings"], json::parse(R"(["a warning"])"));
  EXPECT_EQ(details["cancel"],
            json::parse(R"({"requestedAt": "2026-11-20T10:00:00Z", "answer": "sending the cancel request to Azure"})"));
  EXPECT_EQ(details["error"], json::parse(R"({"code": "UserErrorX", "message": "no network", "httpStatus": 400,
      "requestId": "r", "correlationId": "c", "recommendations": ["make one"]})"));
  EXPECT_EQ(details["history"], json::parse(R"([{"at": "2026-11-20T10:00:00Z", "from": "polling", "to": "tracking",
      "cause": "operation-succeeded", "detail": null, "httpStatus": null, "requestId": null,
      "correlationId": null}])"));
}

TEST(JobViewTest, AnEndWithWarningsOrFindingsIsNamed) {
  EXPECT_EQ(job_summary(job_in(Succeeded{}))["remark"], nullptr);
  EXPECT_EQ(job_summary(job_in(Failed{}))["remark"], nullptr);
  Job job = job_in(SucceededWithWarnings{});
  EXPECT_EQ(job_summary(job)["remark"], "Azure reports warnings and does not name them");
  job.progress.problem = Problem{"OlrBackupFailed", "no snapshot", 0, "", "", {}};
  EXPECT_EQ(job_summary(job)["remark"], "OlrBackupFailed: no snapshot");
  job.progress.findings = {"OlrBackupFailed: no snapshot", "the task \"Replace\" was skipped"};
  EXPECT_EQ(job_summary(job)["remark"], "OlrBackupFailed: no snapshot; the task \"Replace\" was skipped");
  Job differs = job_in(SucceededWithFindings{});
  differs.progress.findings = {"a", "b", "c", "d", "e"};
  EXPECT_EQ(job_summary(differs)["remark"], "a; b; c; and 2 more");
}

TEST(JobViewTest, ARunningJobHasItsExpectedEndAndTheSourceOfIt) {
  Job job = job_in(old_tracking());  // requested ten minutes ago, read five minutes ago
  job.progress.percent.reset();
  EXPECT_EQ(job_summary(job)["requested"], "2026-11-20T09:50:00Z");
  EXPECT_EQ(job_summary(job)["expectedEnd"], nullptr);
  EXPECT_EQ(job_summary(job)["expectedBy"], nullptr);
  EXPECT_EQ(job_summary(job, std::nullopt, 25min)["expectedEnd"], "2026-11-20T10:15:00Z");
  EXPECT_EQ(job_summary(job, std::nullopt, 25min)["expectedBy"], "pastRuns");
}

TEST(JobViewTest, WithoutAProblemTheErrorIsNull) {
  const json details = job_details(job_in(Succeeded{}), {});
  EXPECT_TRUE(details["error"].is_null());
  EXPECT_TRUE(details["cancel"].is_null());
  EXPECT_TRUE(details["outcome"].is_null());
  EXPECT_TRUE(details["waitsFor"].is_null());
  EXPECT_TRUE(details["nextAt"].is_null()) << "nothing comes next, whatever the row's time says";
  EXPECT_EQ(details["atRest"], true);
}

TEST(JobViewTest, TheAddressesOfOperationsAreNeverShown) {
  for (const State& state :
       {State(old_tracking()), State(Polling{}), State(cancelling(Cancelling::Phase::following))}) {
    const std::string text = job_details(job_in(state), {}).dump();
    EXPECT_EQ(text.find("s=x"), std::string::npos) << text;
    EXPECT_EQ(text.find("https://"), std::string::npos) << text;
  }
}

TEST(JobViewTest, TheWaitOfAnInDoubtJobSaysWhetherItMaySendAgain) {
  InDoubt state = in_doubt();
  EXPECT_EQ(job_summary(job_in(state))["waitsFor"],
            "a backup job with our request id to appear in the vault; if none has appeared by 2026-11-20T10:01:00Z, "
            "azrestored sends the request again, with the same id, but not earlier");
  state.accepted = true;
  EXPECT_EQ(
      job_summary(job_in(state))["waitsFor"],
      "a backup job with our request id to appear in the vault; Azure accepted the request, so it is not sent again");
}

TEST(JobViewTest, AHeldJobSaysWhetherARestoreMayBeRunning) {
  EXPECT_EQ(job_summary(job_in(Held{true}))["waitsFor"], "an operator; a restore may be running in Azure");
  EXPECT_EQ(job_summary(job_in(Held{false}))["waitsFor"], "an operator; no restore was started");
}

TEST(JobViewTest, EveryStateHasAnExitCodeAndAnUnknownNameIsAFailure) {
  for (const std::string_view name : state_names()) {
    const bool is_the_failure = name == "failed";
    EXPECT_EQ(exit_code_of(name) == 1, is_the_failure) << name;
  }
  EXPECT_EQ(exit_code_of(State(Held{})), 7);
  EXPECT_EQ(exit_code_of("hibernating"), 1);
}

TEST(JobViewTest, EveryWaitIsDescribedInWords) {
  const auto waits_for = [](const Job& job) { return job_summary(job).at("waitsFor"); };
  Job resolving = job_in(Resolving{});
  EXPECT_EQ(waits_for(resolving), "the VM's recovery points");
  resolving.progress.region.reset();
  EXPECT_EQ(waits_for(resolving), "the vault's region");
  resolving.progress.item.reset();
  EXPECT_EQ(waits_for(resolving), "the vault's list of protected items");
  EXPECT_EQ(waits_for(job_in(Validating{})), "the result of Azure's pre-flight");
  EXPECT_EQ(waits_for(job_in(Triggering{false})), "the restore request to be sent");
  EXPECT_EQ(waits_for(job_in(Triggering{true})), "Azure's response to the restore request");
  EXPECT_EQ(waits_for(job_in(Polling{})), "Azure's operation to name the backup job");
  EXPECT_EQ(waits_for(job_in(Rehydrating{})),
            "the rehydration of the recovery point from the archive tier, which takes hours");
  EXPECT_EQ(waits_for(job_in(old_tracking())), "the backup job in Azure to finish");
  EXPECT_EQ(waits_for(job_in(cancelling(Cancelling::Phase::asking))), "Azure to accept the cancel request");
  EXPECT_EQ(waits_for(job_in(cancelling(Cancelling::Phase::following))), "Azure to confirm the cancel request");
  EXPECT_EQ(waits_for(job_in(cancelling(Cancelling::Phase::watching))),
            "the backup job in Azure to finish, after the cancel request");
  EXPECT_EQ(waits_for(job_in(Held{true})), "an operator; a restore may be running in Azure");
  EXPECT_EQ(waits_for(job_in(Held{false})), "an operator; no restore was started");
}

TEST(JobViewTest, ADryRunShowsWhatWouldBeSentOrWhatPreventsIt) {
  const Job job = job_in(Triggering{false});
  const json request = {{"method", "POST"}};
  const json good = dry_run_view(job, std::nullopt, request);
  EXPECT_EQ(good.at("ok"), true);
  EXPECT_EQ(good.at("problem"), nullptr);
  EXPECT_EQ(good.at("request"), request);
  EXPECT_EQ(good.at("region"), "westus");
  EXPECT_EQ(good.at("recoveryPoint").at("id"), "31407900891996");
  EXPECT_EQ(good.at("protectedItem").at("item"), "VM;iaasvmcontainerv2;vm-rg;web01");
  const json bad = dry_run_view(job, problem("UserErrorX"), nullptr);
  EXPECT_EQ(bad.at("ok"), false);
  EXPECT_EQ(bad.at("problem").at("code"), "UserErrorX");
}

}  // namespace
}  // namespace azrestored::test
