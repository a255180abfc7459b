// Goal: a POST with the response 429 has started nothing; it is sent again, not before the time in the response (in
// each form), and the job is never in doubt. Method: 429 on the first POST in each form, times from the simulator's
// log.
#include <gtest/gtest.h>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

struct Throttling {
  const char* name;
  const char* fault;
  double least_seconds;
};

class ThrottledPost : public testing::TestWithParam<Throttling> {};

TEST_P(ThrottledPost, IsSentAgainWhenTheServerAllows) {
  Stage stage;
  stage.sim.add_fault(std::string("POST .*/restore\\?@1=") + GetParam().fault);
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  const Json job = stage.wait_for_end("drill");

  const std::vector<std::string> story = {"queued",  "resolving", "validating", "triggering",
                                          "polling", "tracking",  "succeeded"};
  EXPECT_EQ(states_of(job), story);
  const auto posts = stage.sim.requests("/restore?");
  ASSERT_EQ(posts.size(), 2U);
  EXPECT_EQ(posts[0].at("clientRequestId"), posts[1].at("clientRequestId"));
  EXPECT_GE(time_between(posts[0], posts[1]).count(), GetParam().least_seconds);
  EXPECT_EQ(stage.sim.restores().size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Post, ThrottledPost,
                         testing::Values(Throttling{"Seconds", "429:2", 2}, Throttling{"Date", "429-date:2", 1},
                                         Throttling{"Body", "429-body:2", 2}, Throttling{"Neither", "429", 0.05}),
                         [](const auto& each) { return each.param.name; });

TEST(ThrottledPosts, ADaemonKilledWhileItWaitsGoesOnWaiting) {
  Stage stage;
  stage.sim.add_fault("POST .*/restore\\?@1=429:3");
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  ASSERT_TRUE(wait_until([&] { return stage.daemon.logged("drill", "throttled"); }));
  stage.daemon.kill();
  stage.daemon.start();
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
  const auto posts = stage.sim.requests("/restore?");
  ASSERT_EQ(posts.size(), 2U);
  EXPECT_GE(time_between(posts[0], posts[1]).count(), 3);
  EXPECT_EQ(stage.sim.restores().size(), 1U);
}

// Nothing is wrong with the request, and a POST every minute would only be refused: one job meets the limit, and it and
// the vault's other restores wait for hours, also after a restart.
TEST(DailyLimit, HoldsBackAllRestoresOfTheVaultAfterOnePost) {
  for (const std::string fault : {"daily-limit", "daily-limit:429", "daily-limit:403"}) {
    Stage::Options options;
    options.azure = azure_with(Json::array({protected_vm("web01"), protected_vm("web02")}));
    Stage stage(options);
    stage.sim.add_fault("POST .*/restore\\?@1x*=" + fault);
    stage.daemon.start();
    stage.drop(disks_job("first", "web01"));
    ASSERT_TRUE(wait_until([&] { return stage.daemon.logged("first", "throttled"); })) << fault;
    stage.daemon.kill();
    stage.daemon.start();
    stage.drop(disks_job("second", "web02"));
    ASSERT_TRUE(wait_until([&] { return stage.daemon.logged("second", "read-failed"); })) << fault;
    for (const char* name : {"first", "second"}) {
      const Json job = stage.show(name);
      EXPECT_EQ(job.at("state"), "triggering") << name << fault;
      EXPECT_EQ(job.at("error").at("code"), "CloudDosAbsoluteLimitReached") << name << fault;
      EXPECT_NE(stage.ctl({"explain", name}).out.find("24 hours"), std::string::npos) << name << fault;
    }
    EXPECT_EQ(stage.sim.restore_posts(), 1) << fault;
  }
}

}  // namespace
}  // namespace azrestored::test
