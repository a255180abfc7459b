// A job in words: what an operator reads in `show` and in the lines of `watch`.
#include "daemon/cli/render/job_text.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/azure/problem.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/view/job_view.hpp"
#include "daemon/cli/commands/watch_view.hpp"
#include "tests/support/served_jobs.hpp"

namespace azrestored::cli {
namespace {

using test::job_id;
using test::sample_job;

Instant at(const char* text) {
  return *parse_rfc3339(text);
}

/// A job under way, with everything that can be known at that time.
Job tracked_job() {
  Job job = sample_job(1, Tracking{});
  job.not_before = at("2026-11-20T10:31:00Z");
  Progress& progress = job.progress;
  progress.point =
      RecoveryPoint{"1234567", at("2026-11-19T22:00:00Z"), "AppConsistent", {"InstantRP", "HardenedRP"}, true};
  progress.request_id = "99999999-0000-4000-8000-000000000001";
  progress.attempts = 1;
  progress.operation_url = "https://management.azure.com/op?s=SECRET";
  progress.operation_id = "op-1";
  progress.azure_job_id = "azure-job-1";
  progress.azure_status = "InProgress";
  progress.percent = 40;
  progress.warnings = {"the disks come back unmanaged"};
  progress.problem = Problem{"BMSUserErrorX", "try later", 503, "r-1", "c-1", {"wait", "check the vault"}};
  return job;
}

TEST(JobTextTest, ShowBeginsWithWhatMattersAndEndsWithTheHistory) {
  HistoryLine line;
  line.at = at("2026-11-20T10:02:00Z");
  line.from = "queued";
  line.to = "resolving";
  line.cause = "begun";
  line.detail = "A place was free.";
  line.http_status = 200;
  line.azure_request_id = "r-0";
  const auto details = job_details(tracked_job(), std::vector{line});
  EXPECT_EQ(show_text(details, at("2026-11-20T10:30:00Z"), 0, false),
            "web01-drill\n"
            "  state             tracking since 2026-11-20T10:01:00Z (29m ago)\n"
            "  waits for         the backup job in Azure to finish\n"
            "  next look         at the latest 2026-11-20T10:31:00Z (in 1m)\n"
            "  last problem      BMSUserErrorX: try later\n"
            "                    HTTP 503, request id r-1, correlation id c-1\n"
            "                    only when no restore of this job can be running any more:\n"
            "                    - wait\n"
            "                    - check the vault\n"
            "  warning           the disks come back unmanaged\n"
            "  backup job        azure-job-1, InProgress, 40 %\n"
            "  id                00000000-0000-4000-8000-000000000001\n"
            "  submitted         2026-11-20T10:01:00Z (29m ago), by uid 1000\n"
            "  restores          web01 (RestoreDisks)\n"
            "  vault             /subscriptions/5aa00000-0000-4000-8000-000000000001/resourceGroups/vaults/providers/"
            "Microsoft.RecoveryServices/vaults/main\n"
            "  recovery point    1234567 of 2026-11-19T22:00:00Z, AppConsistent, InstantRP, HardenedRP\n"
            "  request id        99999999-0000-4000-8000-000000000001\n"
            "  operation         op-1\n"
            "  requests sent     1\n"
            "\n"
            "History\n"
            "  2026-11-20T10:02:00Z  queued -> resolving  (begun)\n"
            "      A place was free.\n"
            "      HTTP 200, request id r-0\n");
}

TEST(JobTextTest, AnOutcomeIsShownMemberByMember) {
  Job job = sample_job(1, Succeeded{});
  job.progress.outcome = std::make_shared<const nlohmann::json>(nlohmann::json::parse(R"({
    "duration": "PT5M", "endTime": null,
    "propertyBag": {"Config Blob Name": "config-web01.json", "Target resource group": "drill"},
    "tasks": [{"taskId": "Transfer data from vault", "status": "Completed"}]})"));
  const std::string text = show_text(job_details(job, {}), at("2026-11-20T12:00:00Z"), 0, false);
  EXPECT_NE(text.find("  outcome           duration: PT5M\n"
                      "                    Config Blob Name: config-web01.json\n"
                      "                    Target resource group: drill\n"
                      "                    status Completed, taskId Transfer data from vault\n"),
            std::string::npos)
      << text;
}

TEST(JobTextTest, ShowListsWhatDiffersWhatWasNotCheckedAndEarlierAttempts) {
  Job job = sample_job(1, SucceededWithFindings{});
  Progress& progress = job.progress;
  progress.findings = {"asked for group drill, got group prod"};
  progress.unchecked = {"the zone"};
  progress.options.cross_region = "eastus";
  progress.earlier.push_back({"r-1", "azure-job-0", at("2026-11-20T09:00:00Z"), "failed", "UserErrorX: no network"});
  const std::string text = show_text(job_details(job, {}), at("2026-11-20T12:00:00Z"), 0, false);
  for (const char* line :
       {"  finding           asked for group drill, got group prod\n", "  unchecked         the zone\n",
        "  cross-region      eastus\n", "  attempt           2\n",
        "  earlier attempts  failed 2026-11-20T09:00:00Z, request id r-1, backup job azure-job-0, UserErrorX: no "
        "network\n"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
  }
}

TEST(JobTextTest, APriorityIsShownWhenThereIsOne) {
  Job job = sample_job(1, Queued{});
  const auto shown = [&] { return show_text(job_details(job, {}), at("2026-11-20T12:00:00Z"), 0, false); };
  EXPECT_EQ(shown().find("priority"), std::string::npos) << shown();
  job.priority = -3;
  EXPECT_NE(shown().find("  priority          -3\n"), std::string::npos) << shown();
}

TEST(JobTextTest, ALineOfWatchHasStatePercentageAndTheBackupJob) {
  EXPECT_EQ(watch_line(job_details(tracked_job(), {})),
            "00000000  web01-drill  web01  tracking  40 %  backup job azure-job-1, InProgress");
}

TEST(JobTextTest, ALineOfWatchHasWhatAJobWaitsForAndWhyItFailed) {
  EXPECT_EQ(watch_line(job_summary(sample_job(1, Queued{}))),
            "00000000  web01-drill  web01  queued  waits for a slot among the active jobs");
  Job failed = sample_job(1, Failed{});
  failed.progress.azure_job_id = "azure-job-1";
  failed.progress.problem = Problem{"UserErrorX", "no such\nnetwork", 0, "", "", {}};
  EXPECT_EQ(watch_line(job_summary(failed)), "00000000  web01-drill  web01  failed  UserErrorX: no such\\x0anetwork");
}

TEST(JobTextTest, AnEarlierProblemOfAFinishedJobIsNotShownAsItsFailure) {
  Job job = sample_job(1, Succeeded{});
  job.progress.azure_job_id = "azure-job-1";
  job.progress.problem = Problem{"GatewayTimeout", "no answer", 504, "", "", {}};
  EXPECT_EQ(watch_line(job_summary(job)), "00000000  web01-drill  web01  succeeded  backup job azure-job-1");
}

TEST(JobTextTest, ShowOnATerminalBreaksBetweenWordsAndNeverAnId) {
  HistoryLine line;
  line.at = at("2026-11-20T10:02:00Z");
  line.to = "tracking";
  line.cause = "job-read";
  line.http_status = 200;
  line.azure_request_id = "99999999-0000-4000-8000-000000000001";
  line.azure_correlation_id = "99999999-0000-4000-8000-000000000002";
  const std::string text = history_text(nlohmann::json::array({history_line(line)}), 80);
  EXPECT_EQ(text,
            "  2026-11-20T10:02:00Z  tracking  (job-read)\n"
            "      HTTP 200, request id 99999999-0000-4000-8000-000000000001, correlation id\n"
            "      99999999-0000-4000-8000-000000000002\n");
}

TEST(JobTextTest, ShowHasTheExpectedEndAndItsSource) {
  Job job = tracked_job();
  Tracking tracking;
  tracking.last_read = at("2026-11-20T10:29:00Z");
  job.state = tracking;
  job.progress.outcome = std::make_shared<const nlohmann::json>(nlohmann::json::parse(R"({"remaining": "PT10M"})"));
  const auto shown = [&] { return show_text(job_details(job, {}), at("2026-11-20T10:30:00Z"), 0, false); };
  EXPECT_NE(shown().find("  expected end      2026-11-20T10:39:00Z (in 9m), Azure's estimate\n"), std::string::npos)
      << shown();
}

}  // namespace
}  // namespace azrestored::cli
