// "Never twice, never none": the rules for the POST and for the search after an unclear answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/azure/recovery_point.hpp"
#include "tests/support/sample_job.hpp"

namespace azrestored::test {
namespace {

using testing::HasSubstr;

Job without_request_id(State state) {
  Job job = job_in(std::move(state));
  job.progress.request_id = "";
  return job;
}

// ── before the POST ──

TEST(EvolveRestore, TheRequestIdIsSavedTogetherWithSentBeforeThePostIsDecided) {
  const Job ready = without_request_id(Triggering{false});
  ASSERT_TRUE(wants<PrepareTrigger>(ready));
  EXPECT_FALSE(wants<TriggerRestore>(ready));

  const Job saved = after(ready, Event(TriggerPrepared{request_id})).job;
  EXPECT_EQ(saved.progress.request_id, request_id);
  EXPECT_EQ(saved.progress.posted_at, now);
  EXPECT_TRUE(std::get<Triggering>(saved.state).sent);
  EXPECT_EQ(saved.progress.attempts, 0) << "nothing has gone out yet";
  EXPECT_TRUE(wants<TriggerRestore>(saved));
}

TEST(EvolveRestore, ASecondPostIsNotPreparedWhileOneIsOut) {
  EXPECT_THAT(refusal(job_in(Triggering{true}), Event(TriggerPrepared{"another"})), HasSubstr("already being sent"));
}

TEST(EvolveRestore, WhatWasChosenIsSaved) {
  Job job = job_in(Resolving{});
  job.progress.point.reset();
  PointChosen chosen;
  chosen.point = RecoveryPoint{"42", now - 3h, "AppConsistent", {"InstantRP"}, true};
  chosen.warnings = {"disks come back as VHDs"};
  const Step step = after(job, Event(chosen));
  EXPECT_EQ(step.job.progress.point->id, "42");
  EXPECT_THAT(step.job.progress.warnings, testing::ElementsAre("disks come back as VHDs"));
  ASSERT_TRUE(step.line);
  EXPECT_THAT(step.line->detail,
              testing::AllOf(HasSubstr("42"), HasSubstr("2026-11-20T07:00:00Z"), HasSubstr("AppConsistent")));
}

TEST(EvolveRestore, WhatTheFileNamesOutrightIsNotLookedFor) {
  Job job = job_in(Queued{});
  job.progress = Progress{};
  Started begun;
  begun.item = ProtectedItem{"container", "item", "/vm"};
  begun.region = "westus";
  EXPECT_TRUE(wants<FindPoint>(after(job, Event(begun)).job));
  EXPECT_TRUE(wants<FindItem>(after(job, Event(Started{})).job));
}

// ── the answer ──

TEST(EvolveRestore, AnAcceptedRestoreIsPolledAtTheUrlAsReceived) {
  const Step step = after(job_in(Triggering{true}), Event(Accepted{operation_url, "op;1", 90s}));
  EXPECT_EQ(step.job.progress.operation_url, operation_url);
  EXPECT_EQ(step.job.progress.operation_id, "op;1");
  EXPECT_EQ(step.job.progress.attempts, 1);
  EXPECT_EQ(step.job.not_before, now + 90s);
  EXPECT_EQ(std::get<Polling>(step.job.state).accepted_at, now);
  EXPECT_TRUE(wants<PollOperation>(step.job, now + 90s));
}

TEST(EvolveRestore, WithoutARetryAfterTheDefaultIsWaited) {
  EXPECT_EQ(after(job_in(Triggering{true}), Event(Accepted{operation_url, "op", {}})).job.not_before, now + 60s);
}

TEST(EvolveRestore, ARefusalIsFinalWithTheServicesOwnWords) {
  const Step step =
      after(job_in(Triggering{true}), Event(Refused{problem("BMSUserErrorInvalidInput", "Input is wrong")}));
  EXPECT_TRUE(wants<Rest>(step.job));
  EXPECT_EQ(step.job.progress.problem->code, "BMSUserErrorInvalidInput");
  EXPECT_EQ(step.job.progress.problem->request_id, "azure-request");
  EXPECT_THAT(step.line->detail, HasSubstr("BMSUserErrorInvalidInput: Input is wrong"));
}

TEST(EvolveRestore, AThrottledPostIsNoAttemptAndIsPreparedAgainWithTheSameId) {
  const Step step = after(job_in(Triggering{true}), Event(Throttled{problem("TooManyRequests"), 324s}));
  EXPECT_EQ(step.job.progress.attempts, 0);
  EXPECT_FALSE(std::get<Triggering>(step.job.state).sent);
  EXPECT_GE(step.job.not_before, now + 324s);
  EXPECT_TRUE(wants<SleepUntil>(step.job, now + 323s));
  EXPECT_TRUE(wants<PrepareTrigger>(step.job, step.job.not_before));
  EXPECT_EQ(step.job.progress.request_id, request_id);
}

TEST(EvolveRestore, ThrottlingNeverEndsAJob) {
  Job job = job_in(Triggering{false});
  Instant when = now;
  for (int round = 0; round < 100; ++round) {
    job = after(job, Event(TriggerPrepared{request_id}), when).job;
    job = after(job, Event(Throttled{problem("TooManyRequests"), 60s}), when).job;
    when = job.not_before;
  }
  EXPECT_TRUE(wants<PrepareTrigger>(job, when));
  EXPECT_EQ(job.progress.attempts, 0);
}

TEST(EvolveRestore, APostThatNeverLeftIsNoAttempt) {
  const Job job = after(job_in(Triggering{true}), Event(NotSent{problem("SignIn")})).job;
  EXPECT_EQ(job.progress.attempts, 0);
  EXPECT_FALSE(std::get<Triggering>(job.state).sent);
  EXPECT_TRUE(wants<SleepUntil>(job));
  EXPECT_TRUE(wants<PrepareTrigger>(job, job.not_before));
}

TEST(EvolveRestore, AnUnclearAnswerIsADoubtWithAQuietPeriodFromTheAnswer) {
  const Job job = after(job_in(Triggering{true}), Event(OutcomeUnknown{problem("GatewayTimeout")})).job;
  const auto doubt = std::get<InDoubt>(job.state);
  EXPECT_EQ(doubt.quiet_until, now + 5min);
  EXPECT_EQ(job.progress.posted_at, now - 10min);
  EXPECT_FALSE(doubt.accepted);
  EXPECT_EQ(job.progress.attempts, 1);
  EXPECT_EQ(job.progress.problem->code, "GatewayTimeout");
  EXPECT_LE(job.not_before, doubt.quiet_until);
  EXPECT_TRUE(wants<SearchJobs>(job, job.not_before));
}

TEST(EvolveRestore, APostCutOffByARestartIsADoubtWithAQuietPeriodFromTheRestart) {
  const Job job = after(job_in(Triggering{true}), Event(Interrupted{})).job;
  EXPECT_EQ(std::get<InDoubt>(job.state).quiet_until, now + 5min);
  EXPECT_EQ(job.progress.attempts, 1);
  EXPECT_EQ(job.progress.request_id, request_id);
  EXPECT_TRUE(wants<SearchJobs>(job)) << "the first look is at once";
}

TEST(EvolveRestore, TheQuietPeriodIsTheSettingsOwn) {
  Policy policy;
  policy.quiet_period = 42s;
  const Job job = after(job_in(Triggering{true}), Event(Interrupted{}), now, policy).job;
  EXPECT_EQ(std::get<InDoubt>(job.state).quiet_until, now + 42s);
}

// ── in doubt ──

TEST(EvolveRestore, AnEmptySearchThatBeganBeforeTheQuietPeriodEndedNeverConcludes) {
  // The answer may come late; the time of the question counts.
  const InDoubt doubt = in_doubt();
  const Job job = after(job_in(doubt), Event(SearchEmpty{doubt.quiet_until - 1ms}), doubt.quiet_until + 1h).job;
  ASSERT_TRUE(std::holds_alternative<InDoubt>(job.state));
  EXPECT_EQ(std::get<InDoubt>(job.state).searches, 1);
  EXPECT_EQ(std::get<InDoubt>(job.state).quiet_until, doubt.quiet_until) << "the end does not move";
  EXPECT_TRUE(wants<SearchJobs>(job, job.not_before));
}

TEST(EvolveRestore, TheQuietPeriodIsCountedByTheServicesClockWhenOursIsSetForward) {
  Job job = after(job_in(Triggering{true}), Event(OutcomeUnknown{problem("GatewayTimeout")})).job;
  const Instant served = now + 3s;  // by Azure's clock; ours has moved two hours ahead of it
  job = after(job, Event(SearchEmpty{now + 2h, served}), now + 2h).job;
  ASSERT_TRUE(std::holds_alternative<InDoubt>(job.state)) << "by our clock the quiet period is long over";
  EXPECT_EQ(std::get<InDoubt>(job.state).quiet_until, now + 2h + 5min + 1s) << "when it will be over, by our clock";
  job = after(job, Event(SearchEmpty{now + 3h, served + 5min}), now + 3h).job;
  ASSERT_TRUE(std::holds_alternative<InDoubt>(job.state)) << "Date has whole seconds only";
  job = after(job, Event(SearchEmpty{now + 4h, served + 5min + 1s}), now + 4h).job;
  EXPECT_TRUE(std::holds_alternative<Triggering>(job.state));
}

TEST(EvolveRestore, AClockThatIsSetBackDoesNotKeepAJobInDoubt) {
  Job job = after(job_in(Triggering{true}), Event(OutcomeUnknown{problem("GatewayTimeout")})).job;
  job = after(job, Event(SearchEmpty{now + 1s, now + 1s}), now + 1s).job;
  job = after(job, Event(SearchEmpty{now - 2h, now + 6min}), now - 2h).job;
  ASSERT_TRUE(std::holds_alternative<InDoubt>(job.state)) << "ours is not over";
  EXPECT_EQ(std::get<InDoubt>(job.state).quiet_until, now - 2h + 5min) << "nor longer than the quiet period";
  job = after(job, Event(SearchEmpty{now - 2h + 5min, now + 11min}), now - 2h + 5min).job;
  EXPECT_TRUE(std::holds_alternative<Triggering>(job.state));
}

TEST(EvolveRestore, OneAnswerWithAnotherMachinesDateDoesNotEndTheQuietPeriodNorProlongIt) {
  const Job doubting = after(job_in(Triggering{true}), Event(OutcomeUnknown{problem("GatewayTimeout")})).job;
  Job ahead = after(doubting, Event(SearchEmpty{now + 10s, now + 10s}), now + 10s).job;
  ahead = after(ahead, Event(SearchEmpty{now + 30s, now + 6min}), now + 30s).job;
  EXPECT_TRUE(std::holds_alternative<InDoubt>(ahead.state)) << "by our clock it has lasted for half a minute";
  Job behind = after(doubting, Event(SearchEmpty{now + 10s, now + 20h}), now + 10s).job;
  behind = after(behind, Event(SearchEmpty{now + 30s, now + 30s}), now + 30s).job;
  behind = after(behind, Event(SearchEmpty{now + 6min, now + 6min}), now + 6min).job;
  EXPECT_TRUE(std::holds_alternative<Triggering>(behind.state));
}

TEST(EvolveRestore, WhatWasSentByAClockThatWasAheadWasSentBeforeTheServicesNow) {
  Job job = job_in(in_doubt());
  job.progress.posted_at = now + 72h;
  job = after(job, Event(SearchEmpty{now - 1s, now})).job;
  EXPECT_EQ(job.progress.posted_at, now);
}

TEST(EvolveRestore, TheNextLookIsNoLaterThanTheEndOfTheQuietPeriod) {
  InDoubt doubt = in_doubt();
  doubt.searches = 20;
  const Job job = after(job_in(doubt), Event(SearchEmpty{now - 1s})).job;
  EXPECT_EQ(job.not_before, doubt.quiet_until);
}

TEST(EvolveRestore, AnEmptySearchThatBeganAfterTheQuietPeriodAllowsOneMorePostWithTheSameId) {
  const InDoubt doubt = in_doubt();
  Job job = after(job_in(doubt), Event(SearchEmpty{doubt.quiet_until + 1ms}), doubt.quiet_until + 2s).job;
  ASSERT_TRUE(std::holds_alternative<Triggering>(job.state));
  EXPECT_FALSE(std::get<Triggering>(job.state).sent);
  EXPECT_EQ(job.progress.request_id, request_id);
  ASSERT_TRUE(wants<PrepareTrigger>(job, doubt.quiet_until + 2s));
  job = after(job, Event(TriggerPrepared{request_id}), doubt.quiet_until + 2s).job;
  EXPECT_TRUE(wants<TriggerRestore>(job, doubt.quiet_until + 2s));
}

TEST(EvolveRestore, ASearchReachesBackToTheFirstPostThatMayHaveStartedSomething) {
  // Both POSTs carry one id. The first one may have started a restore that appears late; a search around the second
  // POST alone would miss it.
  const InDoubt doubt = in_doubt();
  Job job = after(job_in(doubt), Event(SearchEmpty{doubt.quiet_until}), doubt.quiet_until).job;
  const Instant first_post = job.progress.posted_at;
  job.progress.attempts = 1;
  job = after(job, Event(TriggerPrepared{request_id}), now + 2h).job;
  job = after(job, Event(OutcomeUnknown{problem("GatewayTimeout")}), now + 2h).job;
  EXPECT_TRUE(std::holds_alternative<InDoubt>(job.state));
  EXPECT_EQ(job.progress.posted_at, first_post);
}

TEST(EvolveRestore, AfterMostAttemptsAPersonIsAsked) {
  const Policy policy;
  const InDoubt doubt = in_doubt();
  Job job = job_in(doubt);
  job.progress.attempts = policy.max_attempts - 1;
  const Event empty(SearchEmpty{doubt.quiet_until});
  EXPECT_TRUE(std::holds_alternative<Triggering>(after(job, empty, doubt.quiet_until).job.state));
  job.progress.attempts = policy.max_attempts;
  const Job held = after(job, empty, doubt.quiet_until).job;
  ASSERT_TRUE(std::holds_alternative<Held>(held.state));
  EXPECT_FALSE(std::get<Held>(held.state).may_be_running);
  EXPECT_THAT(held.progress.problem->text(), HasSubstr("5 restore requests"));
}

TEST(EvolveRestore, ARestoreThatWasAcceptedAndThenLostIsHeldAndNeverPostedAgain) {
  Job job = job_in(Polling{now - 10min});
  job = after(job, Event(OperationGone{"the operation is unknown", true})).job;
  const auto doubt = std::get<InDoubt>(job.state);
  EXPECT_TRUE(doubt.accepted);
  EXPECT_EQ(doubt.quiet_until, now + 5min);
  EXPECT_EQ(job.progress.attempts, 0) << "losing the operation is not another POST";
  const Job held = after(job, Event(SearchEmpty{doubt.quiet_until}), doubt.quiet_until).job;
  ASSERT_TRUE(std::holds_alternative<Held>(held.state));
  EXPECT_TRUE(std::get<Held>(held.state).may_be_running);
  EXPECT_TRUE(wants<Rest>(held, now + 24h));
}

TEST(EvolveRestore, AFreshOperationThatIsNotFoundMayBeTooEarly) {
  Job job = job_in(Polling{now - 119s});
  const Event gone(OperationGone{"unknown", true});
  EXPECT_TRUE(std::holds_alternative<Polling>(after(job, gone).job.state));
  job.state = Polling{now - 120s};
  EXPECT_TRUE(std::holds_alternative<InDoubt>(after(job, gone).job.state));
}

TEST(EvolveRestore, AnOperationThatEndsWithoutAJobIsLookedForAtOnce) {
  const Job job = after(job_in(Polling{now}), Event(OperationGone{"HTTP 204", false})).job;
  EXPECT_TRUE(std::holds_alternative<InDoubt>(job.state));
  EXPECT_TRUE(wants<SearchJobs>(job));
}

TEST(EvolveRestore, AFoundJobIsAdopted) {
  Job job = job_in(in_doubt());
  job.progress.azure_job_id = "";
  const Step step = after(job, Event(SearchFound{azure_job_id, "InProgress"}));
  ASSERT_TRUE(std::holds_alternative<Tracking>(step.job.state));
  EXPECT_EQ(step.job.progress.azure_job_id, azure_job_id);
  EXPECT_EQ(step.job.progress.azure_status, "InProgress");
  EXPECT_TRUE(wants<ReadJob>(step.job));
  EXPECT_THAT(step.line->detail, HasSubstr(azure_job_id));
}

TEST(EvolveRestore, TwoMatchesAreHeldWithTheEvidence) {
  const Job job =
      after(job_in(in_doubt()), Event(SearchContradicted{problem("SeveralJobs", "a and b carry our id")})).job;
  ASSERT_TRUE(std::holds_alternative<Held>(job.state));
  EXPECT_TRUE(std::get<Held>(job.state).may_be_running);
  EXPECT_EQ(job.progress.problem->message, "a and b carry our id");
  EXPECT_TRUE(wants<Rest>(job));
}

TEST(EvolveRestore, BeingRefusedALookIsNotTakenForNothingStarted) {
  const Job job = after(job_in(in_doubt()), Event(ReadRefused{problem("AuthorizationFailed")})).job;
  ASSERT_TRUE(std::holds_alternative<Held>(job.state));
  EXPECT_TRUE(std::get<Held>(job.state).may_be_running);
}

TEST(EvolveRestore, AJobFileThatIsNoLongerUnderstoodIsHeldWithNothingStarted) {
  const Job job = after(job_in(Resolving{}), Event(SpecUnreadable{problem("JobFile")})).job;
  ASSERT_TRUE(std::holds_alternative<Held>(job.state));
  EXPECT_FALSE(std::get<Held>(job.state).may_be_running);
}

}  // namespace
}  // namespace azrestored::test
