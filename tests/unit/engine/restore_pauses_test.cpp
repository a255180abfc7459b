// A vault at its daily limit of restores: who waits, for how long, and which job tries again first.
#include "core/engine/restore_pauses.hpp"

#include <gtest/gtest.h>

#include "core/azure/problem.hpp"
#include "tests/support/sample_job.hpp"

namespace azrestored::test {
namespace {

constexpr Millis four_hours = std::chrono::hours(4);
const Problem limit = internal_problem("CloudDosAbsoluteLimitReached", "words of Azure");

Job job_of(const std::string& id, const std::string& vault = "safe") {
  Job job;
  job.id = id;
  job.vault = VaultId{"sub", "rg", vault};
  return job;
}

TEST(RestorePauses, HoldBackOneVaultUntilTheTimeOfTheNextTry) {
  RestorePauses pauses;
  EXPECT_FALSE(pauses.wait_of(job_of("a"), now));
  pauses.limit_reached(job_of("a"), limit, now, four_hours);
  const auto wait = pauses.wait_of(job_of("b", "SAFE"), now + std::chrono::hours(1));
  ASSERT_TRUE(wait);
  EXPECT_EQ(wait->time, Millis(std::chrono::hours(3)));
  EXPECT_EQ(wait->problem.code, limit.code);
  EXPECT_NE(wait->problem.message.find(to_rfc3339(now + four_hours)), std::string::npos) << wait->problem.message;
  EXPECT_FALSE(pauses.wait_of(job_of("c", "other"), now));
}

TEST(RestorePauses, LetOneJobTryAgainFirst) {
  RestorePauses pauses;
  pauses.limit_reached(job_of("a"), limit, now, four_hours);
  const Instant later = now + four_hours;
  EXPECT_FALSE(pauses.wait_of(job_of("b"), later));
  EXPECT_FALSE(pauses.wait_of(job_of("b"), later)) << "the first job asks again";
  EXPECT_EQ(pauses.wait_of(job_of("a"), later)->time, Millis(std::chrono::minutes(1)));
  EXPECT_FALSE(pauses.wait_of(job_of("a"), later + std::chrono::minutes(11))) << "the first job was cancelled";
  pauses.passed(job_of("a"));
  EXPECT_FALSE(pauses.wait_of(job_of("c"), later));
}

TEST(RestorePauses, AreRememberedByTheRowsOfWaitingJobs) {
  Job waiting = job_of("a");
  waiting.state = Triggering{false};
  waiting.progress.problem = limit;
  waiting.not_before = now + four_hours;
  Job other = waiting;
  other.progress.problem = internal_problem("NoAnswer", "the network");
  RestorePauses pauses;
  pauses.resumed(other, now);
  EXPECT_FALSE(pauses.wait_of(job_of("b"), now));
  pauses.resumed(waiting, now);
  EXPECT_EQ(pauses.wait_of(job_of("b"), now)->time, four_hours);
}

}  // namespace
}  // namespace azrestored::test
