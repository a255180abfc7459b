// Enforced rate limits: what is refused, what is reported, and when the refusals end. The test sets the times.
#include <gtest/gtest.h>

#include <string>

#include "simulation.hpp"

namespace azsim {
namespace {

const std::string jobs = vault + "/backupJobs" + version;
const std::string items = vault + "/backupProtectedItems" + version;
const char* const left_of_resource = "x-ms-ratelimit-remaining-subscription-resource-requests";
const char* const left_of_reads = "x-ms-ratelimit-remaining-subscription-reads";
const char* const left_of_writes = "x-ms-ratelimit-remaining-subscription-writes";

FrontSettings limited(int reads_per_hour, double time_scale = 1) {
  FrontSettings settings = Simulation::open_settings();
  settings.limits.reads_per_hour = reads_per_hour;
  settings.world.time_scale = time_scale;
  return settings;
}

FrontSettings bucketed() {
  FrontSettings settings = Simulation::open_settings();
  settings.limits.arm_buckets = true;
  return settings;
}

std::string sentence_of(const Response& response) {
  return Json::parse(response.body)["error"]["message"].get<std::string>();
}

std::string action(const std::string& method, const std::string& target) {
  return action_of(method, parse_target(target));
}

TEST(RateLimits, AnActionIsTheTypesOfThePathAndWhatIsDone) {
  const std::string item =
      "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints";
  EXPECT_EQ(action("GET", jobs), "Microsoft.RecoveryServices/vaults/backupJobs/read");
  EXPECT_EQ(action("GET", vault + "/backupJobs/some-id" + version),
            "Microsoft.RecoveryServices/vaults/backupJobs/read");
  EXPECT_EQ(action("GET", web01 + "/recoveryPoints" + version), item + "/read");
  EXPECT_EQ(action("POST", web01 + "/recoveryPoints/7001/restore" + version), item + "/restore/action");
  EXPECT_EQ(action("GET", vault + version), "Microsoft.RecoveryServices/vaults/read");
  EXPECT_EQ(action("GET", "/subscriptions?api-version=2019-11-01"), "Microsoft.Resources/subscriptions/read");
}

TEST(RateLimits, ReadsOfAnActionAreCountedDownAndThenRefusedUntilTheHourIsOver) {
  Simulation sim("{}", {}, limited(3));
  for (const char* left : {"2", "1", "0"}) {
    const Response answer = sim.get(jobs);
    EXPECT_EQ(answer.status, 200U);
    EXPECT_EQ(header(answer, left_of_resource), left);
    EXPECT_EQ(header(answer, left_of_reads), "");
    sim.wait(60);
  }
  const Response refused = sim.get(jobs);
  EXPECT_EQ(refused.status, 429U);
  EXPECT_EQ(code_of(refused), "ResourceRequestsThrottled");
  EXPECT_NE(sentence_of(refused).find("'Microsoft.RecoveryServices/vaults/backupJobs/read'"), std::string::npos);
  EXPECT_NE(sentence_of(refused).find("after '3420' seconds"), std::string::npos) << sentence_of(refused);
  EXPECT_EQ(header(refused, "Retry-After"), "3420");
  EXPECT_EQ(header(refused, left_of_resource), "-1");
  sim.wait(3419);
  EXPECT_EQ(sim.get(jobs).status, 429U);
  sim.wait(1);
  EXPECT_EQ(sim.get(jobs).status, 200U);
}

TEST(RateLimits, EachActionHasItsOwnAndWhatIsNoReadOfBackupHasNone) {
  Simulation sim("{}", {}, limited(1));
  EXPECT_EQ(sim.get(jobs).status, 200U);
  EXPECT_EQ(sim.get(jobs).status, 429U);
  EXPECT_EQ(sim.get(items).status, 200U);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(sim.get(vault + version).status, 200U);
    EXPECT_EQ(sim.restore(disks_order()).status, 202U);
  }
}

TEST(RateLimits, TheHourRunsAsFastAsTheService) {
  Simulation sim("{}", {}, limited(1, 100));
  EXPECT_EQ(sim.get(jobs).status, 200U);
  EXPECT_EQ(header(sim.get(jobs), "Retry-After"), "36");
  sim.wait(36);
  EXPECT_EQ(sim.get(jobs).status, 200U);
}

TEST(RateLimits, TheSecondsMayStandInTheSentenceOnly) {
  FrontSettings settings = limited(1);
  settings.limits.says_retry_after = false;
  Simulation sim("{}", {}, settings);
  EXPECT_EQ(sim.get(jobs).status, 200U);
  EXPECT_EQ(header(sim.get(jobs), "Retry-After"), "");
}

TEST(RateLimits, ASubscriptionsReadsComeBackByTheSecond) {
  Simulation sim("{}", {}, bucketed());
  EXPECT_EQ(header(sim.get(jobs), left_of_reads), "249");
  for (int i = 1; i < 250; ++i) EXPECT_EQ(sim.get(i % 2 == 0 ? jobs : items).status, 200U);
  const Response refused = sim.get(vault + version);
  EXPECT_EQ(refused.status, 429U);
  EXPECT_EQ(code_of(refused), "SubscriptionRequestsThrottled");
  EXPECT_EQ(header(refused, "Retry-After"), "1");
  sim.wait(1);
  EXPECT_EQ(header(sim.get(jobs), left_of_reads), "24");
  sim.wait(3600);
  EXPECT_EQ(header(sim.get(jobs), left_of_reads), "249");
}

TEST(RateLimits, ASubscriptionsWritesHaveABucketOfTheirOwn) {
  Simulation sim("{}", {}, bucketed());
  EXPECT_EQ(header(sim.restore(disks_order()), left_of_writes), "199");
  for (int i = 1; i < 200; ++i) EXPECT_EQ(sim.restore(disks_order()).status, 202U);
  EXPECT_EQ(sim.restore(disks_order()).status, 429U);
  EXPECT_EQ(sim.get(jobs).status, 200U);
  EXPECT_EQ(sim.report()["restores"].size(), 200U);
}

TEST(RateLimits, TheReportHasRequestsAndRefusalsByAction) {
  Simulation sim("{}", {"GET .*/backupProtectedItems@1=429"}, limited(2));
  for (int i = 0; i < 3; ++i) (void)sim.get(jobs);
  (void)sim.get(items);
  const Json report = sim.report();
  EXPECT_EQ(report["requestsByAction"]["Microsoft.RecoveryServices/vaults/backupJobs/read"], 3);
  EXPECT_EQ(report["requestsByAction"]["Microsoft.RecoveryServices/vaults/backupProtectedItems/read"], 1);
  const Json only = {{"Microsoft.RecoveryServices/vaults/backupJobs/read", 1}};
  EXPECT_EQ(report["throttledByAction"], only) << "a fault is not a limit";
  EXPECT_EQ(report["throttled"], 1);
}

TEST(RateLimits, NothingIsRefusedUnlessAsked) {
  Simulation sim;
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(sim.get(jobs).status, 200U);
}

}  // namespace
}  // namespace azsim
