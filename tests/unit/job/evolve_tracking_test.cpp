// Polling and tracking: what is read when, what failed reads do, and how the end of a restore becomes the end of the
// job.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/sample_job.hpp"

namespace azrestored::test {
namespace {

using testing::HasSubstr;

JobRead job_read(JobRead::End end, std::string status) {
  JobRead read;
  read.end = end;
  read.azure_status = std::move(status);
  return read;
}

// ── failed reads ──

TEST(EvolveWatch, AFailedReadWaitsInTheRowAndEndsNothing) {
  for (const State& state : std::vector<State>{Queued{}, Resolving{}, in_doubt(), Polling{now}, old_tracking(),
                                               cancelling(Cancelling::Phase::following)}) {
    SCOPED_TRACE(state_name(state));
    Job job = job_in(state);
    Instant when = now;
    for (int failure = 1; failure <= 50; ++failure) {
      job = after(job, Event(ReadFailed{problem("ServerTimeout"), {}}), when).job;
      EXPECT_EQ(job.failures, failure);
      EXPECT_GE(job.not_before, when + Policy{}.minimum_interval);
      EXPECT_LE(job.not_before, when + Policy{}.longest_backoff * 2);
      EXPECT_TRUE(wants<SleepUntil>(job, when));
      when = job.not_before;
    }
    EXPECT_EQ(job.state.index(), state.index());
  }
}

TEST(EvolveWatch, AFailedReadIsRepeatedNoEarlierThanTheServerSays) {
  EXPECT_GE(after(job_in(Polling{now}), Event(ReadFailed{problem("TooManyRequests"), 1h})).job.not_before, now + 1h);
}

TEST(EvolveWatch, OnlyTheFirstFailureOfARowIsALineOfTheHistory) {
  Step step = after(job_in(Polling{now}), Event(ReadFailed{problem("ServerTimeout"), {}}));
  ASSERT_TRUE(step.line);
  EXPECT_THAT(step.line->detail,
              testing::AllOf(HasSubstr("ServerTimeout"), HasSubstr(to_rfc3339(step.job.not_before))));
  step = after(step.job, Event(ReadFailed{problem("ServerTimeout"), {}}));
  EXPECT_FALSE(step.line);
  step = after(step.job, Event(ReadFailed{problem("InternalServerError"), {}}));
  EXPECT_TRUE(step.line) << "another fault begins another row";
}

TEST(EvolveWatch, ASuccessEndsTheRow) {
  Job job = after(job_in(Polling{now}), Event(ReadFailed{problem("ServerTimeout"), {}})).job;
  job = after(job, Event(OperationRunning{})).job;
  EXPECT_EQ(job.failures, 0);
  EXPECT_FALSE(job.progress.problem) << "what was overcome is no longer shown";
  EXPECT_TRUE(after(job, Event(ReadFailed{problem("ServerTimeout"), {}})).line);
}

TEST(EvolveWatch, ARefusedReadBeforeThePostFailsTheJobWithTheServicesWords) {
  const Job job = after(job_in(Resolving{}), Event(ReadRefused{problem("AuthorizationFailed")})).job;
  EXPECT_TRUE(std::holds_alternative<Failed>(job.state));
  EXPECT_EQ(job.progress.problem->code, "AuthorizationFailed");
}

// ── the operation ──

TEST(EvolveWatch, ARunningOperationIsPolledNoEarlierThanTheServerSaysNorThanTheMinimum) {
  EXPECT_GE(after(job_in(Polling{now}), Event(OperationRunning{90s, ""})).job.not_before, now + 90s);
  EXPECT_EQ(after(job_in(Polling{now}), Event(OperationRunning{1s, ""})).job.not_before, now + 10s);
  EXPECT_EQ(after(job_in(Polling{now}), Event(OperationRunning{})).job.not_before, now + 60s);
}

TEST(EvolveWatch, OnlyAPollThatBringsSomethingIsWorthAWrite) {
  EXPECT_FALSE(after(job_in(Polling{now}), Event(OperationRunning{})).changed);
  EXPECT_TRUE(after(job_in(Polling{now}), Event(OperationRunning{{}, "the status 'Pondering' is not known"})).changed);
  const Job failed = after(job_in(Polling{now}), Event(ReadFailed{problem("ServerTimeout"), {}})).job;
  EXPECT_TRUE(after(failed, Event(OperationRunning{})).changed) << "the row still has the failure";
}

TEST(EvolveWatch, AnUnknownWordIsWarnedOfOnce) {
  const Event strange(OperationRunning{{}, "the status 'Pondering' is not known"});
  const Step first = after(job_in(Polling{now}), strange);
  ASSERT_TRUE(first.line);
  EXPECT_THAT(first.line->detail, HasSubstr("Pondering"));
  EXPECT_THAT(first.job.progress.warnings, testing::SizeIs(1));
  const Step second = after(first.job, strange);
  EXPECT_FALSE(second.line);
  EXPECT_THAT(second.job.progress.warnings, testing::SizeIs(1));
}

TEST(EvolveWatch, ASuccessfulOperationNamesTheBackupJob) {
  Job job = job_in(Polling{now});
  job.progress.azure_job_id = "";
  job = after(job, Event(OperationSucceeded{azure_job_id})).job;
  EXPECT_EQ(job.progress.azure_job_id, azure_job_id);
  EXPECT_EQ(std::get<Tracking>(job.state).started_at, now);
  EXPECT_TRUE(wants<ReadJob>(job));
}

TEST(EvolveWatch, AFailedOperationFailsTheJob) {
  const Job job = after(job_in(Polling{now}), Event(OperationFailed{problem("UserErrorX"), false})).job;
  EXPECT_TRUE(std::holds_alternative<Failed>(job.state));
  EXPECT_EQ(job.progress.problem->code, "UserErrorX");
}

// ── the list ──

Job tracked() {
  Job job = job_in(old_tracking());
  job.not_before = now + 10min;
  return job;
}

TEST(EvolveWatch, AListedJobThatRunsIsNotReadForIt) {
  // Words compare without case (azure-backup-api.md 13).
  for (const char* word : {"InProgress", "inprogress", "Cancelling", "Canceling"}) {
    const Step step = after(tracked(), Event(JobListed{word}));
    EXPECT_EQ(step.job.not_before, now + 10min) << word;
    EXPECT_EQ(step.job.progress.azure_status, word);
    EXPECT_FALSE(step.line);
  }
}

TEST(EvolveWatch, AListedJobThatEndedIsReadAtOnce) {
  for (const char* word : {"Completed", "CompletedWithWarnings", "Failed", "Cancelled", "Canceled", "Pondering"}) {
    EXPECT_TRUE(wants<ReadJob>(after(tracked(), Event(JobListed{word})).job)) << word;
  }
}

TEST(EvolveWatch, AJobMissingFromThreeListsInARowIsReadById) {
  Job job = tracked();
  for (int list = 1; list < Policy{}.max_missed_lists; ++list) {
    job = after(job, Event(JobListed{})).job;
    EXPECT_TRUE(wants<SleepUntil>(job)) << list;
  }
  EXPECT_TRUE(wants<ReadJob>(after(job, Event(JobListed{})).job));
  const Job seen = after(job, Event(JobListed{"InProgress"})).job;
  EXPECT_TRUE(wants<SleepUntil>(after(seen, Event(JobListed{})).job)) << "in a row, not in all";
}

TEST(EvolveWatch, TheListDoesNotShortenTheWaitAfterAFailedRead) {
  Job job = after(job_in(old_tracking()), Event(ReadFailed{problem("TooManyRequests"), 1h})).job;
  job = after(job, Event(JobListed{"Completed"})).job;
  EXPECT_GE(job.not_before, now + 1h);
}

// ── the details ──

TEST(EvolveWatch, DetailsOfARunningJobAreReadAgainWhenTheVaultsListOrSomebodySaysSo) {
  JobRead read = job_read(JobRead::End::running, "InProgress");
  read.percent = 40;
  read.outcome = std::make_shared<const nlohmann::json>(nlohmann::json{{"tasks", 1}});
  const Step step = after(job_in(old_tracking()), Event(read));
  EXPECT_EQ(step.job.progress.percent, 40);
  EXPECT_EQ(step.job.progress.azure_status, "InProgress");
  EXPECT_EQ(step.job.progress.outcome->at("tasks"), 1);
  EXPECT_EQ(std::get<Tracking>(step.job.state).last_read, now);
  EXPECT_EQ(step.job.not_before, now + Policy().unasked_read);
  EXPECT_FALSE(step.line);
}

TEST(EvolveWatch, ProgressMayGoBackwardsAndMayBeAbsent) {
  Job job = job_in(old_tracking());
  job.progress.percent = 60;
  JobRead read = job_read(JobRead::End::running, "InProgress");
  EXPECT_EQ(after(job, Event(read)).job.progress.percent, 60);
  read.percent = 20;
  EXPECT_EQ(after(job, Event(read)).job.progress.percent, 20);
}

TEST(EvolveWatch, TheEndOfTheBackupJobIsTheEndOfTheJob) {
  JobRead read = job_read(JobRead::End::failed, "Failed");
  read.problem = problem("UserErrorBCMRestoreStorageAccountNotFound");
  read.outcome = std::make_shared<const nlohmann::json>(nlohmann::json{{"errorDetails", 1}});
  const Step failed = after(job_in(old_tracking()), Event(read));
  EXPECT_TRUE(std::holds_alternative<Failed>(failed.job.state));
  EXPECT_EQ(failed.job.progress.problem->code, "UserErrorBCMRestoreStorageAccountNotFound");
  EXPECT_TRUE(failed.job.progress.outcome);
  EXPECT_THAT(failed.line->detail, HasSubstr("UserErrorBCMRestoreStorageAccountNotFound"));

  const Job well = after(job_in(old_tracking()), Event(job_read(JobRead::End::completed, "Completed"))).job;
  EXPECT_TRUE(std::holds_alternative<Succeeded>(well.state));
  EXPECT_EQ(well.progress.percent, 100);
  EXPECT_FALSE(well.progress.problem);
}

TEST(EvolveWatch, AnUnknownWordOfTheJobIsWarnedOfOnceAndItIsReadOn) {
  JobRead read = job_read(JobRead::End::running, "Pondering");
  read.warning = "the status 'Pondering' is not known";
  const Step step = after(job_in(old_tracking()), Event(read));
  EXPECT_TRUE(std::holds_alternative<Tracking>(step.job.state));
  EXPECT_TRUE(step.line);
  EXPECT_FALSE(after(step.job, Event(read)).line);
}

TEST(EvolveWatch, AFreshJobThatIsNotFoundMayBeTooEarly) {
  const Event gone(JobGone{problem("ResourceNotFound")});
  EXPECT_TRUE(std::holds_alternative<Tracking>(after(job_in(Tracking{now - 119s, {}, 0}), gone).job.state));
  const Job held = after(job_in(Tracking{now - 120s, {}, 0}), gone).job;
  ASSERT_TRUE(std::holds_alternative<Held>(held.state));
  EXPECT_TRUE(std::get<Held>(held.state).may_be_running);
}

TEST(EvolveWatch, SomebodyWatchingReadsSoonerButNoMoreOftenThanTheMinimum) {
  Job job = tracked();
  EXPECT_TRUE(wants<ReadJob>(after(job, Event(DetailsRequested{})).job));
  std::get<Tracking>(job.state).last_read = now - 4s;
  EXPECT_EQ(after(job, Event(DetailsRequested{})).job.not_before, now + 6s);
}

}  // namespace
}  // namespace azrestored::test
