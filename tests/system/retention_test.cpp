// Goal: a finished job is removed after its retention time, with its file, and nothing else is removed. Method: two
// restores, one of them finished; then a daemon with a very short retention time.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

TEST(Retention, AFinishedJobGoesWithItsFileAndOneThatRunsStays) {
  Stage::Options options;
  options.azure = azure_with(Json::array({protected_vm("web01"), protected_vm("db01", {{"jobSeconds", 600}})}));
  Stage stage(options);
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  stage.drop(disks_job("longer", "db01"));
  const auto accepted = [&](const Json& job) {
    return stage.daemon.spool() / "accepted" / (job.at("id").get<std::string>() + ".json");
  };
  const Json ended = stage.wait_for_end("drill");
  const Json runs = stage.wait_for_state("longer", "tracking");
  ASSERT_TRUE(std::filesystem::exists(accepted(ended)));
  ASSERT_EQ(stage.daemon.stop(), 0);

  Json settings = Json::parse(read_file(stage.daemon.settings_file()));
  settings["retention"]["finishedJobs"] = "1ms";
  std::ofstream(stage.daemon.settings_file()) << settings;
  stage.daemon.start();
  EXPECT_TRUE(wait_until([&] { return stage.job("drill").empty(); }));
  EXPECT_FALSE(std::filesystem::exists(accepted(ended)));
  EXPECT_EQ(stage.show("longer").at("state"), "tracking");
  EXPECT_TRUE(std::filesystem::exists(accepted(runs)));
  EXPECT_TRUE(wait_until([&] { return stage.daemon.events("retention.removed").size() == 1; }));
  EXPECT_EQ(stage.daemon.events("retention.removed").front().at("jobs"), 1);
}

}  // namespace
}  // namespace azrestored::test
