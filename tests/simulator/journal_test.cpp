// Goal: with a journal, a client sees the same service after the simulator was killed and restarted.
// Method: two Fronts, one after the other, over one file.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>

#include "simulation.hpp"
#include "tests/support/temp_dir.hpp"

namespace azsim {
namespace {

class JournalTest : public testing::Test {
 protected:
  JournalTest() {
    settings_ = Simulation::open_settings();
    settings_.journal = folder_ / "journal";
  }

  azrestored::test::TempDir folder_;
  FrontSettings settings_;
};

TEST_F(JournalTest, RestoresAndTheirOperationsOutliveTheProcess) {
  std::string status, id;
  {
    Simulation before("{}", {}, settings_);
    status = target_of(header(before.restore(disks_order()), "Azure-AsyncOperation"));
    id = before.report()["restores"][0]["jobId"].get<std::string>();
  }
  Simulation after("{}", {}, settings_);
  EXPECT_EQ(after.get_json(status)["status"], "InProgress");
  after.wait(5);
  EXPECT_EQ(after.get_json(status)["properties"]["jobId"], id);
  after.wait(120);
  const Json job = after.get_json(vault + "/backupJobs/" + id + version)["properties"];
  EXPECT_EQ(job["status"], "Completed");
  EXPECT_EQ(job["activityId"], "99999999-0000-4000-8000-000000000001");

  ASSERT_EQ(after.restore(disks_order()).status, 202U);
  const Json restores = after.report()["restores"];
  ASSERT_EQ(restores.size(), 2U);
  EXPECT_NE(restores[0]["jobId"], restores[1]["jobId"]) << "ids are not issued a second time";
  EXPECT_NE(restores[0]["operationId"], restores[1]["operationId"]);
}

TEST_F(JournalTest, ACancelIsRememberedAndATornLineIsNot) {
  std::string id;
  {
    Simulation before("{}", {}, settings_);
    ASSERT_EQ(before.restore(disks_order()).status, 202U);
    id = before.report()["restores"][0]["jobId"].get<std::string>();
    before.wait(6);
    EXPECT_EQ(before.call("POST", vault + "/backupJobs/" + id + "/cancel" + version).response.status, 202U);
  }
  {
    std::ofstream torn(settings_.journal, std::ios::app);
    torn << R"({"what":"restore","vau)";
  }
  for (int start = 0; start < 2; ++start) {
    Simulation after("{}", {}, settings_);
    after.wait(60);
    const Json job = after.get_json(vault + "/backupJobs/" + id + version)["properties"];
    EXPECT_EQ(job["status"], "Cancelled");
    EXPECT_EQ(after.report()["restores"].size(), 1U);
  }
}

TEST_F(JournalTest, OfAnotherStateFileIsRefused) {
  {
    Simulation before("{}", {}, settings_);
    ASSERT_EQ(before.restore(disks_order()).status, 202U);
  }
  Json other = state_json();
  other["vaults"][0]["items"].erase(0);
  EXPECT_THROW(Simulation::over(other, settings_), std::runtime_error);
}

}  // namespace
}  // namespace azsim
