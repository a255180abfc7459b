// The commands of azrestorectl that change a job or ask Azure through the daemon: their output and their exit codes.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/jobfile/point_rule.hpp"
#include "daemon/control/protocol.hpp"
#include "tests/support/job_file.hpp"
#include "tests/support/served_jobs.hpp"
#include "tests/unit/cli/program.hpp"

namespace azrestored::test {
namespace {

using nlohmann::json;

const std::string vault = "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v";

class AzrestorectlInventoryTest : public ::testing::Test {
 protected:
  AzrestorectlInventoryTest() { EXPECT_TRUE(jobs_.serve()); }

  Ended run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--socket", jobs_.socket()});
    return azrestorectl(arguments);
  }
  void azure_answers(const Result<json>& answer) {
    jobs_.on_loop([&] { jobs_.backend.azure = answer; });
  }
  std::string file(const std::string& name, const std::string& text) {
    std::ofstream(jobs_.folder / name) << text;
    return jobs_.folder / name;
  }

  ServedJobs jobs_;
};

TEST_F(AzrestorectlInventoryTest, HoldReleaseAndRetryPrintTheResult) {
  jobs_.put(sample_job(1, Queued{}));
  EXPECT_EQ(run({"hold", "web01-drill"}).output, "web01-drill (" + job_id(1) +
                                                     ", held): held: nothing is started before `azrestorectl release " +
                                                     job_id(1) + "`\n");
  EXPECT_EQ(run({"release", "web01-drill"}).output,
            "web01-drill (" + job_id(1) + ", queued): released: it starts as soon as a slot is free\n");
  EXPECT_EQ(run({"cancel", "web01-drill"}).code, 0);
  const Ended retry = run({"retry", "web01-drill"});
  EXPECT_EQ(retry.code, 0) << retry.errors;
  EXPECT_EQ(retry.output,
            "web01-drill (" + job_id(1) + ", queued): started again as attempt 2, with a new request id\n");
}

TEST_F(AzrestorectlInventoryTest, ARefusedCommandIsCodeOneInTheDaemonsWords) {
  jobs_.put(sample_job(1, Succeeded{}));
  const Ended hold = run({"hold", "web01-drill"});
  EXPECT_EQ(hold.code, 1);
  EXPECT_EQ(hold.errors, "azrestorectl: the job has already finished (succeeded); there is nothing to hold\n");
  EXPECT_EQ(run({"retry", "nobody"}).code, 5);
}

TEST_F(AzrestorectlInventoryTest, RetryOfWhatMayBeRunningTakesAWordForIt) {
  jobs_.put(sample_job(1, Held{true}));
  EXPECT_EQ(run({"retry", "web01-drill"}).code, 1);
  EXPECT_EQ(run({"retry", "web01-drill", "--nothing-runs"}).code, 0);
}

TEST_F(AzrestorectlInventoryTest, ExplainEndsWithTheJobsCode) {
  jobs_.put(sample_job(1, Held{true}));
  const Ended text = run({"explain", "web01-drill"});
  EXPECT_EQ(text.code, 7);
  EXPECT_NE(text.output.find("`azrestorectl release " + job_id(1) + "`"), std::string::npos) << text.output;
  EXPECT_EQ(json::parse(run({"explain", "web01-drill", "--json"}).output).at("state"), "held");
}

json vm(const std::string& name) {
  return {{"name", name},
          {"resourceGroup", "web"},
          {"lastBackupAt", "2026-11-19T22:00:00.123Z"},
          {"health", "Passed"},
          {"lastBackupStatus", "Completed"},
          {"item", "VM;" + name},
          {"protectionState", "Protected"},
          {"softDeleted", false}};
}

TEST_F(AzrestorectlInventoryTest, VmsAreATableOrAnObjectALine) {
  azure_answers(json{{"vms", {vm("web01"), vm("web02")}}});
  EXPECT_EQ(run({"vms", "--vault", vault}).output,
            "NAME   GROUP  LAST BACKUP           STATUS     HEALTH  PROTECTION  ITEM\n"
            "web01  web    2026-11-19T22:00:00Z  Completed  Passed  Protected   VM;web01\n"
            "web02  web    2026-11-19T22:00:00Z  Completed  Passed  Protected   VM;web02\n");
  EXPECT_EQ(run({"vms", "--vault", vault, "--json"}).output, vm("web01").dump() + "\n" + vm("web02").dump() + "\n");
}

json point(const std::string& id, bool picked) {
  return {{"id", id},
          {"time", "2026-11-19T22:00:00Z"},
          {"consistency", "AppConsistent"},
          {"tier", "Snapshot"},
          {"disks", 2},
          {"disksAttached", 3},
          {"zones", {"1"}},
          {"encrypted", true},
          {"picked", picked}};
}

TEST_F(AzrestorectlInventoryTest, PointsAreATableWithAStarOnTheOneThatAJobWouldTake) {
  azure_answers(json{{"total", 3}, {"points", {point("7002", true), point("7001", false)}}});
  const Ended points = run({"points", "--vault", vault, "--vm", "web01", "--consistency", "AppConsistent", "--tier",
                            "InstantRP", "--tier", "HardenedRP", "--not-older-than", "36h"});
  EXPECT_EQ(points.code, 0) << points.errors;
  EXPECT_EQ(points.output,
            "   TIME                  ID    CONSISTENCY    TIER      DISKS   ZONES  ENCRYPTED\n"
            "*  2026-11-19T22:00:00Z  7002  AppConsistent  Snapshot  2 of 3  1      yes\n"
            "   2026-11-19T22:00:00Z  7001  AppConsistent  Snapshot  2 of 3  1      yes\n");
  EXPECT_EQ(points.errors, "azrestorectl: 2 of the VM's 3 recovery points match\n");
  jobs_.on_loop([&] {
    const auto& filter = std::get<PointFilter>(jobs_.backend.questions.at(0).rule);
    EXPECT_EQ(filter.tier, (std::vector<std::string>{"InstantRP", "HardenedRP"}));
    EXPECT_EQ(filter.not_older_than, std::chrono::hours(36));
  });
}

TEST_F(AzrestorectlInventoryTest, WhenNoPointFitsTheReasonIsSaidWithCodeFive) {
  azure_answers(json{{"total", 3}, {"points", json::array()}, {"whyNone", "none of the 3 recovery points matches"}});
  const Ended points = run({"points", "--vault", vault, "--vm", "web01"});
  EXPECT_EQ(points.code, 5);
  EXPECT_EQ(points.errors, "azrestorectl: none of the 3 recovery points matches\n");
}

TEST_F(AzrestorectlInventoryTest, AzuresRefusalsHaveTheirCodes) {
  azure_answers(Error(ErrorKind::unauthorized, "AuthorizationFailed: no right"));
  EXPECT_EQ(run({"vms", "--vault", vault}).code, 4);
  azure_answers(Error(ErrorKind::not_found, "ResourceNotFound: no vault"));
  EXPECT_EQ(run({"vms", "--vault", vault}).code, 5);
  azure_answers(Error(ErrorKind::transient, "ServiceUnavailable: later"));
  EXPECT_EQ(run({"vms", "--vault", vault}).code, 1);
  EXPECT_EQ(run({"vms", "--vault", "here"}).code, 2);
  EXPECT_EQ(run({"vms"}).code, 2);
}

json tried_well() {
  return json::parse(R"({"ok": true, "problem": null, "warnings": ["not checked: the zone"], "region": "westus",
    "protectedItem": {"container": "c", "item": "VM;web01", "sourceResourceId": "/vm/web01"},
    "recoveryPoint": {"id": "7002", "time": "2026-11-19T22:00:00Z", "consistency": "AppConsistent",
                      "tiers": ["InstantRP"]},
    "request": {"method": "POST", "url": "https://arm/restore?x=1", "headers": {}, "body": {"properties": {"a": 1}}}})");
}

TEST_F(AzrestorectlInventoryTest, ADryRunPrintsWhatWasFoundAndTheExactRequest) {
  azure_answers(tried_well());
  const std::string path = file("drill.json", std::string(small_job));
  const Ended text = run({"submit", "--dry-run", path});
  EXPECT_EQ(text.code, 0) << text.errors;
  EXPECT_EQ(text.output, path +
                             ": would be sent; nothing was started\n"
                             "  VM                /vm/web01\n"
                             "  protected item    VM;web01\n"
                             "  recovery point    7002 of 2026-11-19T22:00:00Z, AppConsistent, InstantRP\n"
                             "  region            westus\n"
                             "  pre-flight        passed: Azure would accept the request\n"
                             "  warning           not checked: the zone\n"
                             "\n"
                             "POST https://arm/restore?x=1\n"
                             "{\n"
                             "  \"properties\": {\n"
                             "    \"a\": 1\n"
                             "  }\n"
                             "}\n");
  const json object = json::parse(run({"validate", "--online", path, "--json"}).output);
  EXPECT_EQ(object.at("file"), path);
  EXPECT_EQ(object.at("request").at("body").at("properties").at("a"), 1);
}

TEST_F(AzrestorectlInventoryTest, ADryRunThatFindsAProblemEndsWithItsKindOfCode) {
  const std::string path = file("drill.json", std::string(small_job));
  const auto code_for = [&](const std::string& code, int status) {
    json tried = tried_well();
    tried["ok"] = false;
    tried["request"] = nullptr;
    tried["problem"] = {
        {"code", code}, {"message", "in words"}, {"httpStatus", status}, {"recommendations", {"do it"}}};
    azure_answers(tried);
    const Ended ended = run({"submit", "--dry-run", path});
    EXPECT_NE(ended.output.find(path + ": would not be sent\n"), std::string::npos) << ended.output;
    EXPECT_NE(ended.output.find("  problem           " + code + ": in words\n"), std::string::npos) << ended.output;
    EXPECT_NE(ended.output.find("                    - do it\n"), std::string::npos) << ended.output;
    EXPECT_NE(ended.output.find("  pre-flight        failed, see the problem\n"), std::string::npos) << ended.output;
    return ended.code;
  };
  EXPECT_EQ(code_for("AuthorizationFailed", 403), 4);
  EXPECT_EQ(code_for("NoSuchItem", 0), 5);
  EXPECT_EQ(code_for("UserErrorNeverSeen", 400), 1);
}

TEST_F(AzrestorectlInventoryTest, AFaultyFileIsNotTried) {
  const std::string bad = file("bad.json", R"({"vault": 5})");
  const std::string good = file("drill.json", std::string(small_job));
  EXPECT_EQ(run({"submit", "--dry-run", bad, good}).code, 1);
  EXPECT_EQ(run({"validate", "--online", bad, good}).code, 1);
  jobs_.on_loop([&] { EXPECT_TRUE(jobs_.backend.tried.empty()); });
}

TEST_F(AzrestorectlInventoryTest, AFileLargerThanTheSocketTakesIsRefusedInASentence) {
  const std::string path = file("large.json", std::string(max_control_body_bytes, ' ') + std::string(small_job));
  const Ended run_large = run({"submit", "--dry-run", path});
  EXPECT_EQ(run_large.code, 1);
  EXPECT_NE(run_large.errors.find("a dry run accepts at most 57344"), std::string::npos) << run_large.errors;
  EXPECT_EQ(run({"validate", path}).code, 0);
}

TEST_F(AzrestorectlInventoryTest, WithoutADaemonAzureCannotBeAsked) {
  jobs_.stop();
  const std::string path = file("drill.json", std::string(small_job));
  EXPECT_EQ(run({"vms", "--vault", vault}).code, 9);
  EXPECT_EQ(run({"submit", "--dry-run", path}).code, 9);
  EXPECT_EQ(run({"hold", "web01-drill"}).code, 9);
}

}  // namespace
}  // namespace azrestored::test
