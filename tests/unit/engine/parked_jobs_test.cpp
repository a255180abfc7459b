// Parked jobs: which one continues next, and when.
#include "core/engine/parked_jobs.hpp"

#include <gtest/gtest.h>

namespace azrestored {
namespace {

constexpr Instant now{std::chrono::hours(500'000)};

ParkedJobs::Entry due(Instant at) {
  ParkedJobs::Entry entry;
  entry.due = at;
  return entry;
}

TEST(ParkedJobs, ChangedJobsComeBeforeDueJobs) {
  ParkedJobs jobs;
  jobs.park("due", due(now - std::chrono::hours(1)));
  jobs.park("far", due(now + std::chrono::hours(1)));
  jobs.changed("far");
  EXPECT_EQ(jobs.pop_due(now), "far");
  EXPECT_EQ(jobs.pop_due(now), "due");
  EXPECT_EQ(jobs.pop_due(now), std::nullopt);
}

// `systemctl status` shows the seconds until next_at(). Subtracting now from the minimum of the clock would overflow.
TEST(ParkedJobs, NowCanBeSubtractedFromTheTimeOfAChangedJob) {
  ParkedJobs jobs;
  jobs.park("changed", due(now + std::chrono::hours(1)));
  jobs.changed("changed");
  ASSERT_TRUE(jobs.next_at());
  EXPECT_LT(*jobs.next_at() - now, Millis(0));
}

}  // namespace
}  // namespace azrestored
