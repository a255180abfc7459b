// Goal: only one daemon uses a database; it stops within 5 seconds and loses nothing; its jobs can be read while it
// does not run. Method: two daemons on one folder, SIGTERM with running work, azrestorectl without a daemon.
#include <gtest/gtest.h>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

constexpr std::chrono::seconds stop_limit{5};

TEST(OneDaemon, ASecondOneOnTheSameDatabaseIsRefused) {
  Stage stage;
  stage.daemon.start();
  const Outcome second = run({{AZRESTORED, "--config", stage.daemon.settings_file()}, {}});
  EXPECT_EQ(second.ending, 1);
  EXPECT_NE(second.err.find(stage.daemon.database()), std::string::npos) << second.err;

  stage.drop(disks_job("drill"));
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
  EXPECT_EQ(stage.sim.restores().size(), 1U);
}

TEST(Stopping, TakesLessThanFiveSecondsAndLosesNothing) {
  Stage::Options options;
  options.azure = azure_with(Json::array(
      {protected_vm("vm1", {{"jobSeconds", 8}}), protected_vm("vm2"), protected_vm("vm3"), protected_vm("vm4")}));
  Stage stage(options);
  // One job is tracked, one waits for the response to its POST, one for that of a read, and one is still in the spool.
  stage.sim.add_fault("POST .*vm2.*/restore\\?@1=lost-hang:20");
  stage.sim.add_fault("GET .*vm3.*recoveryPoints\\?@1=hang:20");
  stage.daemon.start();
  for (const char* vm : {"vm1", "vm2", "vm3"}) stage.drop(disks_job(std::string("drill-") + vm, vm));
  ASSERT_EQ(stage.wait_for_state("drill-vm1", "tracking").at("state"), "tracking");
  ASSERT_TRUE(wait_until([&] { return stage.sim.report().at("faults").size() == 2; }));
  stage.drop(disks_job("drill-vm4", "vm4"));
  EXPECT_EQ(stage.daemon.stop(stop_limit), 0);

  stage.daemon.start();
  for (const char* vm : {"vm1", "vm2", "vm3", "vm4"}) {
    EXPECT_EQ(stage.wait_for_end(std::string("drill-") + vm).at("state"), "succeeded");
  }
  const Json report = stage.sim.report();
  for (const auto& [item, count] : report.at("restoresByItem").items()) EXPECT_EQ(count, 1) << item;
  EXPECT_EQ(report.at("restores").size(), 4U);
}

TEST(Stopping, OfAnIdleDaemonIsQuick) {
  Stage stage;
  stage.daemon.start();
  EXPECT_EQ(stage.daemon.stop(stop_limit), 0);
}

TEST(WithoutADaemon, JobsAreReadFromTheDatabase) {
  Stage stage;
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  const Json before = stage.wait_for_end("drill");
  stage.daemon.kill();

  const Outcome show = stage.ctl({"show", "drill", "--json"});
  EXPECT_EQ(show.ending, 0);
  EXPECT_EQ(Json::parse(show.out), before);
  EXPECT_NE(show.err.find("not running"), std::string::npos) << show.err;
  const Outcome list = stage.ctl({"list", "--json"});
  EXPECT_EQ(list.ending, 0);
  EXPECT_EQ(Json::parse(list.out).at("id"), before.at("id"));
  EXPECT_EQ(stage.ctl({"status"}).ending, 9);
  EXPECT_EQ(stage.ctl({"cancel", "drill"}).ending, 9);
  EXPECT_EQ(stage.ctl({"show", "nobody"}).ending, 5);
}

TEST(Watch, WaitsForADaemonThatIsStartedAgain) {
  Stage::Options options;
  options.azure = azure_with(Json::array({protected_vm("web01", {{"jobSeconds", 3}})}));
  Stage stage(options);
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  ASSERT_EQ(stage.wait_for_state("drill", "tracking").at("state"), "tracking");

  Process watch({{AZRESTORECTL, "--config", stage.daemon.settings_file(), "watch", "drill"}, {}}, stage.path("watched"),
                stage.path("watched"));
  ASSERT_TRUE(wait_until([&] { return read_file(stage.path("watched")).find("tracking") != std::string::npos; }));
  stage.daemon.kill();
  ASSERT_TRUE(wait_until([&] { return read_file(stage.path("watched")).find("does not respond") != std::string::npos; }));
  stage.daemon.start();
  EXPECT_EQ(watch.wait(), 0) << read_file(stage.path("watched"));
}

}  // namespace
}  // namespace azrestored::test
