// What `watch` draws on a terminal, line by line.
#include "daemon/cli/render/watch_block.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "core/admission/wait_reason.hpp"
#include "core/azure/problem.hpp"
#include "core/view/job_view.hpp"
#include "daemon/cli/render/totals.hpp"
#include "tests/support/served_jobs.hpp"

namespace azrestored::cli {
namespace {

using nlohmann::json;
using test::job_id;
using test::sample_job;
using Lines = std::vector<std::string>;

const Instant now = *parse_rfc3339("2026-11-20T11:00:00Z");

/// Requested eight minutes ago; Azure gives it twelve more.
Job restoring(int number, double percent) {
  Tracking tracking;
  tracking.last_read = now - std::chrono::seconds(30);
  Job job = sample_job(number, tracking);
  job.progress.posted_at = now - std::chrono::minutes(8);
  job.progress.percent = percent;
  job.progress.outcome = std::make_shared<const nlohmann::json>(nlohmann::json{{"remaining", "PT12M"}});
  return job;
}

Job failed(int number) {
  Job job = sample_job(number, Failed{});
  job.progress.problem = Problem{"UserErrorX", "there is no network", 0, "", "", {}};
  return job;
}

std::vector<json> summaries(const std::vector<Job>& jobs) {
  std::vector<json> rows;
  for (const Job& job : jobs) rows.push_back(job_summary(job));
  return rows;
}

BlockStyle style(std::size_t columns, std::size_t rows = 24) {
  BlockStyle made;
  made.size.columns = columns;
  made.size.rows = rows;
  return made;
}

Lines block(const std::vector<Job>& jobs, const BlockStyle& how, const std::string& remark = "") {
  return watch_block(summaries(jobs), remark, now, how);
}

TEST(WatchBlockTest, AJobHasStageBarPercentageElapsedAndWhatIsLeftByWhom) {
  EXPECT_EQ(block({restoring(1, 40)}, style(80)),
            (Lines{"JOB       NAME         STATE         %  PROGRESS      ELAPSED  LEFT",
                   "00000000  web01-drill  tracking   40 %  [####......]  8m       11m 30s (Azure)"}));
}

TEST(WatchBlockTest, SeveralHaveTotalsAndThoseInTroubleTheirReasonBelow) {
  EXPECT_EQ(
      block({restoring(1, 99.6), failed(2), sample_job(3, Queued{})}, style(80)),
      (Lines{"JOB       NAME         STATE         %  PROGRESS      ELAPSED  LEFT",
             "00000000  web01-drill  tracking  100 %  [#########.]  8m       11m 30s (Azure)",
             "00000000  web02-drill  failed", "          UserErrorX: there is no network",
             "00000000  web03-drill  queued                         57m", "3 jobs: 1 running, 1 waiting, 1 failed"}));
}

TEST(WatchBlockTest, AWideTerminalHasALongerBarTheVmWhatIsWaitedForAndTheAzureJob) {
  Job job = restoring(1, 40);
  job.progress.azure_job_id = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
  EXPECT_EQ(
      block({job, sample_job(3, Queued{})}, style(200)),
      (Lines{"JOB       NAME         STATE         %  PROGRESS                ELAPSED  LEFT             VM     NOTE   "
             "                                 BACKUP JOB",
             "00000000  web01-drill  tracking   40 %  [########............]  8m       11m 30s (Azure)  web01         "
             "                                 aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
             "00000000  web03-drill  queued                                   57m                       web03  waits "
             "for a slot among the active jobs",
             "2 jobs: 1 running, 1 waiting"}));
}

TEST(WatchBlockTest, AQueuePositionIsShownIfNoEndIsExpectedYet) {
  json waiting = job_summary(sample_job(1, Queued{}), WaitReason{ActiveJobsWait{}, 3});
  EXPECT_NE(watch_block({waiting}, "", now, style(80)).at(1).find("59m      position 3 in queue"), std::string::npos);
}

TEST(WatchBlockTest, CompactIsTotalsAndTroubleOnly) {
  BlockStyle compact = style(80);
  compact.compact = true;
  EXPECT_EQ(block({restoring(1, 40), sample_job(2, Queued{})}, compact), Lines{"2 jobs: 1 running, 1 waiting"});
  EXPECT_EQ(block({restoring(1, 40), failed(2), sample_job(3, Held{}), sample_job(4, Cancelled{})}, compact),
            (Lines{"JOB       NAME         STATE   VM", "00000000  web02-drill  failed  web02",
                   "          UserErrorX: there is no network", "00000000  web03-drill  held    web03",
                   "          waits for an operator; no restore was started",
                   "4 jobs: 1 running, 1 held, 1 failed, 1 cancelled"}));
}

TEST(WatchBlockTest, WhereNotAllFitThoseThatNeedAPersonComeFirstThenThoseUnderWayAndTheRestIsANumber) {
  std::vector<Job> jobs;
  for (int number = 1; number <= 40; ++number) jobs.push_back(sample_job(number, Succeeded{}));
  jobs.push_back(sample_job(41, Queued{}));
  jobs.push_back(restoring(42, 10));
  jobs.push_back(failed(43));
  const Lines lines = block(jobs, style(80, 10), "azrestored does not respond");
  ASSERT_EQ(lines.size(), 9U);
  EXPECT_NE(lines[1].find("web043-drill"), std::string::npos);
  EXPECT_EQ(lines[2], "          UserErrorX: there is no network");
  EXPECT_NE(lines[3].find("web042-drill"), std::string::npos);
  EXPECT_NE(lines[4].find("web041-drill"), std::string::npos);
  EXPECT_EQ(lines[6], "... and 39 more");
  EXPECT_EQ(lines[7], "43 jobs: 1 running, 1 waiting, 40 done, 1 failed");
  EXPECT_EQ(lines[8], "azrestored does not respond");
}

TEST(WatchBlockTest, ItFitsTheTerminalInBothDirections) {
  std::vector<Job> jobs;
  for (int number = 1; number <= 30; ++number) {
    Job job = number % 3 == 0 ? failed(number) : restoring(number, number);
    job.name = "a-name-that-is-as-long-as-a-name-of-a-job-may-be-" + std::to_string(number);
    jobs.push_back(job);
  }
  for (const std::size_t columns : {20, 40, 60, 80, 120, 200}) {
    for (const std::size_t rows : {5, 8, 24, 50}) {
      const Lines lines = block(jobs, style(columns, rows), "azrestored does not respond; retrying");
      EXPECT_LE(lines.size(), std::max<std::size_t>(rows - 1, 6)) << columns << "x" << rows;
      for (const std::string& line : lines) EXPECT_LE(text_width(line), columns) << line;
    }
  }
}

TEST(WatchBlockTest, IdsAreWholeOrNotThere) {
  Job job = restoring(1, 40);
  job.progress.azure_job_id = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
  for (std::size_t columns = 40; columns <= 200; ++columns) {
    const std::string line = block({job}, style(columns)).at(1);
    EXPECT_TRUE(line.starts_with("00000000  ")) << line;
    const bool has_some = line.find("aaaaaaaa") != std::string::npos;
    EXPECT_EQ(has_some, line.find(job.progress.azure_job_id) != std::string::npos) << line;
  }
}

TEST(WatchBlockTest, TheLastBlockHasWholeReasonsAndEveryJobInTrouble) {
  std::vector<Job> jobs;
  for (int number = 1; number <= 30; ++number) jobs.push_back(failed(number));
  jobs[0].progress.problem->message = std::string(30, 'x') + " " + std::string(30, 'y') + " " + std::string(30, 'z');
  BlockStyle last = style(80, 10);
  last.last = true;
  const Lines lines = block(jobs, last);
  EXPECT_EQ(lines.size(), 62U);
  EXPECT_EQ(lines[2], "          UserErrorX: " + std::string(30, 'x') + "\n          " + std::string(30, 'y') + " " +
                          std::string(30, 'z'));
}

TEST(WatchBlockTest, ColoursChangeNoWord) {
  BlockStyle colourful = style(80);
  colourful.colours = true;
  const std::vector<Job> jobs{restoring(1, 40), failed(2)};
  std::string with;
  for (const std::string& line : block(jobs, colourful)) with += line + "\n";
  EXPECT_NE(with.find("\033[31mfailed\033[0m"), std::string::npos) << with;
  const std::string without = std::regex_replace(with, std::regex("\033\\[[0-9]*m"), "");
  std::string plain;
  for (const std::string& line : block(jobs, style(80))) plain += line + "\n";
  EXPECT_EQ(without, plain);
}

TEST(TotalsTest, EveryStateIsCountedOnce) {
  std::vector<Job> jobs;
  for (const State& state : {State(Queued{}), State(Resolving{}), State(Validating{}), State(Triggering{}),
                             State(InDoubt{}), State(Polling{}), State(Rehydrating{}), State(Tracking{}),
                             State(Cancelling{}), State(Held{}), State(Succeeded{}), State(SucceededWithWarnings{}),
                             State(SucceededWithFindings{}), State(Failed{}), State(Cancelled{})})
    jobs.push_back(sample_job(static_cast<int>(jobs.size()) + 1, state));
  ASSERT_EQ(jobs.size(), state_names().size());
  const Totals totals = Totals::of(summaries(jobs));
  EXPECT_EQ(totals.text(false),
            "15 jobs: 7 running, 1 waiting, 1 in doubt, 1 held, 1 done, 2 with warnings, 1 failed, "
            "1 cancelled");
  EXPECT_EQ(totals.json(), json::parse(R"({"running": 7, "waiting": 1, "inDoubt": 1, "held": 1, "done": 3,
                                           "doneWithWarnings": 2, "failed": 1, "cancelled": 1})"));
}

TEST(TotalsTest, TheMostUrgentIsWhatNeedsAPerson) {
  const auto urgency = [](const State& state) { return urgency_of(job_summary(sample_job(1, state))); };
  for (const State& state : {State(Failed{}), State(Held{}), State(InDoubt{})})
    EXPECT_EQ(urgency(state), Urgency::trouble) << state_name(state);
  for (const State& state : {State(Resolving{}), State(Polling{}), State(Tracking{}), State(Cancelling{})})
    EXPECT_EQ(urgency(state), Urgency::under_way) << state_name(state);
  EXPECT_EQ(urgency(Queued{}), Urgency::waiting);
  for (const State& state :
       {State(Succeeded{}), State(SucceededWithWarnings{}), State(SucceededWithFindings{}), State(Cancelled{})})
    EXPECT_EQ(urgency(state), Urgency::ended) << state_name(state);
}

TEST(TotalsTest, AStateOfANewerDaemonIsNoSuccess) {
  const json under_way{{"state", "hibernating"}, {"atRest", false}};
  const json at_rest{{"state", "hibernating"}, {"atRest", true}};
  EXPECT_EQ(Totals::of({under_way, at_rest}).failed, 2U);
  EXPECT_EQ(urgency_of(under_way), Urgency::under_way);
  EXPECT_EQ(urgency_of(at_rest), Urgency::ended);
}

}  // namespace
}  // namespace azrestored::cli
