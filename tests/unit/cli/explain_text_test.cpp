// What an operator reads in `explain`: a few labelled lines that stay readable on a narrow terminal.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/admission/wait_reason.hpp"
#include "core/azure/problem.hpp"
#include "core/view/explain.hpp"
#include "daemon/cli/render/job_text.hpp"
#include "daemon/cli/terminal/fields.hpp"
#include "tests/support/served_jobs.hpp"

namespace azrestored::cli {
namespace {

using test::sample_job;

Instant at(const char* text) {
  return *parse_rfc3339(text);
}

Job refused_job() {
  Job job = sample_job(1, Failed{});
  job.progress.attempts = 1;
  job.progress.request_id = "99999999-0000-4000-8000-000000000001";
  job.progress.problem = Problem{"UserErrorNeverSeen", "The target has no network.", 400, "r-1", "c-1", {"Make one."}};
  return job;
}

std::string text_for(const Job& job, const std::vector<HistoryLine>& history, std::size_t width) {
  const Instant now = at("2026-11-20T10:30:00Z");
  return explain_text(explain(job, history, now), now, width, false);
}

TEST(ExplainTextTest, AFailedJobIsExplainedInAFewLines) {
  HistoryLine line;
  line.at = at("2026-11-20T10:01:00Z");
  line.from = "triggering";
  line.to = "failed";
  line.cause = "refused";
  line.http_status = 400;
  EXPECT_EQ(text_for(refused_job(), {line}, 0),
            "web01-drill\n"
            "  state             failed since 2026-11-20T10:01:00Z (29m ago)\n"
            "  why               Azure refused the request; no restore was started: UserErrorNeverSeen: The target has "
            "no network.\n"
            "  Azure advises     - Make one.\n"
            "  last response     HTTP 400 at 2026-11-20T10:01:00Z (29m ago): refused\n"
            "  next              azrestored does nothing more by itself.\n"
            "  you can           - retry with the same job file, as a new attempt with a new request id: "
            "`azrestorectl retry 00000000-0000-4000-8000-000000000001`\n"
            "\n"
            "For support\n"
            "  our request id    99999999-0000-4000-8000-000000000001\n"
            "  Azure request id  r-1\n"
            "  correlation id    c-1\n"
            "  vault             /subscriptions/5aa00000-0000-4000-8000-000000000001/resourceGroups/vaults/providers/"
            "Microsoft.RecoveryServices/vaults/main\n");
}

TEST(ExplainTextTest, AQueuedJobShowsItsQueuePosition) {
  const Instant now = at("2026-11-20T10:30:00Z");
  const WaitReason waiting{LimitWait{ConcurrencyLimit::vault, 4, 4}, 3};
  const std::string text = explain_text(explain(sample_job(1, Queued{}), {}, now, waiting), now, 0, false);
  EXPECT_NE(
      text.find("  waits for         a slot in vault main, where 4 of 4 are in use "
                "(limits.concurrentRestoresPerVault); position 3 in queue\n"
                "  next              It starts in queue order, when a slot is free (limits.activeJobs) and no limit "
                "that applies to it is reached\n"),
      std::string::npos)
      << text;
}

TEST(ExplainTextTest, InDoubtTheTimeOfTheNextLookIsNotThatOfARequest) {
  Job job = sample_job(1, InDoubt{at("2026-11-20T10:32:30Z"), false, 1, std::chrono::minutes(5)});
  job.progress.attempts = 1;
  job.not_before = at("2026-11-20T10:30:05Z");
  EXPECT_NE(text_for(job, {}, 0)
                .find("  next              It searches the vault's backup jobs for our request id\n"
                      "  next look         2026-11-20T10:30:05Z (in 5s)\n"
                      "  then              If none has appeared by 2026-11-20T10:32:30Z, azrestored "
                      "sends the request again, with the same id, but not earlier\n"
                      "  request again     not before 2026-11-20T10:32:30Z (in 2m 30s)\n"),
            std::string::npos)
      << text_for(job, {}, 0);
}

TEST(ExplainTextTest, WhatAzureAdvisesIsForLaterWhileARestoreMayRun) {
  Job job = refused_job();
  job.state = Held{true};
  job.progress.problem->recommendations = {"Resubmit the restore."};
  EXPECT_NE(text_for(job, {}, 0)
                .find("  Azure advises     only when no restore of this job can be running any more:\n"
                      "                    - Resubmit the restore.\n"),
            std::string::npos)
      << text_for(job, {}, 0);
}

TEST(ExplainTextTest, CommandsAreNeverBroken) {
  Job job = sample_job(1, Succeeded{});
  job.target_group = "/subscriptions/s/resourcegroups/restored";
  job.progress.azure_job_id = "1";
  job.progress.outcome = std::make_shared<const nlohmann::json>(nlohmann::json{
      {"propertyBag", {{"Template Blob Uri", "https://staging.blob.core.windows.net/web01/azuredeploy.json"}}}});
  const std::string text = text_for(job, {}, 40);
  EXPECT_NE(text.find("\n  az deployment group create --resource-group restored --subscription s --template-uri "
                      "https://staging.blob.core.windows.net/web01/azuredeploy.json --query-string \"$sas\"\n"),
            std::string::npos)
      << text;
}

TEST(ExplainTextTest, OnATerminalWordsStayWholeAndGoOnBelowWhereTheyBegan) {
  const std::string text = text_for(refused_job(), {}, 80);
  std::istringstream lines(text.substr(0, text.find("\nFor support")));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
  EXPECT_NE(text.find("  why               Azure refused the request; no restore was started:\n"
                      "                    UserErrorNeverSeen: The target has no network.\n"),
            std::string::npos)
      << text;
}

TEST(ExplainTextTest, ALongWordIsLeftWhole) {
  Fields fields(60);
  fields.add("vault", "/subscriptions/0123456789/0123456789/0123456789/0123456789 is it");
  EXPECT_EQ(fields.text(),
            "  vault             /subscriptions/0123456789/0123456789/0123456789/0123456789\n"
            "                    is it\n");
}

TEST(ExplainTextTest, WhatComesFromOutsideCannotSteerTheTerminal) {
  Job job = refused_job();
  job.progress.problem->message = "see \033]0;owned\007 here";
  EXPECT_EQ(text_for(job, {}, 80).find('\033'), std::string::npos);
}

}  // namespace
}  // namespace azrestored::cli
