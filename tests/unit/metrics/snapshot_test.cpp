// The figures that are read for a request for metrics, with the names and units that Prometheus expects.
#include "daemon/metrics/snapshot.hpp"

#include "core/job/job.hpp"
#include "tests/unit/metrics/samples.hpp"

namespace azrestored::test {
namespace {

using std::chrono::seconds;

MetricsSnapshot at_noon() {
  MetricsSnapshot figures;
  figures.now = Instant(seconds(100'000));
  figures.started_at = Instant(seconds(99'000));
  return figures;
}

BudgetView budget(const std::string& action, int left, int limit, int waiting = 0) {
  return {"default", "sub", "Microsoft.RecoveryServices/" + action, limit, left, waiting, std::nullopt};
}

TEST(MetricsSnapshot, EveryStateIsThereEvenWithoutJobs) {
  MetricsSnapshot figures = at_noon();
  figures.jobs = {{"held", 2}, {"in-doubt", 1}};
  const auto families = families_of(figures);
  EXPECT_EQ(family_named(families, "azrestored_jobs")->metric.size(), state_names().size());
  EXPECT_EQ(value_of(families, "azrestored_jobs", {"held"}), 2);
  EXPECT_EQ(value_of(families, "azrestored_jobs", {"in-doubt"}), 1);
  EXPECT_EQ(value_of(families, "azrestored_jobs", {"queued"}), 0);
}

TEST(MetricsSnapshot, TimesAreSecondsAndWhatNeverWasIsZero) {
  MetricsSnapshot figures = at_noon();
  EXPECT_EQ(value_of(families_of(figures), "azrestored_oldest_waiting_job_age_seconds"), 0);
  EXPECT_EQ(value_of(families_of(figures), "azrestored_last_success_timestamp_seconds"), 0);
  EXPECT_EQ(value_of(families_of(figures), "process_start_time_seconds"), 99'000);
  figures.oldest_wait = Millis(1500);
  figures.last_success = Instant(Millis(99'000'250));
  EXPECT_EQ(value_of(families_of(figures), "azrestored_oldest_waiting_job_age_seconds"), 1.5);
  EXPECT_EQ(value_of(families_of(figures), "azrestored_last_success_timestamp_seconds"), 99'000.25);
  figures.oldest_wait = -Millis(seconds(5));  // the clock was set back between two lives of the daemon
  EXPECT_EQ(value_of(families_of(figures), "azrestored_oldest_waiting_job_age_seconds"), 0);
}

TEST(MetricsSnapshot, AQuotaIsReportedUnderTheNameOfItsRequestsIfItExists) {
  MetricsSnapshot figures = at_noon();
  figures.budgets = {budget("vaults/backupJobs/read", 120, 150, 3), budget("vaults/backupJobs/cancel/action", 0, 0)};
  const auto families = families_of(figures);
  const std::vector<std::string> jobs = {"default", "sub", "backupJobs"};
  EXPECT_EQ(value_of(families, "azrestored_budget_left", jobs), 120);
  EXPECT_EQ(value_of(families, "azrestored_budget_limit", jobs), 150);
  EXPECT_EQ(value_of(families, "azrestored_budget_waiting", jobs), 3);
  EXPECT_EQ(family_named(families, "azrestored_budget_left")->metric.size(), 1U);
}

TEST(MetricsSnapshot, ActionsOfOneNameAreOneSeriesWithTheSmallestQuota) {
  MetricsSnapshot figures = at_noon();
  figures.budgets = {budget("vaults/backupJobs/operationResults/read", 100, 150, 1),
                     budget("vaults/protectedItems/operationResults/read", 7, 80, 2)};
  const auto families = families_of(figures);
  const std::vector<std::string> results = {"default", "sub", "operationResults"};
  ASSERT_EQ(family_named(families, "azrestored_budget_left")->metric.size(), 1U);
  EXPECT_EQ(value_of(families, "azrestored_budget_left", results), 7);
  EXPECT_EQ(value_of(families, "azrestored_budget_limit", results), 80);
  EXPECT_EQ(value_of(families, "azrestored_budget_waiting", results), 3);
}

TEST(MetricsSnapshot, ATokenIsReportedByItsAgeAndEndAndAFailedSignInByAZero) {
  MetricsSnapshot figures = at_noon();
  figures.tokens = {{"prod", true, figures.now - seconds(60), figures.now + seconds(3'540)},
                    {"test", false, std::nullopt, std::nullopt}};
  const auto families = families_of(figures);
  EXPECT_EQ(value_of(families, "azrestored_sign_in_ok", {"prod"}), 1);
  EXPECT_EQ(value_of(families, "azrestored_sign_in_ok", {"test"}), 0);
  EXPECT_EQ(value_of(families, "azrestored_token_age_seconds", {"prod"}), 60);
  EXPECT_EQ(value_of(families, "azrestored_token_age_seconds", {"test"}), std::nullopt);
  EXPECT_EQ(value_of(families, "azrestored_token_expiry_timestamp_seconds", {"prod"}), 103'540);
}

TEST(MetricsSnapshot, CommitsAreAHistogramWhoseBucketsAddUp) {
  MetricsSnapshot figures = at_noon();
  LatencyHistogram times;
  times.add(std::chrono::microseconds(500));  // on a bound: in its bucket
  times.add(std::chrono::milliseconds(3));
  times.add(std::chrono::minutes(1));
  figures.commits = times.snapshot();
  const auto families = families_of(figures);
  const auto& histogram = metric_of(families, "azrestored_commit_duration_seconds", {})->histogram;
  ASSERT_EQ(histogram.bucket.size(), LatencyHistogram::bounds.size() + 1);
  EXPECT_EQ(histogram.bucket[0].cumulative_count, 1U);
  EXPECT_EQ(histogram.bucket[3].cumulative_count, 2U);
  EXPECT_EQ(histogram.bucket.back().cumulative_count, 3U);
  EXPECT_EQ(histogram.sample_count, 3U);
  EXPECT_NEAR(histogram.sample_sum, 60.0035, 1e-9);
}

}  // namespace
}  // namespace azrestored::test
