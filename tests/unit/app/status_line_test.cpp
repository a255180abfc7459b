// The status that `systemctl status` shows.
#include "daemon/app/status_line.hpp"

#include <gtest/gtest.h>

namespace azrestored::test {
namespace {

TEST(StatusLine, ItCountsWhatIsUnderWay) {
  Condition condition;
  condition.jobs = {{"queued", 3}, {"held", 1}, {"polling", 2}, {"tracking", 10}, {"succeeded", 700}, {"failed", 2}};
  condition.next_poll = Millis(7200);
  EXPECT_EQ(status_line(condition), "12 running, 3 waiting, 1 held, next poll in 8 s");
}

TEST(StatusLine, JobsInDoubtAreCountedSeparately) {
  Condition condition;
  condition.jobs = {{"in-doubt", 1}, {"resolving", 1}};
  condition.next_poll = Millis(-5);
  EXPECT_EQ(status_line(condition), "2 running (1 in doubt), polling");
}

TEST(StatusLine, NothingUnderWayIsSaidInWords) {
  Condition condition;
  condition.jobs = {{"succeeded-with-warnings", 700}};
  condition.next_poll = Millis(5000);
  EXPECT_EQ(status_line(condition), "Idle: no job is under way");
}

TEST(StatusLine, WhatIsNotKnownIsNotCounted) {
  Condition condition;
  condition.jobs = {{"hibernating", 3}, {"cancelling", 1}};
  EXPECT_EQ(status_line(condition), "1 running");
}

TEST(StatusLine, ItShowsWhatStopsJobs) {
  Condition condition;
  condition.jobs = {{"queued", 3}};
  condition.problem = "cannot sign in: the client secret has expired";
  EXPECT_EQ(status_line(condition), "3 waiting; cannot sign in: the client secret has expired");
}

}  // namespace
}  // namespace azrestored::test
