// Goal: with every recorded error response, at every step of a restore, the restore ends correctly and is done once.
// Method: a recorded restore is replayed with the recorded error responses inserted, one step after the other
// (recording.hpp).
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/system/recording.hpp"

namespace azrestored::test {
namespace {

struct Step {
  std::string name;
  std::string route;  // a regular expression over "METHOD target"
};
const std::vector<Step> primary = {{"items", "GET .*/backupProtectedItems"},
                                   {"vault", "GET .*/vaults/[^/?]*\\?"},
                                   {"guard", "GET .*/backupResourceGuardProxies"},
                                   {"point", "GET .*/recoveryPoints/"},
                                   {"post", "POST .*/restore\\?"},
                                   {"operation", "GET .*/operationsStatus/"},
                                   {"list", "GET .*/backupJobs\\?"},
                                   {"job", "GET .*/backupJobs/"}};
const std::vector<Step> cross_region = {{"items", "GET .*/backupProtectedItems"},
                                        {"point", "GET .*/recoveryPoints"},
                                        {"aad", "GET .*/backupAadProperties"},
                                        {"token", "POST .*/accessToken"},
                                        {"post", "POST .*/backupCrossRegionRestore"},
                                        {"operation", "GET .*/backupCrrOperationsStatus/"},
                                        {"list", "POST .*/backupCrrJobs"},
                                        {"job", "POST .*/backupCrrJob\\?"}};

/// Temporary errors, three in a row: each run tries three of them.
const std::vector<std::vector<std::string>> passing = {
    {"arm_500_internal", "rs_500_restapi", "rs_500_cloudstorage_emptymsg"},
    {"rs_500_cloudinternal", "arm_502_gateway_host", "arm_503_server_timeout"},
    {"arm_504_gateway_timeout", "crr_500_cloudinternal", "crr_500_restapi"},
    {"arm_429_jobs", "arm_429_operations", "arm_429_jobs_ra324"}};  // the server has shortened their Retry-After

struct Case {
  std::string recording;
  Step step;
  std::vector<std::string> faults;
};

std::vector<std::string> options_for(const Case& each) {
  std::vector<std::string> options;
  for (std::size_t i = 0; i < each.faults.size(); ++i) {
    options.emplace_back("--fault");
    options.push_back(each.step.route + "@" + std::to_string(i + 1) + "=" + each.faults[i]);
  }
  return options;
}

std::string as_name(const testing::TestParamInfo<Case>& each) {
  std::string name = each.param.recording + "_" + each.param.step.name + "_" + each.param.faults.front();
  std::ranges::replace(name, '-', '_');
  return name;
}

std::vector<Case> all(const std::vector<std::vector<std::string>>& faults) {
  std::vector<Case> cases;
  for (const auto& each : faults) {
    for (const Step& step : primary) cases.push_back({"restore_2024-12", step, each});
    for (const Step& step : cross_region) cases.push_back({"crr_2024-11", step, each});
  }
  return cases;
}

class Faulty : public Recordings, public testing::WithParamInterface<Case> {
 protected:
  Json run() {
    recording_.emplace(GetParam().recording, Recording::Door::open, options_for(GetParam()));
    recording_->daemon.start();
    recording_->drop_restore(0);
    return recording_->wait_for_end("restore-1");
  }
  void expect_restores(int most) {
    const Json counts = recording_->counts();
    EXPECT_EQ(counts.at("duplicate_restore_posts"), 0) << counts.dump();
    EXPECT_LE(counts.at("restore_posts").get<int>(), most) << counts.dump();
    EXPECT_EQ(counts.at("semantic_diffs"), 0) << counts.dump();
  }

  std::optional<Recording> recording_;
};

// ── temporary errors ──
class PassingErrors : public Faulty {};

TEST_P(PassingErrors, AreOvercomeAndTheRestoreIsDoneOnce) {
  const Json job = run();
  EXPECT_EQ(job.at("state"), "succeeded") << job.dump(2);
  expect_restores(1);
}

INSTANTIATE_TEST_SUITE_P(Each, PassingErrors, testing::ValuesIn(all(passing)), as_name);

// ── permanent errors ──
class FinalErrors : public Faulty {};

/// The state in which the job must end after one permanent refusal of this step.
std::string end_of(const Case& each) {
  const std::string& step = each.step.name;
  if (step == "vault" || step == "guard") return "succeeded";  // not required; the job gets a warning
  if (step == "list") return "succeeded";                      // the job itself is read as well
  if (step == "operation" || step == "job") {                  // a restore may be running: "failed" would be a guess
    return each.faults.front().starts_with("arm_404") ? "succeeded"
                                                      : "held";  // 404 may be too early, and is read again
  }
  return "failed";
}

TEST_P(FinalErrors, EndTheJobOnlyWhereNothingCanRun) {
  const Json job = run();
  EXPECT_EQ(job.at("state"), end_of(GetParam())) << job.dump(2);
  if (job.at("state") == "failed") {
    EXPECT_GE(job.at("error").at("httpStatus"), 400) << "in the service's own words";
  }
  expect_restores(job.at("state") == "failed" ? 0 : 1);
}

INSTANTIATE_TEST_SUITE_P(Each, FinalErrors,
                         testing::ValuesIn(all({{"arm_404_resource"},
                                                {"arm_404_resource_group"},
                                                {"arm_403_linked_authorization"},
                                                {"arm_409_subscription_not_registered"},
                                                {"rs_400_deferred_delete"},
                                                {"rs_400_crr_zrs_vault"}})),
                         as_name);

}  // namespace
}  // namespace azrestored::test
