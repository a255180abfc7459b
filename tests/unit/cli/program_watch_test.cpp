// azrestorectl watch, while jobs change and the daemon stops and starts. Its output goes to a pipe: one line for each
// change.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/azure/problem.hpp"
#include "tests/support/served_jobs.hpp"
#include "tests/unit/cli/program.hpp"

namespace azrestored::test {
namespace {

class AzrestorectlWatchTest : public ::testing::Test {
 protected:
  AzrestorectlWatchTest() { EXPECT_TRUE(jobs_.serve()); }

  std::vector<std::string> watch(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"watch", "--socket", jobs_.socket()});
    return arguments;
  }

  /// A line without its time.
  static std::string change(Program& program) { return program.next_line().substr(22); }

  ServedJobs jobs_;
};

TEST_F(AzrestorectlWatchTest, EachChangeIsALineWithItsTimeAndTheEndIsTheJobs) {
  Job job = sample_job(1, Tracking{});
  job.progress.azure_job_id = "azure-job-1";
  jobs_.put(job);
  Program program(AZRESTORECTL, watch({"web01-drill"}));
  const std::string first = program.next_line();
  EXPECT_TRUE(parse_rfc3339(first.substr(0, 20))) << first;
  EXPECT_EQ(first.substr(20), "  00000000  web01-drill  web01  tracking  backup job azure-job-1");
  job.progress.percent = 50;
  jobs_.put(job);
  EXPECT_EQ(change(program), "00000000  web01-drill  web01  tracking  50 %  backup job azure-job-1");
  job.state = SucceededWithWarnings{};
  job.progress.problem = Problem{"OlrBackupFailed", "no snapshot", 0, "", "", {}};
  jobs_.put(job);
  EXPECT_EQ(change(program),
            "00000000  web01-drill  web01  succeeded-with-warnings  50 %  OlrBackupFailed: no snapshot");
  EXPECT_EQ(program.wait(), 3);
  EXPECT_EQ(program.errors(), "");
  jobs_.on_loop([&] { EXPECT_FALSE(jobs_.backend.watched_jobs.empty()); });
}

TEST_F(AzrestorectlWatchTest, WithoutAJobEveryOneUnderWayIsWatchedAndTheWorstEndDecides) {
  jobs_.put(sample_job(1, Queued{}));
  jobs_.put(sample_job(2, Tracking{}));
  jobs_.put(sample_job(3, Held{}));
  jobs_.put(sample_job(4, Failed{}));
  jobs_.put(sample_job(5, Validating{}));
  jobs_.put(sample_job(6, Rehydrating{}));
  Program program(AZRESTORECTL, watch({}));
  EXPECT_TRUE(change(program).starts_with("00000000  web01-drill"));
  EXPECT_TRUE(change(program).starts_with("00000000  web02-drill"));
  EXPECT_TRUE(change(program).starts_with("00000000  web05-drill"));
  EXPECT_TRUE(change(program).starts_with("00000000  web06-drill"));
  for (const int number : {5, 6}) jobs_.put(sample_job(number, Succeeded{}));
  jobs_.put(sample_job(1, Succeeded{}));
  jobs_.put(sample_job(2, Cancelled{}));
  EXPECT_EQ(program.wait(), 8) << program.output();
  EXPECT_EQ(program.output().find("web03"), std::string::npos);
  EXPECT_EQ(program.output().find("web04"), std::string::npos);
}

TEST_F(AzrestorectlWatchTest, WithNothingUnderWayItEndsAtOnce) {
  Program program(AZRESTORECTL, watch({}));
  EXPECT_EQ(program.wait(), 0);
  EXPECT_NE(program.errors().find("no job is in progress"), std::string::npos);
}

TEST_F(AzrestorectlWatchTest, AJobAtRestEndsItAtOnceWithItsCode) {
  jobs_.put(sample_job(1, Failed{}));
  Program program(AZRESTORECTL, watch({"web01-drill", "0000"}));
  EXPECT_EQ(program.wait(), 1);
  EXPECT_EQ(std::count(program.output().begin(), program.output().end(), '\n'), 1) << "named twice, shown once";
}

TEST_F(AzrestorectlWatchTest, WhenTheTimeIsUpTheCodeIsSix) {
  jobs_.put(sample_job(1, Queued{}));
  Program program(AZRESTORECTL, watch({"web01-drill", "--timeout", "100ms"}));
  EXPECT_EQ(program.wait(), 6);
  EXPECT_EQ(program.errors(),
            "azrestorectl: the time of --timeout is over; still in progress: 1 of 1 (the jobs continue)\n");
}

TEST_F(AzrestorectlWatchTest, ADaemonThatRestartsIsWaitedFor) {
  jobs_.put(sample_job(1, Tracking{}));
  Program program(AZRESTORECTL, watch({"web01-drill"}));
  program.next_line();
  jobs_.stop();
  program.wait_for_error("azrestored does not respond");
  jobs_.put(sample_job(1, Succeeded{}));
  ASSERT_TRUE(jobs_.serve());
  EXPECT_EQ(program.wait(), 0);
  EXPECT_NE(program.errors().find("azrestored responds again"), std::string::npos);
}

TEST_F(AzrestorectlWatchTest, ADaemonThatStaysAwayIsUnreachableWhenTheTimeIsUp) {
  jobs_.put(sample_job(1, Tracking{}));
  Program program(AZRESTORECTL, watch({"web01-drill", "--timeout", "2s"}));
  program.next_line();
  jobs_.stop();
  EXPECT_EQ(program.wait(), 9);
}

TEST_F(AzrestorectlWatchTest, CompactShowsTotalsAndJobsInTrouble) {
  jobs_.put(sample_job(1, Queued{}));
  jobs_.put(sample_job(2, Tracking{}));
  Program program(AZRESTORECTL, watch({"--compact"}));
  EXPECT_EQ(change(program), "2 jobs: 1 running, 1 waiting");
  Job failed = sample_job(2, Failed{});
  failed.progress.problem = Problem{"UserErrorX", "no network", 0, "", "", {}};
  jobs_.put(failed);
  EXPECT_EQ(change(program), "00000000  web02-drill  web02  failed  UserErrorX: no network");
  EXPECT_EQ(change(program), "2 jobs: 1 waiting, 1 failed");
  jobs_.put(sample_job(1, Succeeded{}));
  EXPECT_EQ(change(program), "2 jobs: 1 done, 1 failed");
  EXPECT_EQ(program.wait(), 1);
}

TEST_F(AzrestorectlWatchTest, CompactNamesAJobThatEndedWithWarnings) {
  jobs_.put(sample_job(1, Tracking{}));
  Program program(AZRESTORECTL, watch({"--compact"}));
  EXPECT_EQ(change(program), "1 job: 1 running");
  Job warned = sample_job(1, SucceededWithWarnings{});
  warned.progress.problem = Problem{"OlrBackupFailed", "no snapshot", 0, "", "", {}};
  jobs_.put(warned);
  EXPECT_EQ(change(program), "00000000  web01-drill  web01  succeeded-with-warnings  OlrBackupFailed: no snapshot");
  EXPECT_EQ(change(program), "1 job: 1 with warnings");
  EXPECT_EQ(program.wait(), 3);
}

TEST_F(AzrestorectlWatchTest, WaitNamesTheWarning) {
  Job warned = sample_job(1, SucceededWithWarnings{});
  warned.progress.findings = {"the task \"Replace the disks\" was skipped"};
  jobs_.put(warned);
  Program program(AZRESTORECTL, {"wait", "--socket", jobs_.socket(), "web01-drill"});
  EXPECT_EQ(program.wait(), 3);
  EXPECT_NE(program.output().find("the task \"Replace the disks\" was skipped"), std::string::npos) << program.output();
}

TEST_F(AzrestorectlWatchTest, AFleetIsFollowedToItsEnd) {
  for (int number = 1; number <= 250; ++number) jobs_.put(sample_job(number, Tracking{}));
  Program program(AZRESTORECTL, watch({"--compact", "--json"}));
  EXPECT_EQ(nlohmann::json::parse(program.next_line())["totals"]["running"], 250);
  for (int number = 1; number <= 250; ++number) jobs_.put(sample_job(number, Succeeded{}));
  EXPECT_EQ(program.wait(), 0) << program.errors();
  jobs_.on_loop([&] { EXPECT_TRUE(jobs_.backend.watched_jobs.empty()); });
}

TEST_F(AzrestorectlWatchTest, WaitIsSilentUntilAllJobsAreAtRestAndThenReportsEveryJob) {
  jobs_.put(sample_job(1, Tracking{}));
  jobs_.put(sample_job(2, Succeeded{}));
  Program program(AZRESTORECTL, {"wait", "--socket", jobs_.socket(), "web01-drill", "web02-drill", "--timeout", "1h"});
  Job failed = sample_job(1, Failed{});
  failed.progress.problem = Problem{"UserErrorX", "no network", 0, "", "", {}};
  jobs_.put(failed);
  EXPECT_EQ(program.wait(), 1) << program.errors();
  EXPECT_EQ(program.output(), job_id(1) + "  web01-drill  failed     UserErrorX: no network\n" + job_id(2) +
                                  "  web02-drill  succeeded\n");
  jobs_.on_loop([&] { EXPECT_TRUE(jobs_.backend.watched_jobs.empty()) << "nothing is read of Azure for a script"; });
}

TEST_F(AzrestorectlWatchTest, WaitEndsWithSixAfterItsTimeoutAndReportsTheStatesOfTheJobs) {
  jobs_.put(sample_job(1, Tracking{}));
  const Ended wait = azrestorectl({"wait", "--socket", jobs_.socket(), "web01-drill", "--timeout", "100ms", "--json"});
  EXPECT_EQ(wait.code, 6);
  const auto job = nlohmann::json::parse(wait.output);
  EXPECT_EQ(job["state"], "tracking");
  EXPECT_FALSE(job.contains("history"));
}

TEST_F(AzrestorectlWatchTest, EventsFollowsAJobToItsEndThroughARestartOfTheDaemon) {
  HistoryLine line;
  line.at = *parse_rfc3339("2026-11-20T10:01:00Z");
  line.to = "tracking";
  line.cause = "adopted";
  jobs_.put(sample_job(1, Tracking{}), {line});
  Program program(AZRESTORECTL, {"events", "--follow", "web01-drill", "--socket", jobs_.socket()});
  EXPECT_EQ(program.next_line(), "  2026-11-20T10:01:00Z  tracking  (adopted)");
  jobs_.stop();
  program.wait_for_error("azrestored does not respond");
  HistoryLine end = line;
  end.from = "tracking";
  end.to = "succeeded";
  end.cause = "job-read";
  jobs_.put(sample_job(1, Succeeded{}), {line, end});
  ASSERT_TRUE(jobs_.serve());
  EXPECT_EQ(program.next_line(), "  2026-11-20T10:01:00Z  tracking -> succeeded  (job-read)");
  EXPECT_EQ(program.wait(), 0);
}

TEST_F(AzrestorectlWatchTest, AsJsonEachChangeIsAnObject) {
  jobs_.put(sample_job(1, Succeeded{}));
  std::vector<std::string> arguments = watch({"web01-drill", "--json"});
  Program program(AZRESTORECTL, arguments);
  const auto change = nlohmann::json::parse(program.next_line());
  EXPECT_EQ(change["state"], "succeeded");
  EXPECT_TRUE(change.contains("at"));
  EXPECT_FALSE(change.contains("history"));
  EXPECT_EQ(program.wait(), 0);
}

}  // namespace
}  // namespace azrestored::test
