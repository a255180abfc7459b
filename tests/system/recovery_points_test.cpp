// Goal: the correct VM and recovery point are found, or a sentence states why there is none; lists are read completely,
// not only their first pages. Method: points of two days in the simulator, job files that choose among them.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

std::string chosen_point(Stage& stage, const std::string& name, const Json& rule) {
  Json file = disks_job(name);
  file["recoveryPoint"] = rule;
  stage.drop(file);
  const Json job = stage.wait_for_end(name);
  EXPECT_EQ(job.at("state"), "succeeded") << job.dump(2);
  return job.at("recoveryPoint").at("id");
}

TEST(RecoveryPoints, TheNewestThatFitsIsChosen) {
  Stage stage;
  stage.daemon.start();

  EXPECT_EQ(chosen_point(stage, "latest", "latest"), "7002");
  EXPECT_EQ(chosen_point(stage, "by-id", "7001"), "7001");
  EXPECT_EQ(chosen_point(stage, "before", {{"before", "2025-11-20T00:00:00Z"}}), "7001");
  EXPECT_EQ(chosen_point(stage, "consistent", {{"consistency", {"AppConsistent"}}}), "7001");
  for (const Json& restore : stage.sim.restores()) {
    EXPECT_EQ(restore.at("body").at("properties").at("recoveryPointId"), restore.at("recoveryPoint"));
  }
}

TEST(RecoveryPoints, WhenNoneFitsTheJobFailsAndSaysHowManyWereLookedAt) {
  Stage stage;
  stage.daemon.start();
  Json file = disks_job("too-picky");
  file["recoveryPoint"] = {{"after", "2025-12-01T00:00:00Z"}};
  stage.drop(file);

  const Json job = stage.wait_for_end("too-picky");
  EXPECT_EQ(job.at("state"), "failed");
  const std::string message = job.at("error").at("message");
  EXPECT_NE(message.find("none of the 2 recovery points matches"), std::string::npos) << message;
  EXPECT_NE(message.find("7002"), std::string::npos) << message;
  EXPECT_EQ(stage.sim.restore_posts(), 0);
}

// Azure percent-encodes such names in the ids of its list. They are decoded once, encoded once, and shown decoded.
TEST(NamesBeyondAscii, AreFoundInAnyLetterCaseAndShownAsTheyAre) {
  struct Names {
    const char* group;
    const char* typed;
  };
  for (const Names& names : {Names{"\xE7\x94\x9F\xE4\xBA\xA7_group", "\xE7\x94\x9F\xE4\xBA\xA7_GROUP"},
                             Names{"B\xC3\xBCro", "b\xC3\x9Cro"}, Names{"B\xC3\xBCro", "B%C3%BCRO"}}) {
    const auto id_in = [](const std::string& group) {
      std::string id = protected_vm("web01").at("vm");
      const std::size_t begin = id.find("/resourceGroups/") + 16;
      return id.replace(begin, id.find('/', begin) - begin, group);
    };
    Json item = protected_vm("web01");
    item["vm"] = id_in(names.group);
    Stage::Options options;
    options.azure = azure_with(Json::array({item}));
    Stage stage(options);
    stage.daemon.start();
    Json file = disks_job("drill");
    file["virtualMachine"] = id_in(names.typed);
    stage.drop(file);
    const Json job = stage.wait_for_end("drill");
    EXPECT_EQ(job.at("state"), "succeeded") << names.typed << job.at("error");
    EXPECT_EQ(stage.sim.restores().size(), 1U) << names.typed;
    EXPECT_NE(job.at("protectedItem").at("item").get<std::string>().find(names.group), std::string::npos)
        << job.at("protectedItem");
  }
}

TEST(RecoveryPoints, EveryPageOfEveryListIsRead) {
  Stage::Options options;
  Json items = Json::array({protected_vm("aaa01"), protected_vm("bbb01"), protected_vm("web01")});
  Json points = Json::array();  // oldest first
  for (int day = 10; day < 20; ++day) {
    const std::string text = std::to_string(day);
    const Json point = {{"name", "60" + text}, {"time", "2025-10-" + text + "T22:00:00Z"}};
    points.push_back(point);
  }
  for (const Json& point : items[2].at("points")) points.push_back(point);
  items[2]["points"] = points;
  options.azure = azure_with(items);
  options.simulator = {"--page-size", "1"};
  Stage stage(options);
  stage.daemon.start();

  Json older = disks_job("older"), old = disks_job("old");
  older["recoveryPoint"] = {{"before", "2025-10-12T00:00:00Z"}};
  old["recoveryPoint"] = {{"before", "2025-10-13T00:00:00Z"}};
  stage.drop(older);
  stage.drop(old);
  EXPECT_EQ(stage.wait_for_end("older").at("recoveryPoint").at("id"), "6011");
  EXPECT_EQ(stage.wait_for_end("old").at("recoveryPoint").at("id"), "6012");
  EXPECT_EQ(stage.ctl({"watch", "older", "old"}).ending, 0);
  EXPECT_EQ(stage.sim.restores().size(), 2U);
}

TEST(RecoveryPoints, AVmCanBeNamedInEveryWayTheJobFileKnows) {
  Stage stage;
  stage.daemon.start();
  Json by_name = disks_job("by-name");
  by_name["virtualMachine"] = "WEB01";
  Json by_group = disks_job("by-group");
  by_group["virtualMachine"] = {{"resourceGroup", "CONTOSO-web"}, {"name", "web01"}};
  Json by_item = disks_job("by-item");
  by_item.erase("virtualMachine");
  by_item["protectedItem"] = {{"container", "IaasVMContainer;iaasvmcontainerv2;contoso-web;web01"},
                              {"item", "VM;iaasvmcontainerv2;contoso-web;web01"}};
  for (const Json& file : {by_name, by_group, by_item}) {
    stage.drop(file);
    const Json job = stage.wait_for_end(file.at("name"));
    EXPECT_EQ(job.at("state"), "succeeded") << job.dump(2);
  }
  EXPECT_EQ(stage.sim.restores().size(), 3U);
}

// ── facts that come with the lists ──

Stage::Options azure_of(const Json& vm, const Json& more = Json::object()) {
  Stage::Options options;
  options.azure = azure_with(Json::array({vm}), more);
  return options;
}

/// A VM with an old point and a newer one with the members.
Json vm_with_newest(const Json& members) {
  Json vm = protected_vm("web01");
  vm["points"][1].update(members);
  return vm;
}

class UnusablePoint : public testing::TestWithParam<Json> {};

TEST_P(UnusablePoint, IsNotTheLatestAndTheJobSaysSo) {
  Stage stage(azure_of(vm_with_newest(GetParam())));
  stage.daemon.start();
  EXPECT_EQ(chosen_point(stage, "latest", "latest"), "7001");
  const Json job = stage.wait_for_end("latest");
  EXPECT_NE(job.at("warnings").dump().find("a newer recovery point cannot be restored: 7002"), std::string::npos)
      << job.at("warnings");
  EXPECT_EQ(chosen_point(stage, "filtered", {{"after", "2025-11-01T00:00:00Z"}}), "7001");
}

INSTANTIATE_TEST_SUITE_P(Each, UnusablePoint,
                         testing::Values(Json{{"softDeleted", true}}, Json{{"expires", "2025-12-01T00:00:00Z"}},
                                         Json{{"tiers", {{{"type", "InstantRP"}, {"status", "Deleted"}}}}}));

TEST(RecoveryPoints, ANamedPointWithoutAValidTierIsRefusedBeforeTheRequest) {
  Stage stage(azure_of(vm_with_newest({{"tiers", {{{"type", "InstantRP"}, {"status", "Deleted"}}}}})));
  stage.daemon.start();
  Json file = disks_job("named");
  file["recoveryPoint"] = "7002";
  stage.drop(file);
  Json job = stage.wait_for_end("named");
  EXPECT_EQ(job.at("state"), "failed");
  EXPECT_EQ(job.at("error").at("code"), "RulePointUnreadable");
  EXPECT_EQ(stage.sim.restore_posts(), 0);
  file["name"] = "unchecked";
  file["validate"] = "none";
  stage.drop(file);
  job = stage.wait_for_end("unchecked");
  EXPECT_NE(job.at("warnings").dump().find("has no valid tier"), std::string::npos) << job.dump(2);
  EXPECT_EQ(stage.sim.restore_posts(), 1) << "without checks the service has the last word";
}

TEST(RecoveryPoints, ASoftDeletedItemIsRefusedBeforeTheRequestAndInTheDryRun) {
  Json vm = protected_vm("web01");
  vm["softDeleted"] = true;
  Stage stage(azure_of(vm));
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "failed");
  EXPECT_EQ(job.at("error").at("code"), "RuleSoftDeletedItem");
  EXPECT_NE(job.at("error").at("message").get<std::string>().find("az backup protection undelete"), std::string::npos);
  EXPECT_EQ(stage.sim.restore_posts(), 0);
  const std::filesystem::path file = stage.daemon.spool().parent_path() / "drill.json";
  std::ofstream(file) << disks_job("drill");
  const Outcome tried = stage.ctl({"submit", "--dry-run", file.string()});
  EXPECT_EQ(tried.ending, 5) << tried.out;
  EXPECT_NE(tried.out.find("RuleSoftDeletedItem"), std::string::npos) << tried.out;
}

TEST(RecoveryPoints, AVmThatWasNeverBackedUpIsSaidToBe) {
  Json vm = protected_vm("web01");
  vm["points"] = Json::array();
  Stage stage(azure_of(vm));
  stage.daemon.start();
  const Outcome vms = stage.ctl({"vms", "--vault", vault_id()});
  EXPECT_NE(vms.out.find("never"), std::string::npos) << vms.out;
  EXPECT_EQ(vms.out.find("2001-01-01"), std::string::npos) << vms.out;
  stage.drop(disks_job("drill"));
  const Json job = stage.wait_for_end("drill");
  EXPECT_EQ(job.at("state"), "failed");
  EXPECT_NE(job.at("warnings").dump().find("was never backed up"), std::string::npos) << job.dump(2);
  EXPECT_NE(job.at("error").at("message").get<std::string>().find("no recovery points"), std::string::npos);
}

TEST(RecoveryPoints, ADatabaseInsideTheVmIsNotTakenForIt) {
  const std::string container =
      vault_id() + "/backupFabrics/Azure/protectionContainers/VMAppContainer;Compute;rg;web01";
  const Json database = {{"id", container + "/protectedItems/SQLDataBase;mssqlserver;master"},
                         {"properties",
                          {{"friendlyName", "master"},
                           {"backupManagementType", "AzureWorkload"},
                           {"workloadType", "SQLDataBase"},
                           {"sourceResourceId", vm_id("web01")}}}};
  Stage stage(azure_of(protected_vm("web01"), {{"otherItems", Json::array({database})}}));
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
  EXPECT_EQ(stage.ctl({"vms", "--vault", vault_id(), "--json"}).out.find("SQLDataBase"), std::string::npos);
}

TEST(RecoveryPoints, AnUnknownVmIsAFinalFailure) {
  Stage stage;
  stage.daemon.start();
  stage.drop(disks_job("stray", "web02"));

  const Json job = stage.wait_for_end("stray");
  EXPECT_EQ(job.at("state"), "failed");
  EXPECT_NE(job.at("error").at("message").get<std::string>().find("did you mean web01"), std::string::npos);
  EXPECT_EQ(stage.sim.restore_posts(), 0);
}

}  // namespace
}  // namespace azrestored::test
