// Goal: azrestored never exceeds a small read quota, also across a restart, and a job that waits for the quota reports
// it. Method: the simulated Azure enforces a limit of reads per hour for each action, far below the demand of the jobs.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

constexpr int reads_an_hour = 12;

Stage::Options with_few_reads() {
  Stage::Options options;
  Json vms = Json::array();
  for (int i = 1; i <= 8; ++i) vms.push_back(protected_vm("web0" + std::to_string(i)));
  options.azure = azure_with(vms);
  options.settings["budget"]["readsPerHour"] = reads_an_hour;
  options.simulator = {"--read-limit", std::to_string(reads_an_hour)};
  return options;
}

class Budget : public testing::Test {
 protected:
  void drop_eight() {
    for (int i = 1; i <= 8; ++i) stage_.drop(disks_job("job" + std::to_string(i), "web0" + std::to_string(i)));
  }

  /// The jobs that wait for their list of recovery points.
  std::vector<Json> waiting() {
    std::vector<Json> found;
    for (int i = 1; i <= 8; ++i) {
      Json job = stage_.show("job" + std::to_string(i));
      const Json& words = job["waitsFor"];
      const bool waits = words.is_string() && words.get<std::string>().find("recoveryPoints") != std::string::npos &&
                         words.get<std::string>().starts_with("Azure's quota of 12 an hour");
      if (waits) found.push_back(std::move(job));
    }
    return found;
  }

  int reads_of_points() { return static_cast<int>(stage_.sim.requests("/recoveryPoints?").size()); }

  Stage stage_{with_few_reads()};
};

TEST_F(Budget, IsNeverOverdrawnAndAWaitingJobShowsItsReasonAndQueuePosition) {
  stage_.daemon.start();
  drop_eight();
  ASSERT_TRUE(wait_until([&] { return waiting().size() >= 4; }));
  const auto jobs = waiting();
  std::vector<int> places;
  for (const Json& job : jobs) places.push_back(job.at("placeInLine"));
  std::ranges::sort(places);
  for (std::size_t i = 0; i < places.size(); ++i) EXPECT_EQ(places[i], static_cast<int>(i) + 1);
  EXPECT_NE(stage_.ctl({"explain", jobs.front().at("id")}).out.find("Azure's quota of 12 an hour"), std::string::npos);
  EXPECT_NE(stage_.ctl({"status"}).out.find("recoveryPoints"), std::string::npos);
  EXPECT_EQ(stage_.sim.report().at("throttled"), 0);
}

TEST_F(Budget, ARestartStartsNoNewBurst) {
  stage_.daemon.start();
  drop_eight();
  ASSERT_TRUE(wait_until([&] { return waiting().size() >= 4; }));
  const int before = reads_of_points();
  stage_.daemon.kill();
  stage_.daemon.start();
  ASSERT_TRUE(wait_until([&] { return waiting().size() >= 4; }));
  EXPECT_EQ(reads_of_points(), before);
  EXPECT_EQ(stage_.sim.report().at("throttled"), 0);
}

TEST_F(Budget, AHigherPriorityGoesToTheHeadOfTheQueue) {
  stage_.daemon.start();
  drop_eight();
  ASSERT_TRUE(wait_until([&] { return waiting().size() >= 4; }));
  Json urgent = disks_job("urgent", "web01");
  urgent["priority"] = 50;
  stage_.drop(urgent);
  ASSERT_TRUE(wait_until([&] { return stage_.job("urgent").value("placeInLine", Json()) == Json(1); }));
}

}  // namespace
}  // namespace azrestored::test
