// Goal: each recovery type goes from a dropped file to `succeeded`, with the request that Azure expects, and the job
// reports what happened. Method: one VM per type, one daemon; the simulator refuses bodies that break the rules
// (azure-backup-api.md 3.3), and what it received is compared member by member.
#include <gtest/gtest.h>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

TEST(RecoveryTypes, RestoreDisksSendsWhatTheFileSaysAndWhatTheDaemonKnows) {
  Stage stage;
  stage.daemon.start();
  stage.drop(disks_job("disks-drill"));

  const Json job = stage.wait_for_end("disks-drill");
  EXPECT_EQ(job.at("state"), "succeeded");
  const Json restores = stage.sim.restores();
  ASSERT_EQ(restores.size(), 1U);
  const Json expected = {{"objectType", "IaasVMRestoreRequest"},
                         {"recoveryPointId", "7002"},
                         {"recoveryType", "RestoreDisks"},
                         {"sourceResourceId", vm_id("web01")},
                         {"targetResourceGroupId", group_id("contoso-restored")},
                         {"storageAccountId", storage_id()},
                         {"region", "westus"},
                         {"createNewCloudService", false},
                         {"originalStorageAccountOption", false}};
  EXPECT_EQ(restores[0].at("body").at("properties"), expected);
}

TEST(RecoveryTypes, OriginalLocationReplacesTheDisksOfTheNamedVm) {
  Stage stage;
  stage.daemon.start();
  stage.drop(replace_disks_job("replace-drill"));

  EXPECT_EQ(stage.wait_for_end("replace-drill").at("state"), "succeeded");
  const Json restores = stage.sim.restores();
  ASSERT_EQ(restores.size(), 1U);
  const Json& sent = restores[0].at("body").at("properties");
  EXPECT_EQ(sent.at("recoveryType"), "OriginalLocation");
  EXPECT_EQ(sent.at("sourceResourceId"), vm_id("web01"));
  EXPECT_FALSE(sent.contains("replaceDisksOf"));
  EXPECT_FALSE(sent.contains("targetResourceGroupId"));
}

TEST(RecoveryTypes, AlternateLocationCreatesTheNewVm) {
  Stage stage;
  stage.daemon.start();
  const Json file = new_vm_job("copy-drill");
  stage.drop(file);

  EXPECT_EQ(stage.wait_for_end("copy-drill").at("state"), "succeeded");
  const Json restores = stage.sim.restores();
  ASSERT_EQ(restores.size(), 1U);
  const Json& sent = restores[0].at("body").at("properties");
  for (const auto& [name, value] : file.at("restore").items()) EXPECT_EQ(sent.at(name), value) << name;
}

TEST(RecoveryTypes, TheWholeHistoryIsInShow) {
  Stage stage;
  stage.daemon.start();
  stage.drop(disks_job("shown-drill"));

  const Json job = stage.wait_for_end("shown-drill");
  const Json restore = stage.sim.restores().at(0);
  const std::vector<std::string> story = {"queued",  "resolving", "validating", "triggering",
                                          "polling", "tracking",  "succeeded"};
  EXPECT_EQ(states_of(job), story);
  EXPECT_EQ(job.at("name"), "shown-drill");
  EXPECT_EQ(job.at("attempts"), 1);
  EXPECT_EQ(job.at("recoveryPoint").at("id"), "7002");
  EXPECT_EQ(job.at("requestId"), restore.at("requestId"));
  EXPECT_EQ(job.at("operationId"), restore.at("operationId"));
  EXPECT_EQ(job.at("azureJobId"), restore.at("jobId"));
  EXPECT_EQ(job.at("percent"), 100);
  EXPECT_TRUE(job.at("error").is_null());
  EXPECT_EQ(job.at("outcome").at("status"), "Completed");
  EXPECT_EQ(stage.ctl({"show", "shown-drill"}).ending, 0);
  EXPECT_EQ(stage.ctl({"watch", "shown-drill", "--timeout", "5s"}).ending, 0);
  const std::string id = job.at("id");
  EXPECT_EQ(stage.show(id.substr(0, 8)).at("id"), id);
  EXPECT_EQ(names_in(stage.daemon.spool() / "accepted"), std::vector<std::string>{id + ".json"});
}

TEST(RecoveryTypes, SeveralJobsAtOnceAreOneRestoreEach) {
  Stage::Options options;
  Json items = Json::array();
  for (const char* vm : {"vm1", "vm2", "vm3", "vm4"}) items.push_back(protected_vm(vm));
  options.azure = azure_with(items);
  Stage stage(options);
  stage.daemon.start();
  for (const char* vm : {"vm1", "vm2", "vm3", "vm4"}) stage.drop(disks_job(std::string("drill-") + vm, vm));

  for (const char* vm : {"vm1", "vm2", "vm3", "vm4"}) {
    EXPECT_EQ(stage.wait_for_end(std::string("drill-") + vm).at("state"), "succeeded");
  }
  const Json report = stage.sim.report();
  EXPECT_EQ(report.at("restoresByItem").size(), 4U);
  for (const auto& [item, count] : report.at("restoresByItem").items()) EXPECT_EQ(count, 1) << item;
  EXPECT_EQ(report.at("badRequests"), Json::array());
  EXPECT_EQ(report.at("unknownRoutes"), Json::array());
}

}  // namespace
}  // namespace azrestored::test
