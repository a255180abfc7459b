// Commands over the control socket: each becomes its event, with the operator's name, and is answered with one
// sentence.
#include <gtest/gtest.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include "core/azure/problem.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/jobfile/point_rule.hpp"
#include "tests/support/job_file.hpp"
#include "tests/support/raw_connection.hpp"
#include "tests/support/served_jobs.hpp"

namespace azrestored::test {
namespace {

class ControlCommandsTest : public ::testing::Test {
 protected:
  ControlCommandsTest() { EXPECT_TRUE(jobs_.serve()); }

  RawAnswer post(const std::string& target, const std::string& body = "") {
    return ask(jobs_.socket(), "POST", target, body);
  }
  RawAnswer get(const std::string& target) { return ask(jobs_.socket(), "GET", target); }
  void azure_answers(const Result<nlohmann::json>& answer) {
    jobs_.on_loop([&] { jobs_.backend.azure = answer; });
  }

  ServedJobs jobs_;
};

TEST_F(ControlCommandsTest, HoldAndReleaseAreAppliedToTheJob) {
  jobs_.put(sample_job(1, Queued{}));
  const RawAnswer held = post("/v1/jobs/web01-drill/hold");
  ASSERT_EQ(held.status, 200) << held.body;
  EXPECT_EQ(held.body["job"]["state"], "held");
  EXPECT_EQ(held.body["answer"], "held: nothing is started before `azrestorectl release " + job_id(1) + "`");

  const RawAnswer released = post("/v1/jobs/web01-drill/release");
  EXPECT_EQ(released.body["job"]["state"], "queued");
  EXPECT_EQ(released.body["answer"], "released: it starts as soon as a slot is free");
  jobs_.on_loop([&] { EXPECT_EQ(std::get<HoldRequested>(jobs_.backend.commands.at(0)).uid, ::getuid()); });
}

TEST_F(ControlCommandsTest, AReleaseWhileARestoreMayRunNamesTheSearchBeforeTheRequest) {
  Job job = sample_job(1, Held{true});
  job.progress.request_id = "r-1";
  jobs_.put(job);
  EXPECT_EQ(post("/v1/jobs/web01-drill/release").body["answer"],
            "released: azrestored searches Azure again for a restore with request id r-1; it requests no restore "
            "before the result is clear");
}

TEST_F(ControlCommandsTest, ARetryIsANewAttemptWithTheSameRecoveryPoint) {
  Job job = sample_job(1, Failed{});
  job.progress.request_id = "r-1";
  job.progress.point = RecoveryPoint{"7001", job.since, "AppConsistent", {"InstantRP"}, true};
  jobs_.put(job);
  const RawAnswer answer = post("/v1/jobs/web01-drill/retry");
  EXPECT_EQ(answer.body["job"]["state"], "queued");
  EXPECT_EQ(answer.body["job"]["attempt"], 2);
  EXPECT_EQ(answer.body["answer"],
            "started again as attempt 2, with a new request id and the same recovery point 7001");
}

TEST_F(ControlCommandsTest, ARetryWhileARestoreMayRunNeedsNothingRuns) {
  jobs_.put(sample_job(1, Held{true}));
  const RawAnswer refused = post("/v1/jobs/web01-drill/retry");
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.code(), "conflict");
  EXPECT_EQ(post("/v1/jobs/web01-drill/retry?nothingRuns=1").status, 200);
}

TEST_F(ControlCommandsTest, CommandsTakeOnlyPostAndQueriesTakeOnlyGet) {
  jobs_.put(sample_job(1, Queued{}));
  for (const char* command : {"hold", "release", "retry"})
    EXPECT_EQ(get(std::string("/v1/jobs/web01-drill/") + command).status, 405) << command;
  for (const char* question : {"/v1/vms", "/v1/points", "/v1/jobs/web01-drill/explain"})
    EXPECT_EQ(post(question).status, 405) << question;
  EXPECT_EQ(get("/v1/dry-run").status, 405);
  EXPECT_EQ(post("/v1/jobs/web01-drill/destroy").status, 404);
  jobs_.on_loop([&] { EXPECT_TRUE(jobs_.backend.commands.empty()); });
}

TEST_F(ControlCommandsTest, AJobIsExplained) {
  Job job = sample_job(1, Failed{});
  job.progress.problem = Problem{"UserErrorX", "no network", 400, "r", "c", {}};
  jobs_.put(job);
  const RawAnswer answer = get("/v1/jobs/web01-drill/explain");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body["state"], "failed");
  EXPECT_EQ(answer.body["problem"]["code"], "UserErrorX");
  EXPECT_EQ(answer.body["support"]["correlationId"], "c");
}

const std::string vault = "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v";

TEST_F(ControlCommandsTest, AQueryAboutAVaultReachesTheBackendUnchanged) {
  azure_answers(nlohmann::json::parse(R"({"vms": []})"));
  EXPECT_EQ(get("/v1/vms?vault=" + vault + "&auth=prod&region=eastus").body, nlohmann::json::parse(R"({"vms": []})"));
  get("/v1/points?vault=" + vault + "&vm=web/web01&notOlderThan=36h&tier=InstantRP,HardenedRP");
  jobs_.on_loop([&] {
    ASSERT_EQ(jobs_.backend.questions.size(), 2U);
    const PointsQuestion& vms = jobs_.backend.questions[0];
    EXPECT_EQ(vms.where.vault.name, "v");
    EXPECT_EQ(vms.where.auth, "prod");
    EXPECT_EQ(vms.where.cross_region, "eastus");
    const PointsQuestion& points = jobs_.backend.questions[1];
    EXPECT_EQ(std::get<VmByGroup>(points.vm).resource_group, "web");
    EXPECT_EQ(std::get<PointFilter>(points.rule).not_older_than, std::chrono::hours(36));
    EXPECT_EQ(std::get<PointFilter>(points.rule).tier, (std::vector<std::string>{"InstantRP", "HardenedRP"}));
  });
}

TEST_F(ControlCommandsTest, AMalformedQuerySendsNothingToAzure) {
  for (const std::string& target :
       std::vector<std::string>{"/v1/vms", "/v1/vms?vault=here", "/v1/points?vault=" + vault,
                                "/v1/points?vault=" + vault + "&vm=web01&before=noon"}) {
    EXPECT_EQ(get(target).code(), "badRequest") << target;
  }
  jobs_.on_loop([&] { EXPECT_TRUE(jobs_.backend.questions.empty()); });
}

TEST_F(ControlCommandsTest, EachKindOfAzureErrorHasItsStatusAndCode) {
  const std::vector<std::tuple<ErrorKind, int, std::string>> table{
      {ErrorKind::unauthorized, 403, "notAuthorized"}, {ErrorKind::not_found, 404, "notFound"},
      {ErrorKind::conflict, 409, "ambiguous"},         {ErrorKind::refused, 409, "azureRefused"},
      {ErrorKind::throttled, 503, "azureUnavailable"}, {ErrorKind::transient, 503, "azureUnavailable"},
      {ErrorKind::cancelled, 503, "unavailable"}};
  for (const auto& [kind, status, code] : table) {
    azure_answers(Error(kind, "in Azure's words"));
    const RawAnswer answer = get("/v1/vms?vault=" + vault);
    EXPECT_EQ(answer.status, status) << code;
    EXPECT_EQ(answer.code(), code);
    EXPECT_EQ(answer.body["error"]["message"], "in Azure's words");
  }
}

TEST_F(ControlCommandsTest, ADryRunUsesTheJobFileInTheBody) {
  azure_answers(nlohmann::json::parse(R"({"ok": true})"));
  EXPECT_EQ(post("/v1/dry-run", std::string(small_job)).body, nlohmann::json::parse(R"({"ok": true})"));
  jobs_.on_loop([&] {
    ASSERT_EQ(jobs_.backend.tried.size(), 1U);
    EXPECT_EQ(jobs_.backend.tried.front()->name, "drill");
  });
}

TEST_F(ControlCommandsTest, ADryRunOfAWrongJobFileIsRefusedWithItsFaults) {
  const RawAnswer answer = post("/v1/dry-run", R"({"vault": 5})");
  EXPECT_EQ(answer.status, 400);
  const std::string message = answer.body["error"]["message"];
  EXPECT_NE(message.find("/vault, line 1, column 11: "), std::string::npos) << message;
  jobs_.on_loop([&] { EXPECT_TRUE(jobs_.backend.tried.empty()); });
}

}  // namespace
}  // namespace azrestored::test
