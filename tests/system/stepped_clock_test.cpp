// Goal: a clock that is set by hours, forwards or backwards, in any state of a job, causes no second restore and leaves
// no job waiting for hours. Method: libfaketime sets only the daemon's clock; the simulator's clock is correct.
#include <gtest/gtest.h>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

constexpr const char* library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

class SteppedClock : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(library))
      GTEST_SKIP() << "libfaketime, which sets the daemon's clock, is not installed";
  }

  void set_clock(const std::string& offset) {
    write_file(stage_->path("clock.tmp"), offset);
    std::filesystem::rename(stage_->path("clock.tmp"), stage_->path("clock"));
  }

  void start(const Stage::Options& options) {
    stage_.emplace(options);
    set_clock("+0");
    stage_->daemon.start({{"LD_PRELOAD", library},
                          {"FAKETIME_TIMESTAMP_FILE", stage_->path("clock")},
                          {"FAKETIME_NO_CACHE", "1"},
                          {"FAKETIME_DONT_FAKE_MONOTONIC", "1"},
                          {"NO_FAKE_STAT", "1"},
                          {"ASAN_OPTIONS", "verify_asan_link_order=0"}});
  }

  void expect_done_once(const std::string& job) {
    EXPECT_EQ(stage_->wait_for_end(job).at("state"), "succeeded");
    EXPECT_EQ(stage_->sim.restores().size(), 1U);
  }

  std::optional<Stage> stage_;
};

class SteppedClockBy : public SteppedClock, public testing::WithParamInterface<std::string> {};

Stage::Options azure_that_takes(double seconds) {
  Stage::Options options;
  options.azure = azure_with(Json::array({protected_vm("web01", {{"jobSeconds", seconds}})}));
  return options;
}

TEST_P(SteppedClockBy, WhileTheRestoreRuns) {
  start(azure_that_takes(2));
  stage_->drop(disks_job("drill"));
  ASSERT_EQ(stage_->wait_for_state("drill", "tracking").at("state"), "tracking");
  set_clock(GetParam());
  expect_done_once("drill");
}

TEST_P(SteppedClockBy, WhileItIsInDoubtWhetherARestoreRuns) {
  Stage::Options options = azure_that_takes(0.3);
  options.simulator = {"--job-list-lag", "1.5"};
  options.settings["inDoubt"]["quietPeriod"] = "4s";
  start(options);
  // The response arrives and is unclear. A new connection would be refused while the certificates are not valid yet.
  stage_->sim.add_fault("POST .*/restore\\?@1=504-after");
  stage_->drop(disks_job("drill"));
  ASSERT_EQ(stage_->wait_for_state("drill", "in-doubt").at("state"), "in-doubt");
  set_clock(GetParam());
  expect_done_once("drill");
}

TEST_F(SteppedClock, ForwardsBeforeTheJobIsDropped) {
  start(azure_that_takes(0.3));
  stage_->sim.add_fault("POST .*/restore\\?@1=lost");  // the search for it has a window that depends on a clock
  set_clock("+3h");
  ASSERT_TRUE(wait_until([&] { return !stage_->daemon.events("clock.set").empty(); }));
  stage_->drop(disks_job("drill"));
  expect_done_once("drill");
}

TEST_F(SteppedClock, BackwardsBeforeAnyCertificateIsReportedAndTheJobGoesOnAfterTheFix) {
  start(azure_that_takes(0.3));
  set_clock("-3h");
  stage_->drop(disks_job("drill"));
  const auto is_reported = [&] {
    return stage_->job("drill").dump().find("is not valid yet; check this machine's clock") != std::string::npos;
  };
  EXPECT_TRUE(wait_until(is_reported));
  set_clock("+0");
  expect_done_once("drill");
}

INSTANTIATE_TEST_SUITE_P(By, SteppedClockBy, testing::Values("+3h", "-3h"), [](const auto& each) {
  return std::string(each.param[0] == '+' ? "ThreeHoursForwards" : "ThreeHoursBackwards");
});

}  // namespace
}  // namespace azrestored::test
