// Goal: a daemon that was stopped for minutes, as on a paused machine, continues as if no time had passed: one restore
// per job, and all finish. Method: SIGSTOP while jobs are at different steps, with Azure's time a hundred times faster;
// SIGCONT after a restore of five of its minutes has ended.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

TEST(StoppedForFiveMinutes, EveryJobGoesOnAndIsDoneOnce) {
  Stage::Options options;
  Json items = Json::array();
  for (const char* vm : {"vm1", "vm2", "vm3", "vm4"}) {
    items.push_back(protected_vm(vm, {{"operationSeconds", 10}, {"jobSeconds", 300}}));
  }
  options.azure = azure_with(items);
  options.simulator = {"--time-scale", "100"};
  Stage stage(options);
  // The first job is tracked; the second waits for the response to its POST, which arrives during the stop; the third
  // is in doubt; the fourth is still in the spool.
  stage.sim.add_fault("POST .*vm2.*/restore\\?@1=delay:1000");
  stage.sim.add_fault("POST .*vm3.*/restore\\?@1=lost");
  stage.sim.add_fault("GET .*backupJobs\\?@1x3=503");
  stage.daemon.start();
  for (const char* vm : {"vm1", "vm2", "vm3"}) stage.drop(disks_job(std::string("drill-") + vm, vm));
  ASSERT_TRUE(wait_until([&] { return stage.sim.restores().size() == 3; }));
  stage.drop(disks_job("drill-vm4", "vm4"));
  ::kill(stage.daemon.pid(), SIGSTOP);

  const auto all_have_ended = [&] {
    const Json restores = stage.sim.restores();
    return std::ranges::all_of(restores, [](const Json& restore) { return restore.at("status") == "Completed"; });
  };
  EXPECT_TRUE(wait_until(all_have_ended));
  ::kill(stage.daemon.pid(), SIGCONT);

  for (const char* vm : {"vm1", "vm2", "vm3", "vm4"}) {
    EXPECT_EQ(stage.wait_for_end(std::string("drill-") + vm).at("state"), "succeeded");
  }
  EXPECT_EQ(stage.sim.restores().size(), 4U);
  const Json by_item = stage.sim.report().at("restoresByItem");
  for (const auto& [item, count] : by_item.items()) EXPECT_EQ(count, 1) << item;
}

}  // namespace
}  // namespace azrestored::test
