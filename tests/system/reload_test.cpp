// SIGHUP: valid settings are loaded while a restore runs, invalid ones are refused as a whole, and no job is affected.
#include <gtest/gtest.h>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

/// The first event of this name.
Json event_of(const Stage& stage, const std::string& name) {
  const bool came = wait_until([&] { return !stage.daemon.events(name).empty(); });
  EXPECT_TRUE(came) << name;
  return came ? stage.daemon.events(name).front() : Json();
}

TEST(Reload, TakesUpNewSettingsWhileARestoreRuns) {
  Stage stage;
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  stage.wait_for_state("drill", "tracking");
  stage.daemon.change_settings({{"polling", {{"jobInterval", "200ms"}}}, {"limits", {{"connections", 3}}}});
  stage.daemon.hang_up();

  EXPECT_EQ(event_of(stage, "settings.reloaded").at("detail"), "these apply now: polling.jobInterval");
  EXPECT_EQ(event_of(stage, "settings.need-restart").at("detail"),
            "these apply after a restart, which loses nothing (systemctl restart azrestored): limits.connections");
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
  EXPECT_EQ(stage.sim.restores().size(), 1U);
  EXPECT_EQ(stage.daemon.events("daemon.ready").size(), 1U);
}

TEST(Reload, ALimitThatIsRaisedLetsWaitingJobsGoOn) {
  Stage::Options options;
  options.azure = azure_with(Json::array({protected_vm("web01", {{"jobSeconds", 60}}), protected_vm("db01")}));
  options.settings = {{"limits", {{"concurrentRestoresPerVault", 1}}}};
  Stage stage(options);
  stage.daemon.start();
  stage.drop(disks_job("first"));
  stage.wait_for_state("first", "tracking");
  stage.drop(disks_job("second", "db01"));
  ASSERT_EQ(stage.wait_for_state("second", "queued").at("state"), "queued");

  stage.daemon.change_settings({{"limits", {{"concurrentRestoresPerVault", 2}}}});
  stage.daemon.hang_up();
  EXPECT_EQ(stage.wait_for_end("second").at("state"), "succeeded");
  EXPECT_EQ(stage.show("first").at("state"), "tracking");
}

TEST(Reload, AFaultRefusesTheWholeFileAndTheOldSettingsHold) {
  Stage stage;
  stage.daemon.start();
  const std::string good = read_file(stage.daemon.settings_file());
  stage.daemon.change_settings({{"polling", {{"jobInterval", "soon"}}}, {"log", {{"level", "error"}}}});
  stage.daemon.hang_up();
  const Json refused = event_of(stage, "settings.refused");
  EXPECT_EQ(refused.at("level"), "error");
  EXPECT_EQ(refused.at("detail"), "the settings stay as they were");
  EXPECT_NE(refused.at("problem").get<std::string>().find("/polling/jobInterval, line "), std::string::npos) << refused;

  // If a part of it had been loaded, the level would now be "error", and this event would not be logged.
  write_file(stage.daemon.settings_file(), good);
  stage.daemon.hang_up();
  EXPECT_EQ(event_of(stage, "settings.unchanged").at("level"), "info");
}

}  // namespace
}  // namespace azrestored::test
