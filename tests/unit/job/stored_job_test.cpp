// What a row keeps of a job: every state and everything in Progress is read back as it was stored, under names that
// never change. What cannot be read is an error, not a guess.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/azure/problem.hpp"
#include "core/job/stored_job.hpp"
#include "tests/support/sample_job.hpp"

namespace azrestored::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using Phase = Cancelling::Phase;

State reread(const State& state) {
  return state_from_json(state_name(state), state_to_json(job_in(state))).value();
}

template <class Wanted>
Wanted reread_as(const Wanted& state) {
  const State read = reread(state);
  EXPECT_TRUE(std::holds_alternative<Wanted>(read));
  return std::get<Wanted>(read);
}

void expect_same(const Tracking& a, const Tracking& b) {
  EXPECT_EQ(a.started_at, b.started_at);
  EXPECT_EQ(a.last_read, b.last_read);
  EXPECT_EQ(a.missed_lists, b.missed_lists);
}

TEST(JobStored, EveryStateComesBack) {
  const std::vector<State> states = {Queued{},
                                     Resolving{},
                                     Validating{operation_url},
                                     Triggering{true},
                                     in_doubt(),
                                     Polling{now},
                                     Rehydrating{old_tracking()},
                                     old_tracking(),
                                     cancelling(Phase::following),
                                     Held{true},
                                     Succeeded{},
                                     SucceededWithWarnings{},
                                     SucceededWithFindings{},
                                     Failed{},
                                     Cancelled{}};
  ASSERT_EQ(states.size(), std::variant_size_v<State>);
  for (std::size_t i = 0; i < states.size(); ++i) {
    ASSERT_EQ(states[i].index(), i);
    EXPECT_EQ(reread(states[i]).index(), i) << state_name(states[i]);
    EXPECT_EQ(state_to_json(job_in(reread(states[i]))), state_to_json(job_in(states[i]))) << state_name(states[i]);
  }
}

TEST(JobStored, TheMembersOfEveryStateComeBack) {
  for (const bool flag : {false, true}) {
    EXPECT_EQ(reread_as(Triggering{flag}).sent, flag);
    EXPECT_EQ(reread_as(Held{flag}).may_be_running, flag);
    const InDoubt doubt = reread_as(InDoubt{now + 5min, flag, 17, 5min, now + 6min});
    EXPECT_EQ(doubt.quiet_until, now + 5min);
    EXPECT_EQ(doubt.accepted, flag);
    EXPECT_EQ(doubt.searches, 17);
    EXPECT_EQ(doubt.quiet, 5min);
    EXPECT_EQ(doubt.quiet_until_azure_clock, now + 6min);
  }
  EXPECT_EQ(reread_as(Polling{now + 1ms}).accepted_at, now + 1ms);
  expect_same(reread_as(Tracking{now, now + 1s, 2}), Tracking{now, now + 1s, 2});
  for (const Phase phase : {Phase::asking, Phase::following, Phase::watching}) {
    const Cancelling read = reread_as(Cancelling{phase, operation_url, old_tracking()});
    EXPECT_EQ(read.phase, phase);
    EXPECT_EQ(read.result_url, operation_url);
    expect_same(read.job, old_tracking());
  }
}

TEST(JobStored, RowsOfEarlierReleasesAreRead) {
  // As the first release wrote it: these texts stay unchanged.
  const auto doubt = state_from_json(
      "in-doubt", json::parse(R"({"postedAt_ms": 1, "quietUntil_ms": 2, "accepted": true, "searches": 3})"));
  ASSERT_TRUE(doubt);
  EXPECT_EQ(std::get<InDoubt>(*doubt).quiet_until, Instant(2ms));
  EXPECT_EQ(std::get<InDoubt>(*doubt).quiet, 1ms);
  EXPECT_TRUE(std::get<InDoubt>(*doubt).accepted);
  EXPECT_TRUE(std::get<Triggering>(*state_from_json("triggering", json::parse(R"({"sent": true})"))).sent);
  EXPECT_TRUE(std::get<Held>(*state_from_json("held", json::parse(R"({"mayBeRunning": true})"))).may_be_running);
}

TEST(JobStored, EarlierReleasesFindTheTimeOfThePostInADoubtfulState) {
  // They refuse a row without it. This release keeps the time in the progress only.
  Job job = job_in(in_doubt());
  job.progress.posted_at = Instant(42ms);
  json members = state_to_json(job);
  EXPECT_EQ(members.at("postedAt_ms"), 42);
  members.erase("postedAt_ms");
  EXPECT_EQ(std::get<InDoubt>(*state_from_json("in-doubt", members)).quiet, 5min);
}

TEST(JobStored, AStateThatCannotBeReadIsAnErrorAndNotAGuess) {
  for (const auto& [name, members] : std::vector<std::pair<std::string, json>>{
           {"pondering", json::object()},
           {"", json::object()},
           {"Queued", json::object()},
           {"triggering", json::object()},  // "sent" must never default to false
           {"triggering", {{"sent", "yes"}}},
           {"triggering", nullptr},
           {"in-doubt", {{"postedAt_ms", 1}}},
           {"in-doubt", {{"quietUntil_ms", 2}, {"accepted", true}, {"searches", 3}}},
           {"polling", {{"acceptedAt_ms", "soon"}}},
           {"cancelling", {{"phase", "dreaming"}, {"resultUrl", ""}, {"job", json::object()}}},
           {"held", json::array()}}) {
    const auto read = state_from_json(name, members);
    ASSERT_FALSE(read) << name << " " << members;
    EXPECT_EQ(read.error().kind(), ErrorKind::corrupt);
    EXPECT_THAT(read.error().sentence(), HasSubstr(name));
  }
}

Progress everything() {
  Progress progress = job_in(Queued{}).progress;
  progress.attempts = 3;
  progress.azure_status = "InProgress";
  progress.percent = 12.5;
  progress.cancel_requested_at = now - 1ms;
  progress.cancel_answer = "sending the cancel request to Azure";
  progress.problem =
      Problem{"Code", "message with \"quotes\" and \xC3\xA4", 504, "request", "correlation", {"do this", "or that"}};
  progress.warnings = {"one", "two"};
  progress.options = {"prod", "eastus", true, true, true};
  progress.vault = VaultFacts{"westus", "GeoRedundant", true, true, {"/id"}, false, true};
  progress.guard_requests = {"/guard/triggerRestoreRequests/default"};
  progress.rehydrates = true;
  progress.excused_attempts = 2;
  progress.findings = {"asked for a, got b"};
  progress.unchecked = {"zones"};
  progress.earlier = {EarlierAttempt{"old-request", "old-job", now - 1h, "failed", "Code: message"}};
  progress.outcome =
      std::make_shared<const nlohmann::json>(nlohmann::json{{"propertyBag", {{"Job Type", "Recover disks"}}}});
  return progress;
}

TEST(JobStored, EverythingThatWasLearnedComesBack) {
  const Progress full = everything();
  const Progress read = progress_from_json(json::parse(progress_to_json(full).dump())).value();
  EXPECT_EQ(read.item->container, full.item->container);
  EXPECT_EQ(read.item->item, full.item->item);
  EXPECT_EQ(read.item->source_resource_id, full.item->source_resource_id);
  EXPECT_EQ(read.region, full.region);
  EXPECT_EQ(read.point->id, full.point->id);
  EXPECT_EQ(read.point->time, full.point->time);
  EXPECT_EQ(read.point->consistency, full.point->consistency);
  EXPECT_EQ(read.point->tiers, full.point->tiers);
  EXPECT_EQ(read.point->managed, full.point->managed);
  EXPECT_EQ(read.request_id, full.request_id);
  EXPECT_EQ(read.posted_at, full.posted_at);
  EXPECT_EQ(read.attempts, full.attempts);
  EXPECT_EQ(read.operation_url, full.operation_url);
  EXPECT_EQ(read.operation_id, full.operation_id);
  EXPECT_EQ(read.azure_job_id, full.azure_job_id);
  EXPECT_EQ(read.azure_status, full.azure_status);
  EXPECT_EQ(read.percent, full.percent);
  EXPECT_EQ(read.cancel_requested_at, full.cancel_requested_at);
  EXPECT_EQ(read.cancel_answer, full.cancel_answer);
  EXPECT_EQ(read.problem->text(), full.problem->text());
  EXPECT_EQ(read.problem->http_status, full.problem->http_status);
  EXPECT_EQ(read.problem->request_id, full.problem->request_id);
  EXPECT_EQ(read.problem->correlation_id, full.problem->correlation_id);
  EXPECT_EQ(read.problem->recommendations, full.problem->recommendations);
  EXPECT_EQ(read.warnings, full.warnings);
  ASSERT_TRUE(read.outcome);
  EXPECT_EQ(*read.outcome, *full.outcome);
}

TEST(JobStored, WhatDecidesTheWayComesBack) {
  const Progress full = everything();
  const Progress read = progress_from_json(json::parse(progress_to_json(full).dump())).value();
  EXPECT_EQ(read.options.auth, "prod");
  EXPECT_EQ(read.options.cross_region, "eastus");
  EXPECT_TRUE(read.options.checked && read.options.preflight && read.options.seeks_guard);
  EXPECT_EQ(json(*read.vault), json(*full.vault));
  EXPECT_EQ(read.guard_requests, full.guard_requests);
  EXPECT_TRUE(read.rehydrates);
  EXPECT_EQ(read.excused_attempts, 2);
  EXPECT_EQ(read.findings, full.findings);
  EXPECT_EQ(read.unchecked, full.unchecked);
  ASSERT_EQ(read.earlier.size(), 1U);
  EXPECT_EQ(read.earlier[0].request_id, "old-request");
  EXPECT_EQ(read.earlier[0].azure_job_id, "old-job");
  EXPECT_EQ(read.earlier[0].ended_at, now - 1h);
  EXPECT_EQ(read.earlier[0].state, "failed");
  EXPECT_EQ(read.earlier[0].problem, "Code: message");
}

TEST(JobStored, AJobOfTheFirstReleaseGoesItsOldWay) {
  const RestoreOptions options = progress_from_json(json::object())->options;
  EXPECT_FALSE(options.checked || options.preflight || options.seeks_guard);
  EXPECT_EQ(options.auth + options.cross_region, "");
}

TEST(JobStored, NothingLearnedComesBackAsNothing) {
  const Progress read = progress_from_json(progress_to_json(Progress{})).value();
  EXPECT_FALSE(read.item || read.region || read.point || read.percent || read.cancel_requested_at || read.problem);
  EXPECT_EQ(read.request_id + read.operation_url + read.azure_job_id, "");
  EXPECT_EQ(read.attempts, 0);
  EXPECT_FALSE(read.outcome);
}

TEST(JobStored, APointWithoutManagedDisksStaysOne) {
  Progress progress = everything();
  progress.point->managed = false;
  EXPECT_FALSE(progress_from_json(progress_to_json(progress))->point->managed);
}

TEST(JobStored, ProgressThatCannotBeReadIsAnErrorAndNotAGuess) {
  json damaged = progress_to_json(everything());
  const json whole = damaged;
  for (const char* member :
       {"item", "requestId", "postedAt_ms", "attempts", "point", "problem", "warnings", "azureJobId"}) {
    damaged = whole;
    damaged[member] = json::array({1});
    const auto read = progress_from_json(damaged);
    ASSERT_FALSE(read) << member;
    EXPECT_EQ(read.error().kind(), ErrorKind::corrupt) << member;
  }
  damaged = whole;
  damaged["point"]["time"] = "yesterday";
  EXPECT_FALSE(progress_from_json(damaged)) << "a point's time is evidence and must not become 1970";
  EXPECT_FALSE(progress_from_json(nullptr));
  EXPECT_FALSE(progress_from_json("text"));
}

TEST(JobStored, AProblemReadsAsOneSentence) {
  EXPECT_EQ((Problem{"Code", "message", 0, "", "", {}}.text()), "Code: message");
  EXPECT_EQ((Problem{"Code", "", 0, "", "", {}}.text()), "Code");
  EXPECT_EQ((Problem{"", "message", 0, "", "", {}}.text()), "message");
}

}  // namespace
}  // namespace azrestored::test
