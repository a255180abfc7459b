// A second POST after an unclear first one. azrestored searches again after a wait before the POST goes out, and does
// not believe a refusal until it is clear that the first POST started nothing.
#include <gtest/gtest.h>

#include "tests/support/sample_job.hpp"

namespace azrestored::test {
namespace {

/// Its first POST got no clear answer, and a search concluded that it started nothing.
Job repeating(bool sent) {
  Job job = job_in(Triggering{sent});
  job.progress.attempts = 1;
  job.progress.azure_job_id = "";
  return job;
}

TEST(EvolveRepeat, AThrottledRepeatIsPrecededByAnotherLook) {
  const Job waiting = after(repeating(true), Event(Throttled{problem("TooMany"), 30min})).job;
  ASSERT_TRUE(std::holds_alternative<InDoubt>(waiting.state));
  EXPECT_GE(waiting.not_before, now + 30min) << "never earlier than the server said";
  const Job seen = after(waiting, Event(SearchEmpty{now + 31min}), now + 31min).job;
  EXPECT_TRUE(std::holds_alternative<Triggering>(seen.state)) << "one look is enough: the quiet period is long over";
  EXPECT_EQ(seen.progress.request_id, request_id);
  EXPECT_EQ(seen.progress.attempts, 1);
}

TEST(EvolveRepeat, ARepeatThatCouldNotBeSentIsPrecededByAnotherLook) {
  EXPECT_TRUE(std::holds_alternative<InDoubt>(after(repeating(true), Event(NotSent{problem("SignIn")})).job.state));
}

TEST(EvolveRepeat, ARestartBeforeTheRepeatLooksAgain) {
  const Job job = after(repeating(false), Event(Interrupted{})).job;
  ASSERT_TRUE(std::holds_alternative<InDoubt>(job.state));
  EXPECT_EQ(job.progress.attempts, 1) << "nothing went out";
  EXPECT_LE(std::get<InDoubt>(job.state).quiet_until, now);
}

TEST(EvolveRepeat, ARefusedRepeatFailsOnlyOnceNothingIsFound) {
  const Job doubting = after(repeating(true), Event(Refused{problem("NameTaken")})).job;
  ASSERT_TRUE(std::holds_alternative<InDoubt>(doubting.state));
  const Job failed = after(doubting, Event(SearchEmpty{now + 1s}), now + 1s).job;
  EXPECT_TRUE(std::holds_alternative<Failed>(failed.state));
  EXPECT_EQ(failed.progress.problem->code, "NameTaken");
  const Job adopted = after(doubting, Event(SearchFound{azure_job_id, "InProgress"}), now + 1s).job;
  EXPECT_TRUE(std::holds_alternative<Tracking>(adopted.state)) << "the name was taken by our own first request";
}

TEST(EvolveRepeat, TheFirstPostThatIsRefusedFailsAtOnce) {
  EXPECT_TRUE(
      std::holds_alternative<Failed>(after(job_in(Triggering{true}), Event(Refused{problem("Bad")})).job.state));
}

}  // namespace
}  // namespace azrestored::test
