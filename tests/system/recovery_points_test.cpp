// Goal: the correct VM and recovery point are found, or a sentence states why there is none; lists are read completely,
// not only their first pages. Method: points of two days in the simulator, job files that choose among them.
#include <gtest/gtest.h>

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
