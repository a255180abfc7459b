// Goal: while Azure is unavailable for some time, no job is lost, none fails, and none is done twice. Method: the
// simulator is killed while jobs are at different steps, and restarted with its journal.
#include <gtest/gtest.h>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

TEST(AzureAway, EveryJobGoesOnOnceItIsBack) {
  Stage::Options options;
  Json items = Json::array();
  for (const char* vm : {"vm1", "vm2", "vm3", "vm4"}) items.push_back(protected_vm(vm, {{"jobSeconds", 3}}));
  options.azure = azure_with(items);
  const TempDir kept;
  options.simulator = {"--journal", kept.path() / "journal"};
  options.settings = {{"inDoubt", {{"quietPeriod", "3s"}}}};
  Stage stage(options);
  // The first job is tracked. The second one's restore is started, but its response is lost in the kill. The third
  // reads its recovery points. The fourth is dropped while Azure is unavailable.
  stage.sim.add_fault("POST .*vm2.*/restore\\?@1=delay:30000");
  stage.sim.add_fault("GET .*vm3.*recoveryPoints\\?@1x*=503");
  stage.daemon.start();
  for (const char* vm : {"vm1", "vm2", "vm3"}) stage.drop(disks_job(std::string("drill-") + vm, vm));
  ASSERT_EQ(stage.wait_for_state("drill-vm1", "tracking").at("state"), "tracking");
  ASSERT_TRUE(
      wait_until([&] { return stage.sim.restores().size() == 2 && stage.daemon.logged("drill-vm3", "read-failed"); }));
  stage.sim.kill();

  stage.drop(disks_job("drill-vm4", "vm4"));
  for (const char* job : {"drill-vm1", "drill-vm4"}) {
    EXPECT_TRUE(wait_until([&] { return stage.daemon.logged(job, "read-failed"); })) << job;
  }
  EXPECT_TRUE(wait_until([&] { return stage.job("drill-vm2").at("state") == "in-doubt"; }));
  stage.sim.start_again();

  for (const char* vm : {"vm1", "vm2", "vm3", "vm4"}) {
    EXPECT_EQ(stage.wait_for_end(std::string("drill-") + vm).at("state"), "succeeded");
  }
  EXPECT_EQ(stage.sim.restores().size(), 4U);
  const Json by_item = stage.sim.report().at("restoresByItem");
  for (const auto& [item, count] : by_item.items()) EXPECT_EQ(count, 1) << item;
}

}  // namespace
}  // namespace azrestored::test
