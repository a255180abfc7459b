// Up to the POST: what the plan adds to resolving, the pre-flight, and what a cross-region restore needs before it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/azure/problem.hpp"
#include "core/azure/recovery_point.hpp"
#include "tests/support/sample_job.hpp"

namespace azrestored::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Job planned(State state) {
  Job job = job_in(std::move(state));
  job.progress.options.checked = true;
  job.progress.options.preflight = true;
  return job;
}

PointChosen a_point() {
  PointChosen chosen;
  chosen.point = RecoveryPoint{"7002", now - 2h, "AppConsistent", {"InstantRP"}, true};
  return chosen;
}

TEST(EvolvePreflight, APlanWithItLeadsFromThePointToTheQuestion) {
  const Step step = after(planned(Resolving{}), Event(a_point()));
  EXPECT_TRUE(std::holds_alternative<Validating>(step.job.state));
  EXPECT_TRUE(wants<RequestPreflight>(step.job));
}

TEST(EvolvePreflight, TheAnswerIsReadNoSoonerThanTheServiceSaid) {
  const Job asked = after(planned(Validating{}), Event(PreflightAsked{operation_url, 42s})).job;
  EXPECT_EQ(std::get<Validating>(asked.state).url, operation_url);
  EXPECT_EQ(asked.not_before, now + 42s);
  EXPECT_TRUE(wants<PollPreflight>(asked, now + 42s));
  EXPECT_EQ(after(asked, Event(PreflightRunning{30s})).job.not_before, now + 30s);
}

TEST(EvolvePreflight, WhatTheServiceFindsFailsTheJobInItsOwnWords) {
  Problem found = problem("UserErrorCoreCountSubscriptionQuotaReached", "no cores left");
  found.recommendations = {"ask for more cores"};
  const Step step = after(planned(Validating{operation_url}), Event(PreflightFailed{found}));
  EXPECT_TRUE(std::holds_alternative<Failed>(step.job.state));
  EXPECT_EQ(step.job.progress.problem->code, "UserErrorCoreCountSubscriptionQuotaReached");
  EXPECT_THAT(step.job.progress.problem->recommendations, ElementsAre("ask for more cores"));
  EXPECT_EQ(step.job.progress.attempts, 0);
}

TEST(EvolvePreflight, AServiceThatDoesNotAnswerTheQuestionIsAWarning) {
  const Job job = after(planned(Validating{}), Event(PreflightSkipped{"AuthorizationFailed: no"})).job;
  EXPECT_TRUE(std::holds_alternative<Triggering>(job.state));
  EXPECT_THAT(job.progress.warnings, ElementsAre("no pre-flight: AuthorizationFailed: no"));
}

TEST(EvolvePreflight, OneThatNeverComesToAnAnswerIsGivenUp) {
  Job job = planned(Validating{operation_url});
  job.since = now - 16min;
  EXPECT_TRUE(std::holds_alternative<Triggering>(after(job, Event(PreflightRunning{})).job.state));
  const Job given_up = after(job, Event(ReadFailed{problem("InternalServerError"), {}})).job;  // of HTTP status 503
  EXPECT_TRUE(std::holds_alternative<Triggering>(given_up.state));
  EXPECT_THAT(given_up.progress.warnings, ElementsAre(HasSubstr("no pre-flight: InternalServerError")));
  Problem no_network = problem("NoAnswer");
  no_network.http_status = 0;
  EXPECT_TRUE(std::holds_alternative<Validating>(after(job, Event(ReadFailed{no_network, {}})).job.state));
}

TEST(EvolvePreflight, AnEarlierUnclearPostIsLookedForOnceMoreBeforeTheNext) {
  Job job = planned(Validating{operation_url});
  job.progress.attempts = 5;
  const Step step = after(job, Event(PreflightPassed{}));
  EXPECT_TRUE(std::holds_alternative<InDoubt>(step.job.state));
  EXPECT_TRUE(wants<SearchJobs>(step.job));
}

TEST(EvolveResolving, AVaultThatCannotBeReadIsAWarningWhenTheRegionIsKnown) {
  const Job job = after(planned(Resolving{}), Event(VaultRead{std::nullopt, "not readable"})).job;
  EXPECT_TRUE(job.progress.vault_unreadable);
  EXPECT_EQ(job.progress.region, "westus");
  EXPECT_THAT(job.progress.warnings, ElementsAre("not readable"));
}

TEST(EvolveResolving, TheVaultsRegionIsTakenUnlessTheFileGivesOne) {
  const VaultFacts facts{"eastus", "", {}, false, {}, {}, {}};
  EXPECT_EQ(after(planned(Resolving{}), Event(VaultRead{facts, ""})).job.progress.region, "westus");
  Job job = planned(Resolving{});
  job.progress.region.reset();
  EXPECT_EQ(after(job, Event(VaultRead{facts, ""})).job.progress.region, "eastus");
}

TEST(EvolveAccessToken, WithoutItThePostWaits) {
  const Step step = after(job_in(Triggering{false}), Event(ReadFailed{problem("GatewayTimeout"), 20s}));
  EXPECT_TRUE(std::holds_alternative<Triggering>(step.job.state));
  EXPECT_GE(step.job.not_before, now + 20s);
}

TEST(EvolveAccessToken, ARefusalFailsTheJobOnlyWhenNothingCanHaveBeenStarted) {
  Job job = job_in(Triggering{false});
  EXPECT_TRUE(std::holds_alternative<Failed>(after(job, Event(ReadRefused{problem("AuthorizationFailed")})).job.state));
  job.progress.attempts = 1;
  const Job looking = after(job, Event(ReadRefused{problem("AuthorizationFailed")})).job;
  EXPECT_TRUE(std::holds_alternative<InDoubt>(looking.state));
  const Job done = after(looking, Event(SearchEmpty{now})).job;
  EXPECT_TRUE(std::holds_alternative<Failed>(done.state));
  EXPECT_EQ(done.progress.problem->code, "AuthorizationFailed");
}

}  // namespace
}  // namespace azrestored::test
