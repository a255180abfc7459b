// The response to each request to the control socket, over a real socket.
#include <gtest/gtest.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include "core/admission/wait_reason.hpp"
#include "core/azure/problem.hpp"
#include "tests/support/raw_connection.hpp"
#include "tests/support/served_jobs.hpp"

namespace azrestored::test {
namespace {

class ControlRoutesTest : public ::testing::Test {
 protected:
  ControlRoutesTest() { EXPECT_TRUE(jobs_.serve()); }

  RawAnswer get(const std::string& target) { return ask(jobs_.socket(), "GET", target); }
  RawAnswer post(const std::string& target, const std::string& body = "") {
    return ask(jobs_.socket(), "POST", target, body);
  }

  ServedJobs jobs_;
};

TEST_F(ControlRoutesTest, AListBeginsWithTheNewestAndNamesWhereTheNextPageBegins) {
  for (int number = 1; number <= 3; ++number) jobs_.put(sample_job(number, Queued{}));
  const RawAnswer first = get("/v1/jobs?limit=2");
  ASSERT_EQ(first.status, 200);
  ASSERT_EQ(first.body["jobs"].size(), 2U);
  EXPECT_EQ(first.body["jobs"][0]["id"], job_id(3));
  EXPECT_EQ(first.body["next"], job_id(2));

  const RawAnswer last = get("/v1/jobs?limit=2&after=" + job_id(2));
  ASSERT_EQ(last.body["jobs"].size(), 1U);
  EXPECT_EQ(last.body["jobs"][0]["id"], job_id(1));
  EXPECT_TRUE(last.body["next"].is_null());
}

TEST_F(ControlRoutesTest, TheListOfTheSpoolIsThatOfTheDaemonAndHasALimit) {
  const nlohmann::json files{{"files", nlohmann::json::array()}, {"more", 7}};
  jobs_.on_loop([&] { jobs_.backend.spooled = files; });
  const RawAnswer listed = get("/v1/spool");
  EXPECT_EQ(listed.status, 200);
  EXPECT_EQ(listed.body, files);
  EXPECT_EQ(get("/v1/spool?limit=1000").status, 200);
  EXPECT_EQ(jobs_.backend.files_wanted, (std::vector<std::size_t>{100, 1000}));

  for (const std::string query : {"limit=0", "limit=1001", "limit=-1", "limit=x", "folder=rejected"}) {
    const RawAnswer refused = get("/v1/spool?" + query);
    EXPECT_EQ(refused.status, 400) << query;
    EXPECT_EQ(refused.body["error"]["code"], "badRequest") << query;
  }
  EXPECT_EQ(jobs_.backend.files_wanted.size(), 2U);
}

TEST_F(ControlRoutesTest, AListCanBeLimitedToOneState) {
  jobs_.put(sample_job(1, Failed{}));
  jobs_.put(sample_job(2, Queued{}));
  const RawAnswer failed = get("/v1/jobs?state=failed");
  ASSERT_EQ(failed.body["jobs"].size(), 1U);
  EXPECT_EQ(failed.body["jobs"][0]["name"], "web01-drill");
}

TEST_F(ControlRoutesTest, AListCanBeLimitedToAVaultAVmOrATimeAndBeginWithTheOldest) {
  for (int number = 1; number <= 4; ++number) {
    Job job = sample_job(number, Queued{});
    if (number == 2) job.vault.name = "other";
    jobs_.put(job);
  }
  const auto ids = [&](const std::string& query) {
    std::vector<std::string> found;
    const RawAnswer answer = get("/v1/jobs?" + query);
    for (const auto& job : answer.body["jobs"]) found.push_back(job["id"]);
    return found;
  };
  EXPECT_EQ(ids("vault=OTHER"), (std::vector{job_id(2)}));
  EXPECT_EQ(ids("vm=web03"), (std::vector{job_id(3)}));
  EXPECT_EQ(ids("since=2026-11-20T10:03:00Z"), (std::vector{job_id(4), job_id(3)}));
  EXPECT_EQ(ids("order=oldest&limit=2"), (std::vector{job_id(1), job_id(2)}));
  EXPECT_EQ(ids("order=oldest&after=" + job_id(3)), (std::vector{job_id(4)}));
  EXPECT_EQ(ids("vault=main&order=newest&since=2026-11-20T11:02:00%2B01:00"), (std::vector{job_id(4), job_id(3)}));
}

/// A job in `state` whose restore was requested this long ago.
Job restore_of(int number, std::chrono::minutes ago, State state) {
  Job job = sample_job(number, std::move(state));
  const Instant now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  job.created_at = now - ago;
  job.progress.posted_at = now - ago;
  job.vm = "web01";
  return job;
}

TEST_F(ControlRoutesTest, TheExpectedEndComesFromEarlierRestoresOfTheVm) {
  using std::chrono::minutes;
  jobs_.put(restore_of(1, minutes(5), Tracking{}));
  EXPECT_TRUE(get("/v1/jobs/" + job_id(1)).body["expectedEnd"].is_null());

  // One of 20 minutes, and three that do not count: of another kind, of another vault, and a failed one.
  for (int number = 2; number <= 5; ++number) {
    Job job = restore_of(number, minutes(500), number == 5 ? State(Failed{}) : State(Succeeded{}));
    job.since = job.progress.posted_at + (number == 2 ? minutes(20) : minutes(90));
    if (number == 3) job.recovery_type = "AlternateLocation";
    if (number == 4) job.vault.name = "other";
    jobs_.put(job);
  }
  jobs_.stop();  // durations are read again after a minute, or by a new daemon
  ASSERT_TRUE(jobs_.serve());
  const auto job = get("/v1/jobs/" + job_id(1)).body;
  EXPECT_EQ(job["expectedBy"], "pastRuns") << job.dump(2);
  EXPECT_EQ(job["expectedEnd"], to_rfc3339(*parse_rfc3339(job["requested"].get<std::string>()) + minutes(20)));
  EXPECT_EQ(get("/v1/jobs?state=tracking").body["jobs"][0]["expectedEnd"], job["expectedEnd"]);
}

TEST_F(ControlRoutesTest, WithoutRestoresOfTheVmThoseOfTheVaultCount) {
  using std::chrono::minutes;
  jobs_.put(restore_of(1, minutes(5), Polling{}));
  for (int number = 2; number <= 4; ++number) {
    Job job = restore_of(number, minutes(500), Succeeded{});
    job.vm = "web0" + std::to_string(number);
    job.since = job.progress.posted_at + minutes(10 * number);
    jobs_.put(job);
  }
  const auto job = get("/v1/jobs/" + job_id(1)).body;
  EXPECT_EQ(job["expectedEnd"], to_rfc3339(*parse_rfc3339(job["requested"].get<std::string>()) + minutes(30)));
}

TEST_F(ControlRoutesTest, AnUnknownStateIsRefusedWithTheNearestKnownOne) {
  const RawAnswer answer = get("/v1/jobs?state=trackin");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.body["error"]["message"], "there is no state \"trackin\"; did you mean \"tracking\"?");
}

TEST_F(ControlRoutesTest, AListWithAWrongLimitOrAnUnknownParameterIsRefused) {
  for (const char* query : {"limit=0", "limit=201", "limit=ten", "limit=5x", "limit=", "colour=red", "since=24h",
                            "since=", "order=random"}) {
    EXPECT_EQ(get(std::string("/v1/jobs?") + query).code(), "badRequest") << query;
  }
}

TEST_F(ControlRoutesTest, AJobIsFoundByItsIdByAPrefixOfItAndByItsName) {
  Job job = sample_job(1, Queued{});
  job.name = "web 01/drill";
  jobs_.put(job);
  for (const char* name : {"00000000-0000-4000-8000-000000000001", "0000", "web%2001%2Fdrill"}) {
    const RawAnswer answer = get(std::string("/v1/jobs/") + name);
    EXPECT_EQ(answer.status, 200) << name;
    EXPECT_EQ(answer.body["id"], job_id(1)) << name;
  }
}

TEST_F(ControlRoutesTest, AnUnknownJobIsNotFound) {
  const RawAnswer answer = get("/v1/jobs/web09");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.code(), "notFound");
}

TEST_F(ControlRoutesTest, APrefixThatMatchesTwoJobsIsAmbiguous) {
  jobs_.put(sample_job(1, Queued{}));
  jobs_.put(sample_job(2, Queued{}));
  const RawAnswer answer = get("/v1/jobs/00000000");
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(answer.code(), "ambiguous");
}

TEST_F(ControlRoutesTest, OnlyAWatchedRunningJobIsReportedToTheBackend) {
  jobs_.put(sample_job(1, Tracking{}));
  jobs_.put(sample_job(2, Succeeded{}));
  get("/v1/jobs/" + job_id(1));
  get("/v1/jobs/" + job_id(1) + "?watch=1");
  get("/v1/jobs/" + job_id(2) + "?watch=1");
  jobs_.on_loop([&] { EXPECT_EQ(jobs_.backend.watched_jobs, std::vector<JobId>{job_id(1)}); });
}

TEST_F(ControlRoutesTest, EventsAreTheJobsHistory) {
  HistoryLine line;
  line.at = *parse_rfc3339("2026-11-20T10:01:00Z");
  line.from = "queued";
  line.to = "resolving";
  line.cause = "begun";
  jobs_.put(sample_job(1, Resolving{}), {line});
  const RawAnswer answer = get("/v1/jobs/web01-drill/events");
  EXPECT_EQ(answer.body["id"], job_id(1));
  ASSERT_EQ(answer.body["events"].size(), 1U);
  EXPECT_EQ(answer.body["events"][0]["cause"], "begun");
}

TEST_F(ControlRoutesTest, AQueuedJobHasItsQueuePosition) {
  for (int number = 1; number <= 3; ++number) jobs_.put(sample_job(number, Queued{}));
  const RawAnswer shown = get("/v1/jobs/web03-drill");
  EXPECT_EQ(shown.body["waitsFor"], "a slot among the active jobs; position 3 in queue");
  EXPECT_EQ(shown.body["placeInLine"], 3);
  EXPECT_EQ(get("/v1/jobs/web03-drill/explain").body["placeInLine"], 3);
}

TEST_F(ControlRoutesTest, AJobThatWaitsForALimitHasItsPositionAmongTheJobsOfThatLimit) {
  for (int number = 1; number <= 3; ++number) {
    Job job = sample_job(number, Queued{});
    if (number == 2) job.vault.name = "other";
    jobs_.put(job);
  }
  jobs_.on_loop([&] {
    jobs_.backend.lines[job_id(3)] = WaitReason{LimitWait{ConcurrencyLimit::vault, 4, 4}, std::nullopt};
  });
  const std::string in_vault = "a slot in vault main, where 4 of 4 are in use (limits.concurrentRestoresPerVault)";
  EXPECT_EQ(get("/v1/jobs/web03-drill").body["waitsFor"], in_vault + "; position 2 in queue");
  const RawAnswer list = get("/v1/jobs?limit=1");
  EXPECT_EQ(list.body["jobs"][0]["waitsFor"], in_vault) << "a list reads no queue positions";
  EXPECT_TRUE(list.body["jobs"][0]["placeInLine"].is_null());
}

TEST_F(ControlRoutesTest, AnActiveJobCanWaitForAQuota) {
  jobs_.put(sample_job(1, Tracking{}));
  EXPECT_TRUE(get("/v1/jobs/web01-drill/explain").body["waitsFor"].is_null());
  jobs_.on_loop([&] { jobs_.backend.lines[job_id(1)] = WaitReason{QuotaWait{150, true, "vaults/backupJobs"}, 12}; });
  const std::string reads = "Azure's quota of 150 an hour for reads of vaults/backupJobs";
  EXPECT_EQ(get("/v1/jobs/web01-drill").body["waitsFor"], reads + "; position 12 in queue");
  EXPECT_EQ(get("/v1/jobs/web01-drill/explain").body["waitsFor"], reads + "; position 12 in queue");
  EXPECT_EQ(get("/v1/jobs?limit=1").body["jobs"][0]["placeInLine"], 12);
}

TEST_F(ControlRoutesTest, TheTimeAtWhichAnActiveJobContinuesIsTheDaemonsAndNotThatOfItsRow) {
  jobs_.put(sample_job(1, Polling{}));
  const Instant at = std::chrono::floor<Millis>(std::chrono::system_clock::now()) + std::chrono::minutes(5);
  jobs_.on_loop([&] { jobs_.backend.due[job_id(1)] = at; });
  EXPECT_EQ(get("/v1/jobs/web01-drill").body["nextAt"], to_rfc3339(at));
  EXPECT_EQ(get("/v1/jobs?limit=1").body["jobs"][0]["nextAt"], to_rfc3339(at));
  EXPECT_EQ(get("/v1/jobs/web01-drill/explain").body["next"]["at"], to_rfc3339(at));
}

TEST_F(ControlRoutesTest, CancelNamesTheUserAndReturnsTheJobAndASentence) {
  jobs_.put(sample_job(1, Queued{}));
  const RawAnswer answer = post("/v1/jobs/web01-drill/cancel");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body["job"]["state"], "cancelled");
  EXPECT_EQ(answer.body["answer"], "cancelled before anything was started in Azure");
  jobs_.on_loop([&] {
    ASSERT_EQ(jobs_.backend.commands.size(), 1U);
    EXPECT_EQ(std::get<CancelRequested>(jobs_.backend.commands.front()).uid, ::getuid());
  });
}

TEST_F(ControlRoutesTest, ARefusedCancelIsAConflictWithTheBackendsSentence) {
  jobs_.put(sample_job(1, Succeeded{}));
  jobs_.on_loop([&] { jobs_.backend.refusal = Error(ErrorKind::refused, "the job has succeeded already"); });
  const RawAnswer answer = post("/v1/jobs/web01-drill/cancel");
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(answer.code(), "conflict");
  EXPECT_EQ(answer.body["error"]["message"], "the job has succeeded already");
}

TEST_F(ControlRoutesTest, StatusAddsTheProcessAndTheJobCountsToThatOfTheBackend) {
  jobs_.put(sample_job(1, Queued{}));
  jobs_.put(sample_job(2, Queued{}));
  jobs_.put(sample_job(3, Failed{}));
  const RawAnswer answer = get("/v1/status");
  EXPECT_EQ(answer.body["jobs"], nlohmann::json::parse(R"({"queued": 2, "failed": 1})"));
  EXPECT_EQ(answer.body["pid"], ::getpid());
  EXPECT_EQ(answer.body["version"], AZRESTORED_VERSION);
  EXPECT_EQ(answer.body["active"], 2);
}

TEST_F(ControlRoutesTest, AnUnknownTargetIsNotFound) {
  for (const char* target : {"/", "/v1", "/v2/jobs", "/v1/secrets", "/v1/jobs/a/b", "/v1/jobs/a/events/b"}) {
    EXPECT_EQ(get(target).status, 404) << target;
  }
}

TEST_F(ControlRoutesTest, AWrongMethodIsRefused) {
  jobs_.put(sample_job(1, Queued{}));
  EXPECT_EQ(get("/v1/jobs/web01-drill/cancel").status, 405);
  EXPECT_EQ(post("/v1/jobs/web01-drill").status, 405);
  jobs_.on_loop([&] { EXPECT_TRUE(jobs_.backend.commands.empty()); });
}

TEST_F(ControlRoutesTest, EveryRouteNamesItsMethod) {
  const std::pair<const char*, const char*> routes[] = {
      {"/metrics", "GET"},         {"/v1/status", "GET"},         {"/v1/vms", "GET"},
      {"/v1/points", "GET"},       {"/v1/dry-run", "POST"},       {"/v1/jobs", "GET"},
      {"/v1/jobs/a", "GET"},       {"/v1/jobs/a/events", "GET"},  {"/v1/jobs/a/explain", "GET"},
      {"/v1/jobs/a/hold", "POST"}, {"/v1/jobs/a/cancel", "POST"}, {"/v1/jobs/a/release", "POST"},
      {"/v1/jobs/a/retry", "POST"}};
  for (const auto& [target, method] : routes) {
    const std::string other = std::string(method) == "GET" ? "POST" : "GET";
    const RawAnswer answer = ask(jobs_.socket(), other, target);
    EXPECT_EQ(answer.status, 405) << target;
    EXPECT_EQ(answer.code(), "badRequest") << target;
    EXPECT_EQ(answer.body["error"]["message"], "expected " + std::string(method) + ", found " + other) << target;
  }
}

TEST_F(ControlRoutesTest, AnUnknownRouteIsNamedInTheResponse) {
  const RawAnswer answer = post("/v1/jobs/web01-drill/forget");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.code(), "notFound");
  const std::string message = answer.body["error"]["message"];
  EXPECT_TRUE(message.starts_with("there is no POST /v1/jobs/web01-drill/forget; ")) << message;
}

/// The daemon's clock is behind or ahead of the machine's clock, after that one was set.
class SteppedClockTest : public ControlRoutesTest, public testing::WithParamInterface<std::chrono::hours> {
 protected:
  SteppedClockTest() {
    jobs_.on_loop([&] { jobs_.clock.ahead = GetParam(); });
  }
  [[nodiscard]] Instant daemon_time() const { return jobs_.clock.now(); }
};

TEST_P(SteppedClockTest, ResponsesUseTheClockOfTheRows) {
  Job job = sample_job(1, Polling{});
  job.since = daemon_time() - std::chrono::seconds(90);
  job.not_before = daemon_time() + std::chrono::minutes(5);
  jobs_.put(job);
  const auto explained = get("/v1/jobs/web01-drill/explain").body;
  EXPECT_GE(explained["sinceSeconds"], 90);
  EXPECT_LT(explained["sinceSeconds"], 120);
  EXPECT_EQ(explained["next"]["at"], to_rfc3339(job.not_before)) << "it is in the future";
}

TEST_P(SteppedClockTest, ATimeThatIsDueIsNotShown) {
  Job job = sample_job(1, Polling{});
  job.since = job.not_before = daemon_time() - std::chrono::seconds(5);
  jobs_.put(job);
  EXPECT_TRUE(get("/v1/jobs/web01-drill/explain").body["next"]["at"].is_null());
}

TEST_P(SteppedClockTest, AResponseHasTheTimeOfThatClock) {
  const std::string head = get("/v1/status").head;
  const std::string name = "\r\n" + std::string(control_time_header) + ": ";
  const auto begin = head.find(name);
  ASSERT_NE(begin, std::string::npos) << head;
  const std::string value = head.substr(begin + name.size(), head.find("\r\n", begin + 2) - begin - name.size());
  const auto at = parse_rfc3339(value);
  ASSERT_TRUE(at) << value;
  EXPECT_LT(std::chrono::abs(*at - daemon_time()), std::chrono::minutes(1));
}

INSTANTIATE_TEST_SUITE_P(Steps, SteppedClockTest,
                         testing::Values(std::chrono::hours(0), std::chrono::hours(1), std::chrono::hours(-1)),
                         [](const testing::TestParamInfo<std::chrono::hours>& each) {
                           const auto hours = each.param.count();
                           return hours == 0 ? "None" : hours > 0 ? "Ahead" : "Behind";
                         });

TEST_F(ControlRoutesTest, AMalformedEscapeIsABadRequest) {
  for (const char* target : {"/v1/jobs/%", "/v1/jobs/%4", "/v1/jobs/%zz"}) {
    EXPECT_EQ(get(target).status, 400) << target;
  }
}

TEST_F(ControlRoutesTest, InvalidUtf8DoesNotPreventTheResponse) {
  Job job = sample_job(1, Failed{});
  job.progress.problem = Problem{"UserErrorX", "cut in the middle of \xC3", 400, "", "", {}};
  jobs_.put(job);
  EXPECT_EQ(get("/v1/jobs/web01-drill").status, 200);
}

TEST_F(ControlRoutesTest, MetricsAreTextInTheRequestedFormat) {
  RawConnection connection(jobs_.socket());
  connection.write("GET /metrics HTTP/1.1\r\nAccept: application/openmetrics-text\r\nConnection: close\r\n\r\n");
  const RawAnswer answer = parse_answer(connection.read_to_end());
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.head.find("Content-Type: text/plain"), std::string::npos);
  EXPECT_EQ(answer.text, "up 1\n");
  EXPECT_EQ(jobs_.backend.accepted, std::vector<std::string>{"application/openmetrics-text"});
}

TEST_F(ControlRoutesTest, MetricsThatCannotBeReadAndOtherMethodsAreErrors) {
  EXPECT_EQ(post("/metrics").status, 405);
  jobs_.on_loop([&] { jobs_.backend.metrics_text = Error(ErrorKind::transient, "the disk is full"); });
  const RawAnswer answer = get("/metrics");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.body["error"]["message"], "the disk is full");
}

}  // namespace
}  // namespace azrestored::test
