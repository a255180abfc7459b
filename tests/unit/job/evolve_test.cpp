// Every pair of state and event, legal or not, in one table, and what holds for every legal pair. core/job/state.hpp
// and core/job/event.hpp state what the table must be; the finer rules are in the other evolve_*_test.cpp files.
#include "core/job/evolve.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>
#include <vector>

#include "core/azure/problem.hpp"
#include "tests/support/sample_job.hpp"

namespace azrestored::test {
namespace {

// A cell: "." refused, "=" accepted and the state stays, otherwise the first letters of the next state. Names that
// begin alike: "done", "warn" and "find" are the three ways to succeed, "canc" is cancelling and "stop" is cancelled.
//
// Columns: validating before and after the question is asked; triggering before and while the POST is out; cancelling
// while asking, following, watching; held with nothing started and with a restore that may be running.
constexpr std::string_view table = R"(
                        queue reso  vask  vfol  trig  sent  doub  poll  rehy  track ask   foll  watch held  heldr succ  warn  find  fail  canc
begun                   reso  .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .
item-found              .     =     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .
vault-read              .     =     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .
guard-read              .     =     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .
point-chosen            .     trig  .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .
resolve-failed          .     fail  .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .
preflight-asked         .     .     =     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .
preflight-running       .     .     .     =     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .
preflight-passed        .     .     trig  trig  .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .
preflight-failed        .     .     fail  fail  .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .
preflight-skipped       .     .     trig  trig  .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .
submit-prepared         .     .     .     .     =     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .
not-sent                .     .     .     .     .     =     .     .     .     .     .     .     .     .     .     .     .     .     .     .
throttled               .     .     .     .     .     =     .     .     .     .     .     .     .     .     .     .     .     .     .     .
accepted                .     .     .     .     .     poll  .     .     .     .     .     .     .     .     .     .     .     .     .     .
refused                 .     .     .     .     .     fail  .     .     .     .     .     .     .     .     .     .     .     .     .     .
outcome-unknown         .     .     .     .     .     in-d  .     .     .     .     .     .     .     .     .     .     .     .     .     .
interrupted             .     .     .     .     .     in-d  .     .     .     .     .     .     .     .     .     .     .     .     .     .
search-found            .     .     .     .     .     .     trac  trac  .     .     .     .     .     .     .     .     .     .     .     .
search-empty/early      .     .     .     .     .     .     =     .     .     .     .     .     .     .     .     .     .     .     .     .
search-empty/late       .     .     .     .     .     .     trig  .     .     .     .     .     .     .     .     .     .     .     .     .
search-contradicted     .     .     .     .     .     .     held  .     .     .     .     .     .     .     .     .     .     .     .     .
operation-running       .     .     .     .     .     .     .     =     .     .     .     .     .     .     .     .     .     .     .     .
operation-succeeded     .     .     .     .     .     .     .     trac  .     .     .     .     .     .     .     .     .     .     .     .
operation-failed        .     .     .     .     .     .     .     fail  .     .     .     .     .     .     .     .     .     .     .     .
operation-failed/cancel .     .     .     .     .     .     .     stop  .     .     .     .     .     .     .     .     .     .     .     .
operation-gone          .     .     .     .     .     .     .     in-d  .     .     .     .     .     .     .     .     .     .     .     .
job-listed/running      .     .     .     .     .     .     .     .     =     =     =     =     =     .     .     .     .     .     .     .
job-listed/ended        .     .     .     .     .     .     .     .     =     =     =     =     =     .     .     .     .     .     .     .
job-listed/missing      .     .     .     .     .     .     .     .     =     =     =     =     =     .     .     .     .     .     .     .
job-read/running        .     .     .     .     .     .     .     .     trac  =     =     =     =     .     .     .     .     .     .     .
job-read/rehydrating    .     .     .     .     .     .     .     .     =     =     =     =     =     .     .     .     .     .     .     .
job-read/completed      .     .     .     .     .     .     .     .     done  done  done  done  done  .     .     .     .     .     .     .
job-read/warnings       .     .     .     .     .     .     .     .     warn  warn  warn  warn  warn  .     .     .     .     .     .     .
job-read/findings       .     .     .     .     .     .     .     .     find  find  find  find  find  .     .     .     .     .     .     .
job-read/failed         .     .     .     .     .     .     .     .     fail  fail  fail  fail  fail  .     .     .     .     .     .     .
job-read/cancelled      .     .     .     .     .     .     .     .     stop  stop  stop  stop  stop  .     .     .     .     .     .     .
job-gone                .     .     .     .     .     .     .     .     held  held  held  held  held  .     .     .     .     .     .     .
watched                 .     .     .     .     .     .     .     .     =     =     .     .     =     .     .     .     .     .     .     .
read-failed             =     =     =     =     =     .     =     =     =     =     =     =     =     .     .     .     .     .     .     .
not-asked               .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .
read-refused            .     fail  fail  fail  fail  .     held  held  held  held  held  held  held  .     .     .     .     .     .     .
spec-unreadable         held  held  held  held  held  held  .     .     .     .     .     .     .     .     .     .     .     .     .     .
cancel-requested        stop  stop  stop  stop  stop  =     =     =     canc  canc  .     .     .     stop  .     .     .     .     .     .
cancel-accepted         .     .     .     .     .     .     .     .     .     .     =     .     .     .     .     .     .     .     .     .
cancel-running          .     .     .     .     .     .     .     .     .     .     .     =     .     .     .     .     .     .     .     .
cancel-done             .     .     .     .     .     .     .     .     .     .     .     =     .     .     .     .     .     .     .     .
cancel-refused          .     .     .     .     .     .     .     .     .     .     trac  trac  .     .     .     .     .     .     .     .
hold-requested          held  held  held  held  held  .     .     .     .     .     .     .     .     .     .     .     .     .     .     .
release-requested       .     .     .     .     .     .     .     .     .     .     .     .     .     queue trac  .     .     .     .     .
retry-requested         .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     .     queue queue
retry-requested/sure    .     .     .     .     .     .     .     .     .     .     .     .     .     .     queue .     .     .     queue queue
)";

using Phase = Cancelling::Phase;

/// In the order of the columns.
std::vector<Job> jobs() {
  std::vector<Job> all;
  for (const State& state : std::vector<State>{Queued{},
                                               Resolving{},
                                               Validating{},
                                               Validating{operation_url},
                                               Triggering{false},
                                               Triggering{true},
                                               in_doubt(),
                                               Polling{now - 10min},
                                               Rehydrating{old_tracking()},
                                               old_tracking(),
                                               cancelling(Phase::asking),
                                               cancelling(Phase::following),
                                               cancelling(Phase::watching),
                                               Held{false},
                                               Held{true},
                                               Succeeded{},
                                               SucceededWithWarnings{},
                                               SucceededWithFindings{},
                                               Failed{},
                                               Cancelled{}}) {
    all.push_back(job_in(state));
  }
  return all;
}

EventPayload job_read(JobRead::End end) {
  JobRead read;
  read.end = end;
  read.azure_status = "as the service says";
  return read;
}

EventPayload job_read_while_rehydrating() {
  JobRead read;
  read.azure_status = "InProgress";
  read.rehydrating = true;
  return read;
}

EventPayload job_read_with_findings() {
  JobRead read;
  read.end = JobRead::End::completed;
  read.azure_status = "Completed";
  read.findings = {"asked for one thing, got another"};
  return read;
}

/// The events of the rows, by name; the part after a slash separates events of one kind with different effects.
std::vector<std::pair<std::string, EventPayload>> events() {
  using End = JobRead::End;
  return {{"begun", Started{}},
          {"item-found", ItemFound{}},
          {"vault-read", VaultRead{VaultFacts{"westus", "", {}, false, {}, {}, {}}, ""}},
          {"guard-read", GuardRead{}},
          {"point-chosen", PointChosen{}},
          {"resolve-failed", ResolveFailed{problem("NoSuchItem")}},
          {"preflight-asked", PreflightAsked{operation_url, 10s}},
          {"preflight-running", PreflightRunning{}},
          {"preflight-passed", PreflightPassed{}},
          {"preflight-failed", PreflightFailed{problem("UserErrorCoreCountSubscriptionQuotaReached")}},
          {"preflight-skipped", PreflightSkipped{"the service does not know it"}},
          {"submit-prepared", TriggerPrepared{request_id}},
          {"not-sent", NotSent{problem("NoAnswer")}},
          {"throttled", Throttled{problem("TooManyRequests"), 5s}},
          {"accepted", Accepted{operation_url, "op", 60s}},
          {"refused", Refused{problem("BMSUserErrorInvalidInput")}},
          {"outcome-unknown", OutcomeUnknown{problem("GatewayTimeout")}},
          {"interrupted", Interrupted{}},
          {"search-found", SearchFound{azure_job_id, "InProgress"}},
          {"search-empty/early", SearchEmpty{now}},
          {"search-empty/late", SearchEmpty{now + 1min}},
          {"search-contradicted", SearchContradicted{problem("SeveralJobs")}},
          {"operation-running", OperationRunning{}},
          {"operation-succeeded", OperationSucceeded{azure_job_id}},
          {"operation-failed", OperationFailed{problem("CloudInternalError"), false}},
          {"operation-failed/cancel", OperationFailed{problem("Canceled"), true}},
          {"operation-gone", OperationGone{"the operation is gone", true}},
          {"job-listed/running", JobListed{"InProgress"}},
          {"job-listed/ended", JobListed{"Completed"}},
          {"job-listed/missing", JobListed{}},
          {"job-read/running", job_read(End::running)},
          {"job-read/rehydrating", job_read_while_rehydrating()},
          {"job-read/completed", job_read(End::completed)},
          {"job-read/warnings", job_read(End::completed_with_warnings)},
          {"job-read/findings", job_read_with_findings()},
          {"job-read/failed", job_read(End::failed)},
          {"job-read/cancelled", job_read(End::cancelled)},
          {"job-gone", JobGone{problem("ResourceNotFound")}},
          {"watched", DetailsRequested{}},
          {"read-failed", ReadFailed{problem("ServerTimeout"), {}}},
          {"not-asked", RequestWithdrawn{}},
          {"read-refused", ReadRefused{problem("AuthorizationFailed")}},
          {"spec-unreadable", SpecUnreadable{problem("JobFile")}},
          {"cancel-requested", CancelRequested{1000}},
          {"cancel-accepted", CancelAccepted{operation_url, {}}},
          {"cancel-running", CancelRunning{}},
          {"cancel-done", CancelDone{}},
          {"cancel-refused", CancelRefused{problem("BMSUserErrorJobNotCancellable")}},
          {"hold-requested", HoldRequested{1000}},
          {"release-requested", ReleaseRequested{1000}},
          {"retry-requested", RetryRequested{1000, false}},
          {"retry-requested/sure", RetryRequested{1000, true}}};
}

std::map<std::string, std::vector<std::string>> rows() {
  std::map<std::string, std::vector<std::string>> read;
  std::istringstream lines{std::string(table)};
  std::string line;
  while (std::getline(lines, line)) {
    std::istringstream cells(line);
    std::string name, cell;
    if (line.empty() || line.front() == ' ' || !(cells >> name)) continue;
    while (cells >> cell) read[name].push_back(cell);
  }
  return read;
}

/// The full name for a cell.
std::string expected(const std::string& cell, const Job& before) {
  if (cell == ".") return "refused";
  if (cell == "=") return std::string(state_name(before.state));
  static const std::map<std::string, std::string> alike = {{"done", "succeeded"},
                                                           {"warn", "succeeded-with-warnings"},
                                                           {"find", "succeeded-with-findings"},
                                                           {"canc", "cancelling"},
                                                           {"stop", "cancelled"}};
  if (const auto found = alike.find(cell); found != alike.end()) return found->second;
  for (const std::string_view name : state_names()) {
    if (name.starts_with(cell)) return std::string(name);
  }
  return "no state begins with " + cell;
}

template <class Check>
void for_every_pair(Check check) {
  const auto all = rows();
  for (const auto& [name, happening] : events()) {
    ASSERT_TRUE(all.contains(name)) << "the table has no row " << name;
    const auto states = jobs();
    ASSERT_EQ(all.at(name).size(), states.size()) << "the row " << name;
    for (std::size_t column = 0; column < states.size(); ++column) {
      SCOPED_TRACE(name + " in " + std::string(state_name(states[column].state)) + ", column " +
                   std::to_string(column));
      check(states[column], happening, expected(all.at(name)[column], states[column]));
    }
  }
}

TEST(Evolve, TheTableKnowsEveryStateAndEveryEvent) {
  std::set<std::size_t> states, happenings;
  for (const Job& job : jobs()) states.insert(job.state.index());
  for (const auto& [name, happening] : events()) {
    happenings.insert(happening.index());
    EXPECT_EQ(name.substr(0, name.find('/')), event_name(happening));
  }
  EXPECT_EQ(states.size(), std::variant_size_v<State>) << "a new state: give it a column";
  EXPECT_EQ(happenings.size(), std::variant_size_v<EventPayload::variant>) << "a new event: give it a row";
  EXPECT_EQ(rows().size(), events().size());
}

TEST(Evolve, EveryPairLeadsWhereTheTableSays) {
  for_every_pair([](const Job& before, const EventPayload& happening, const std::string& wanted) {
    const auto next = evolve(before, Event(happening), Policy{}, Moment{now, 0});
    EXPECT_EQ(next ? std::string(state_name(next->job.state)) : "refused", wanted);
    if (!next) {
      EXPECT_EQ(next.error().kind(), ErrorKind::refused);
      EXPECT_FALSE(next.error().sentence().empty());
    }
  });
}

TEST(Evolve, SinceChangesExactlyWhenTheStateDoes) {
  for_every_pair([](const Job& before, const EventPayload& happening, const std::string&) {
    const auto next = evolve(before, Event(happening), Policy{}, Moment{now, 0});
    if (!next) return;
    const bool moved = next->job.state.index() != before.state.index();
    EXPECT_EQ(next->job.since, moved ? now : before.since);
    EXPECT_TRUE(next->line || !moved) << "a change of state belongs into the history";
  });
}

TEST(Evolve, StoreColumnsAndTheIdentityOfTheJobStayUnchanged) {
  for_every_pair([](const Job& before, const EventPayload& happening, const std::string&) {
    const auto next = evolve(before, Event(happening), Policy{}, Moment{now, 0});
    if (!next) return;
    EXPECT_EQ(next->job.version, before.version);
    EXPECT_EQ(next->job.id, before.id);
    EXPECT_EQ(next->job.name, before.name);
    EXPECT_EQ(next->job.vault.key(), before.vault.key());
    EXPECT_EQ(next->job.submitter_uid, before.submitter_uid);
    EXPECT_EQ(next->job.created_at, before.created_at);
    // A retry is a new attempt with its own request id, which is chosen later.
    const bool is_retry = std::holds_alternative<RetryRequested>(happening);
    EXPECT_EQ(next->job.progress.request_id, is_retry ? "" : before.progress.request_id);
  });
}

TEST(Evolve, TheHistoryHasOldStateNewStateAndReason) {
  for_every_pair([](const Job& before, const EventPayload& happening, const std::string&) {
    const Event event(happening, ResponseIds{409, "azure-request", "azure-correlation"});
    const auto next = evolve(before, event, Policy{}, Moment{now, 0});
    if (!next || !next->line) return;
    EXPECT_EQ(next->line->at, now);
    EXPECT_EQ(next->line->from, state_name(before.state));
    EXPECT_EQ(next->line->to, state_name(next->job.state));
    EXPECT_EQ(next->line->cause, event_name(happening));
    EXPECT_EQ(next->line->http_status, 409);
    EXPECT_EQ(next->line->azure_request_id, "azure-request");
    EXPECT_EQ(next->line->azure_correlation_id, "azure-correlation");
  });
}

TEST(Evolve, NoEventLeavesAJobThatWaitsForEver) {
  // After every event, a job that is not at rest acts again within the longest time that any rule allows, apart from a
  // wait that the server asks for.
  for_every_pair([](const Job& before, const EventPayload& happening, const std::string&) {
    const Policy policy;
    const auto next = evolve(before, Event(happening), policy, Moment{now, 0.999});
    if (!next) return;
    EXPECT_TRUE(is_at_rest(next->job.state) || next->job.not_before <= now + policy.unasked_read);
    EXPECT_EQ(wants<Rest>(next->job), is_at_rest(next->job.state));
  });
}

TEST(Evolve, ALateFactIsRefusedInWords) {
  EXPECT_EQ(refusal(job_in(old_tracking()), Event(Accepted{operation_url, "op", {}})),
            "'accepted' does not apply to a job that is tracking");
}

TEST(Evolve, FinalStatesRefuseACancelInWords) {
  EXPECT_EQ(refusal(job_in(Succeeded{}), Event(CancelRequested{0})), "the job has already finished: it succeeded");
  EXPECT_EQ(refusal(job_in(Failed{}), Event(CancelRequested{0})), "the job has already finished: it failed");
  EXPECT_EQ(refusal(job_in(Cancelled{}), Event(CancelRequested{0})), "the job has already finished: it was cancelled");
}

}  // namespace
}  // namespace azrestored::test
