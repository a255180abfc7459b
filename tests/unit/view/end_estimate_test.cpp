// When a restore's end is expected: which source counts, and when there is no estimate.
#include "core/view/end_estimate.hpp"

#include <nlohmann/json.hpp>

#include "tests/support/sample_job.hpp"

namespace azrestored::test {
namespace {

/// Requested ten minutes ago; its details were read five minutes ago, a quarter done.
Job running_job() {
  Job job = job_in(old_tracking());
  job.progress.percent = 25;
  return job;
}

Job with_estimate(const std::string& remaining) {
  Job job = running_job();
  job.progress.outcome = std::make_shared<const nlohmann::json>(nlohmann::json{{"remaining", remaining}});
  return job;
}

std::string estimate(const Job& job, std::optional<Millis> usual = std::nullopt) {
  const auto expected = end_estimate_of(job, usual);
  return expected ? to_rfc3339(expected->ends) + " " + std::string(to_text(expected->ground)) : "";
}

TEST(ExpectationTest, AzuresOwnEstimateCountsFromWhenItWasReadAndBeforeAllElse) {
  EXPECT_EQ(estimate(with_estimate("PT10M35.5S")), "2026-11-20T10:05:35.500Z azure");
  EXPECT_FALSE(asks_past_runs(with_estimate("PT10M35.5S"), now));
}

TEST(ExpectationTest, OnceAzuresEstimateHasRunOutPastRunsMayGiveItMoreTime) {
  const Job job = with_estimate("PT4M");
  EXPECT_TRUE(asks_past_runs(job, now));
  EXPECT_EQ(estimate(job), "2026-11-20T09:59:00Z azure");
  EXPECT_EQ(estimate(job, 30min), "2026-11-20T10:20:00Z pastRuns");
  EXPECT_EQ(estimate(job, 5min), "2026-11-20T09:59:00Z azure");
}

TEST(ExpectationTest, AnEstimateOfNothingIsNone) {
  for (const char* remaining : {"PT0S", "-PT4M", "soon"})
    EXPECT_EQ(estimate(with_estimate(remaining), 30min), "2026-11-20T10:20:00Z pastRuns") << remaining;
}

TEST(ExpectationTest, WithoutAnEstimateItIsWhatRestoresLikeItTookFromTheRequestOn) {
  EXPECT_EQ(estimate(running_job(), 30min), "2026-11-20T10:20:00Z pastRuns");
  Job polling = job_in(Polling{});
  EXPECT_EQ(estimate(polling, 30min), "2026-11-20T10:20:00Z pastRuns");
}

TEST(ExpectationTest, OneThatTakesLongerThanUsualIsExpectedInThePast) {
  EXPECT_EQ(estimate(running_job(), 8min), "2026-11-20T09:58:00Z pastRuns");
}

TEST(ExpectationTest, WithoutPastRunsItIsByHowFarItHadComeWhenItWasRead) {
  EXPECT_EQ(estimate(running_job()), "2026-11-20T10:10:00Z progress");
  Job job = running_job();
  for (const double nothing : {0.0, 100.0}) {
    job.progress.percent = nothing;
    EXPECT_EQ(estimate(job), "") << nothing;
  }
  job.progress.percent.reset();
  EXPECT_EQ(estimate(job), "");
}

TEST(ExpectationTest, TheDurationOfARehydrationIsNotEstimated) {
  Job job = running_job();
  job.state = Rehydrating{old_tracking()};
  EXPECT_EQ(estimate(job, 30min), "");
  job.progress.outcome = std::make_shared<const nlohmann::json>(nlohmann::json{{"remaining", "PT3H"}});
  EXPECT_EQ(estimate(job, 30min), "2026-11-20T12:55:00Z azure");
}

TEST(ExpectationTest, NothingIsExpectedOfWhatIsNotUnderWayOrOver) {
  for (const State& state : {State(Queued{}), State(Triggering{true}), State(in_doubt()), State(Held{true}),
                             State(Succeeded{}), State(Failed{}), State(cancelling(Cancelling::Phase::watching))}) {
    Job job = with_estimate("PT10M");
    job.state = state;
    EXPECT_EQ(estimate(job, 30min), "") << state_name(state);
  }
}

}  // namespace
}  // namespace azrestored::test
