// The operator's other commands: hold, release, retry; and the cross-region restore, which Azure cannot cancel.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/sample_job.hpp"

namespace azrestored::test {
namespace {

using testing::HasSubstr;

Job fresh(State state) {
  Job job = job_in(std::move(state));
  job.progress.request_id.clear();
  job.progress.operation_url.clear();
  job.progress.azure_job_id.clear();
  return job;
}

TEST(Hold, AJobIsHeldUntilItsPostAndNotAfter) {
  const Job job = after(fresh(Queued{}), Event(HoldRequested{1000})).job;
  EXPECT_FALSE(std::get<Held>(job.state).may_be_running);
  EXPECT_THAT(job.progress.problem->message, HasSubstr("held by uid 1000"));
  Job tried = job_in(Triggering{false});
  tried.progress.attempts = 1;
  EXPECT_THAT(refusal(tried, Event(HoldRequested{})), HasSubstr("can no longer be held"));
  EXPECT_THAT(refusal(job_in(Polling{}), Event(HoldRequested{})), HasSubstr("can no longer be held"));
  EXPECT_THAT(refusal(job_in(Failed{}), Event(HoldRequested{})), HasSubstr("nothing to hold"));
}

TEST(Release, AJobThatStartedNothingGoesThroughTheChecksAgainWithTheSamePoint) {
  const Job job = after(fresh(Held{false}), Event(ReleaseRequested{1000})).job;
  EXPECT_TRUE(std::holds_alternative<Queued>(job.state));
  EXPECT_TRUE(job.progress.point);
  EXPECT_FALSE(job.progress.problem);
}

TEST(Release, ARestoreThatMayRunIsLookedForAndNeverSentOnAGuess) {
  Job job = job_in(Held{true});
  EXPECT_TRUE(std::holds_alternative<Tracking>(after(job, Event(ReleaseRequested{})).job.state)) << "its job is known";
  job.progress.azure_job_id.clear();
  const Job looking = after(job, Event(ReleaseRequested{})).job;
  EXPECT_TRUE(std::get<InDoubt>(looking.state).accepted) << "Azure had accepted it: no second POST whatever is found";
  const Job again = after(looking, Event(SearchEmpty{now + 1h})).job;
  EXPECT_TRUE(std::get<Held>(again.state).may_be_running);
}

TEST(Release, PostsWithoutAClearAnswerAreCountedFromZeroAgain) {
  Policy policy;
  Job job = fresh(Held{false});
  job.progress.request_id = request_id;
  job.progress.attempts = policy.max_attempts;
  const Job released = after(job, Event(ReleaseRequested{})).job;
  Job doubtful = released;
  doubtful.state = InDoubt{now, false, 0};
  EXPECT_TRUE(std::holds_alternative<Triggering>(after(doubtful, Event(SearchEmpty{now})).job.state));
  EXPECT_EQ(released.progress.attempts, policy.max_attempts) << "the search still reaches back to the first of them";
}

TEST(Release, ForgetsACancelRequestThatWasNotCarriedOut) {
  Job job = job_in(Held{true});
  job.progress.azure_job_id.clear();
  job.progress.cancel_requested_at = now - 1min;
  job.progress.cancel_answer = "not cancelled: the job is held";
  const Job looking = after(job, Event(ReleaseRequested{})).job;
  const Job found = after(looking, Event(SearchFound{azure_job_id, "InProgress"})).job;
  EXPECT_TRUE(std::holds_alternative<Tracking>(found.state)) << "not cancelling";
}

TEST(AnUnclearPost, IsLookedForBeforeACancelOrAFailureSaysThatNothingWasStarted) {
  Job held = job_in(Held{false});
  held.progress.attempts = 5;
  const Job cancelled = after(held, Event(CancelRequested{})).job;
  EXPECT_TRUE(std::holds_alternative<InDoubt>(cancelled.state));
  EXPECT_TRUE(std::holds_alternative<Cancelled>(after(cancelled, Event(SearchEmpty{now})).job.state));

  for (const State& state : std::vector<State>{Resolving{}, Validating{operation_url}}) {
    Job job = job_in(state);
    job.progress.attempts = 5;
    const bool validating = std::holds_alternative<Validating>(state);
    const EventPayload refused = validating ? EventPayload(PreflightFailed{problem("NameTaken")})
                                            : EventPayload(ResolveFailed{problem("NoSuchRecoveryPoint")});
    const Job looking = after(job, Event(refused)).job;
    ASSERT_TRUE(std::holds_alternative<InDoubt>(looking.state));
    EXPECT_TRUE(std::holds_alternative<Failed>(after(looking, Event(SearchEmpty{now})).job.state));
    EXPECT_TRUE(std::holds_alternative<Tracking>(after(looking, Event(SearchFound{azure_job_id, ""})).job.state));
  }
}

TEST(AnUnclearPost, IsLookedForAgainAfterAWaitForTheAccessToken) {
  Job job = job_in(Triggering{false});
  job.progress.attempts = 1;
  const Job waiting = after(job, Event(ReadFailed{problem("GatewayTimeout"), 40s})).job;
  EXPECT_TRUE(std::holds_alternative<InDoubt>(waiting.state));
  EXPECT_GE(waiting.not_before, now + 40s);
}

TEST(Retry, IsANewAttemptWithTheSamePointAndARequestIdToBeChosen) {
  Job job = job_in(Failed{});
  job.progress.attempts = 1;
  job.progress.problem = problem("UserErrorX", "broken");
  const Job next = after(job, Event(RetryRequested{1000, false})).job;
  EXPECT_TRUE(std::holds_alternative<Queued>(next.state));
  EXPECT_EQ(next.progress.request_id, "");
  EXPECT_EQ(next.progress.azure_job_id, "");
  EXPECT_EQ(next.progress.attempts, 0);
  EXPECT_EQ(next.progress.point->id, job.progress.point->id);
  ASSERT_EQ(next.progress.earlier.size(), 1U);
  EXPECT_EQ(next.progress.earlier[0].request_id, request_id);
  EXPECT_EQ(next.progress.earlier[0].state, "failed");
  EXPECT_EQ(next.progress.earlier[0].problem, "UserErrorX: broken");
}

TEST(Retry, IsRefusedWhereARestoreMayRunUnlessThePersonIsSure) {
  EXPECT_THAT(refusal(job_in(Held{true}), Event(RetryRequested{0, false})), HasSubstr("--nothing-runs"));
  EXPECT_TRUE(std::holds_alternative<Queued>(after(job_in(Held{true}), Event(RetryRequested{0, true})).job.state));
  EXPECT_THAT(refusal(job_in(Held{false}), Event(RetryRequested{0, true})), HasSubstr("azrestorectl release"));
  EXPECT_THAT(refusal(job_in(old_tracking()), Event(RetryRequested{0, true})), HasSubstr("has not finished yet"));
  EXPECT_THAT(refusal(job_in(Succeeded{}), Event(RetryRequested{0, true})), HasSubstr("the job succeeded"));
}

TEST(CrossRegion, CancelSaysThatAzureCannotDoIt) {
  Job job = job_in(old_tracking());
  job.progress.options.cross_region = "eastus";
  EXPECT_THAT(refusal(job, Event(CancelRequested{})), HasSubstr("Azure cannot cancel a cross-region restore"));
}

TEST(CrossRegion, ACancelBeforeTheOutcomeIsClearStopsOnlyWhatWasNotStarted) {
  Job job = job_in(in_doubt());
  job.progress.options.cross_region = "eastus";
  const Job asked = after(job, Event(CancelRequested{})).job;
  EXPECT_TRUE(std::holds_alternative<Cancelled>(after(asked, Event(SearchEmpty{now + 1h})).job.state));
  const Job found = after(asked, Event(SearchFound{azure_job_id, "InProgress"})).job;
  EXPECT_TRUE(std::holds_alternative<Tracking>(found.state));
  EXPECT_THAT(found.progress.cancel_answer, HasSubstr("cannot cancel"));
}

TEST(Rehydration, IsAStageOfItsOwnThatEndsWhenTheDataIsTransferred) {
  Job job = job_in(Polling{now - 1min});
  job.progress.rehydrates = true;
  const Job stage = after(job, Event(OperationSucceeded{azure_job_id})).job;
  ASSERT_TRUE(std::holds_alternative<Rehydrating>(stage.state));
  JobRead read;
  read.azure_status = "InProgress";
  read.rehydrating = true;
  EXPECT_TRUE(std::holds_alternative<Rehydrating>(after(stage, Event(read)).job.state));
  read.rehydrating = false;
  const Job next = after(stage, Event(read)).job;
  EXPECT_TRUE(std::holds_alternative<Tracking>(next.state));
  EXPECT_GT(next.not_before, now) << "no burst of reads";
}

TEST(Rehydration, ARefusedCancelGoesBackToTheStageItCameFrom) {
  Job job = job_in(cancelling(Cancelling::Phase::asking));
  job.progress.rehydrates = true;
  EXPECT_TRUE(std::holds_alternative<Rehydrating>(after(job, Event(CancelRefused{problem("X")})).job.state));
}

TEST(Findings, EndTheJobAsSuchAndAreKept) {
  JobRead read;
  read.end = JobRead::End::completed;
  read.azure_status = "Completed";
  read.findings = {"asked for a, got b"};
  read.unchecked = {"zones"};
  const Step step = after(job_in(old_tracking()), Event(read));
  EXPECT_TRUE(std::holds_alternative<SucceededWithFindings>(step.job.state));
  EXPECT_EQ(step.job.progress.findings, read.findings);
  EXPECT_EQ(step.job.progress.unchecked, read.unchecked);
  EXPECT_THAT(step.line->detail, HasSubstr("asked for a, got b"));
}

TEST(Findings, OfAJobWithWarningsDoNotHideTheWarnings) {
  JobRead read;
  read.end = JobRead::End::completed_with_warnings;
  read.azure_status = "CompletedWithWarnings";
  read.problem = problem("OlrBackupFailed");
  read.findings = {read.problem->text(), "the task \"Replace the disks\" was skipped"};
  const Step step = after(job_in(old_tracking()), Event(read));
  EXPECT_TRUE(std::holds_alternative<SucceededWithWarnings>(step.job.state));
  EXPECT_EQ(step.job.progress.findings, read.findings);
  EXPECT_EQ(step.job.progress.problem->code, "OlrBackupFailed");
  const std::string& detail = step.line->detail;
  EXPECT_THAT(detail, HasSubstr("Replace the disks"));
  EXPECT_EQ(detail.find("OlrBackupFailed"), detail.rfind("OlrBackupFailed")) << detail;
}

}  // namespace
}  // namespace azrestored::test
