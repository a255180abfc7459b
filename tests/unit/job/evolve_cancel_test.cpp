// What a request to cancel does in each state, and whether its report is true. Before the POST it stops the job; after
// the POST azrestored asks Azure, and the operator reads Azure's answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/sample_job.hpp"

namespace azrestored::test {
namespace {

using testing::HasSubstr;
using Phase = Cancelling::Phase;

const Event request(CancelRequested{1000});

Job asked(State state) {
  Job job = job_in(std::move(state));
  job.progress.cancel_requested_at = now - 5min;
  job.progress.cancel_answer = "sending the cancel request to Azure";
  return job;
}

TEST(EvolveCancel, BeforeThePostItStopsTheJob) {
  for (const State& state : std::vector<State>{Queued{}, Resolving{}, Triggering{false}, Held{false}}) {
    SCOPED_TRACE(state_name(state));
    const Step step = after(job_in(state), request);
    EXPECT_TRUE(std::holds_alternative<Cancelled>(step.job.state));
    EXPECT_EQ(step.job.progress.cancel_requested_at, now);
    EXPECT_THAT(step.job.progress.cancel_answer, HasSubstr("before anything was started"));
    EXPECT_THAT(step.line->detail, testing::AllOf(HasSubstr("uid 1000"), HasSubstr("nothing was started in Azure")));
  }
}

TEST(EvolveCancel, WhileThePostIsOutItIsRememberedAndSaysSo) {
  const Step step = after(job_in(Triggering{true}), request);
  EXPECT_TRUE(std::get<Triggering>(step.job.state).sent);
  EXPECT_EQ(step.job.progress.cancel_requested_at, now);
  EXPECT_THAT(step.job.progress.cancel_answer, HasSubstr("is being sent"));
  EXPECT_TRUE(step.line);
}

TEST(EvolveCancel, ARememberedRequestStopsAPostThatStartedNothing) {
  for (const EventPayload& what :
       std::vector<EventPayload>{Throttled{problem("TooManyRequests"), 5s}, NotSent{problem("SignIn")}}) {
    const Job job = after(asked(Triggering{true}), Event(what)).job;
    EXPECT_TRUE(std::holds_alternative<Cancelled>(job.state));
    EXPECT_THAT(job.progress.cancel_answer, HasSubstr("before anything was started"));
  }
}

TEST(EvolveCancel, ARememberedRequestIsCarriedOutOnceTheJobIsKnown) {
  const Job accepted = after(asked(Triggering{true}), Event(Accepted{operation_url, "op", {}})).job;
  ASSERT_TRUE(std::holds_alternative<Polling>(accepted.state));
  for (const Job& job : {after(accepted, Event(OperationSucceeded{azure_job_id})).job,
                         after(asked(in_doubt()), Event(SearchFound{azure_job_id, "InProgress"})).job}) {
    ASSERT_TRUE(std::holds_alternative<Cancelling>(job.state));
    EXPECT_EQ(std::get<Cancelling>(job.state).phase, Phase::asking);
    EXPECT_TRUE(wants<RequestCancel>(job));
  }
}

TEST(EvolveCancel, InDoubtItIsRememberedAndEndsTheJobWhenNothingWasStarted) {
  const Job job = after(job_in(in_doubt()), request).job;
  ASSERT_TRUE(std::holds_alternative<InDoubt>(job.state));
  EXPECT_THAT(job.progress.cancel_answer, HasSubstr("not known yet"));
  const Instant end = in_doubt().quiet_until;
  const Job ended = after(job, Event(SearchEmpty{end}), end).job;
  EXPECT_TRUE(std::holds_alternative<Cancelled>(ended.state));
  EXPECT_THAT(ended.progress.cancel_answer, HasSubstr("nothing was started"));
}

TEST(EvolveCancel, ARequestInDoubtDoesNotHideThatAnAcceptedRestoreWasLost) {
  InDoubt doubt = in_doubt();
  doubt.accepted = true;
  const Job job = after(asked(doubt), Event(SearchEmpty{doubt.quiet_until}), doubt.quiet_until).job;
  ASSERT_TRUE(std::holds_alternative<Held>(job.state));
  EXPECT_TRUE(std::get<Held>(job.state).may_be_running);
}

TEST(EvolveCancel, WhilePollingItIsRemembered) {
  const Job job = after(job_in(Polling{now}), request).job;
  EXPECT_TRUE(std::holds_alternative<Polling>(job.state));
  EXPECT_THAT(job.progress.cancel_answer, HasSubstr("when Azure names its backup job"));
}

TEST(EvolveCancel, ASecondRequestReportsTheResultOfTheFirst) {
  for (const State& state : std::vector<State>{Triggering{true}, in_doubt(), Polling{now}, cancelling(Phase::asking)}) {
    SCOPED_TRACE(state_name(state));
    EXPECT_THAT(refusal(asked(state), request),
                testing::AllOf(HasSubstr("already"), HasSubstr("cancel request to Azure")));
  }
}

TEST(EvolveCancel, WhileTheJobRunsAzureIsAskedAtOnce) {
  const Job job = after(job_in(old_tracking()), request).job;
  EXPECT_EQ(std::get<Cancelling>(job.state).phase, Phase::asking);
  EXPECT_EQ(std::get<Cancelling>(job.state).job.started_at, old_tracking().started_at);
  EXPECT_TRUE(wants<RequestCancel>(job));
}

TEST(EvolveCancel, AHeldJobThatMayBeRunningIsNotCalledCancelled) {
  const std::string sentence = refusal(job_in(Held{true}), request);
  EXPECT_THAT(sentence,
              testing::AllOf(HasSubstr("may be running"), HasSubstr(azure_job_id), HasSubstr("cancel it there")));
}

// ── Azure's answer ──

TEST(EvolveCancel, AnAcceptedRequestIsFollowedWhereAzureSaysAndWhenItSays) {
  const Job job = after(asked(cancelling(Phase::asking)), Event(CancelAccepted{operation_url, 90s})).job;
  EXPECT_EQ(std::get<Cancelling>(job.state).phase, Phase::following);
  EXPECT_EQ(std::get<Cancelling>(job.state).result_url, operation_url);
  EXPECT_GE(job.not_before, now + 90s);
  EXPECT_TRUE(wants<PollCancel>(job, job.not_before));
  EXPECT_EQ(job.progress.cancel_answer, "Azure accepted the cancel request");
}

TEST(EvolveCancel, WithoutAUrlTheJobItselfIsWatched) {
  const Job job = after(asked(cancelling(Phase::asking)), Event(CancelAccepted{"", {}})).job;
  EXPECT_EQ(std::get<Cancelling>(job.state).phase, Phase::watching);
  EXPECT_TRUE(wants<ReadJob>(job, job.not_before));
}

TEST(EvolveCancel, ARunningCancelIsAskedAgainNoEarlierThanAzureSays) {
  const Step step = after(asked(cancelling(Phase::following)), Event(CancelRunning{120s}));
  EXPECT_GE(step.job.not_before, now + 120s);
  EXPECT_FALSE(step.line);
}

TEST(EvolveCancel, ADoneCancelIsWatchedUntilTheJobEnds) {
  const Job watched = after(asked(cancelling(Phase::following)), Event(CancelDone{})).job;
  ASSERT_TRUE(wants<ReadJob>(watched));
  JobRead read;
  read.azure_status = "Cancelling";
  const Job still = after(watched, Event(read)).job;
  EXPECT_TRUE(wants<SleepUntil>(still));
  EXPECT_LE(still.not_before, now + 2min) << "a cancelled job ends soon";
  read.end = JobRead::End::cancelled;
  read.azure_status = "Cancelled";
  EXPECT_TRUE(std::holds_alternative<Cancelled>(after(still, Event(read)).job.state));
}

TEST(EvolveCancel, ARefusedCancelIsReportedAndTrackingContinues) {
  for (const Phase phase : {Phase::asking, Phase::following}) {
    const Job job =
        after(asked(cancelling(phase)), Event(CancelRefused{problem("JobNotCancellable", "too late for that")})).job;
    ASSERT_TRUE(std::holds_alternative<Tracking>(job.state));
    EXPECT_EQ(job.progress.cancel_answer, "Azure refused to cancel: JobNotCancellable: too late for that");
    EXPECT_EQ(std::get<Tracking>(job.state).started_at, old_tracking().started_at);
    EXPECT_TRUE(wants<ReadJob>(job));
    EXPECT_EQ(refusal(job, request), "")
        << "the operator may try again: some refusals are temporary (azure-backup-api.md 5.6)";
  }
}

TEST(EvolveCancel, ARestoreThatEndedFirstIsNotCalledCancelled) {
  JobRead read;
  read.end = JobRead::End::completed;
  read.azure_status = "Completed";
  for (const Phase phase : {Phase::asking, Phase::following, Phase::watching}) {
    const Job job = after(asked(cancelling(phase)), Event(read)).job;
    EXPECT_TRUE(std::holds_alternative<Succeeded>(job.state));
    EXPECT_THAT(job.progress.cancel_answer, HasSubstr("finished before"));
  }
}

TEST(EvolveCancel, AnEndInTheVaultsListIsReadEvenWhileTheCancelIsAskedOrFollowed) {
  // The answer to the cancel may never come (202 or 5xx without end); the list shows that it no longer matters.
  for (const Phase phase : {Phase::asking, Phase::following, Phase::watching}) {
    Job job = asked(cancelling(phase));
    job.not_before = now + 1h;
    const Job listed = after(job, Event(JobListed{"Completed"})).job;
    EXPECT_TRUE(std::holds_alternative<Cancelling>(listed.state));
    EXPECT_TRUE(wants<ReadJob>(listed));
  }
}

TEST(EvolveCancel, ReadingTheDetailsDoesNotPostponeTheQuestion) {
  Job job = asked(cancelling(Phase::following));
  job.not_before = now + 20s;
  JobRead read;
  read.azure_status = "InProgress";
  EXPECT_EQ(after(job, Event(read)).job.not_before, now + 20s);
}

}  // namespace
}  // namespace azrestored::test
