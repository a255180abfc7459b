// Goal: the time of the next look is never taken for the time of a second request, and the words about the end of the
// search agree with what evolve() does.
#include "core/view/next_step.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/azure/problem.hpp"
#include "core/view/explain.hpp"
#include "core/view/job_view.hpp"
#include "tests/support/sample_job.hpp"

namespace azrestored::test {
namespace {

using nlohmann::json;

/// Looks in five seconds; the quiet period ends in a minute.
Job doubtful() {
  Job job = job_in(in_doubt());
  job.not_before = now + 5s;
  job.progress.attempts = 1;
  return job;
}

/// The job after a search, right when it is conclusive, that found nothing.
Job after_the_search(Job job) {
  const Instant then = now + 2min;
  return after(std::move(job), Event(SearchEmpty{then, std::nullopt}), then).job;
}

TEST(NextStepTest, InDoubtTheNextLookAndTheEarliestRequestAreDifferentTimes) {
  const json next = explain(doubtful(), {}, now).at("next");
  EXPECT_EQ(next.at("what"), "It searches the vault's backup jobs for our request id");
  EXPECT_EQ(next.at("at"), "2026-11-20T10:00:05Z");
  EXPECT_EQ(next.at("atIs"), "look");
  EXPECT_EQ(next.at("then"),
            "If none has appeared by 2026-11-20T10:01:00Z, azrestored sends the request again, with the same id, but "
            "not earlier");
  EXPECT_EQ(next.at("requestNotBefore"), "2026-11-20T10:01:00Z");
  EXPECT_EQ(job_summary(doubtful()).at("nextAtIs"), "look");
}

TEST(NextStepTest, AWaitAfterFailedSearchesDelaysTheRequestToo) {
  Job job = doubtful();
  job.not_before = now + 3min;
  EXPECT_EQ(explain(job, {}, now).at("next").at("requestNotBefore"), "2026-11-20T10:03:00Z");
}

TEST(NextStepTest, ARequestIsAnnouncedOnlyIfOneFollows) {
  Job job = doubtful();
  EXPECT_TRUE(std::holds_alternative<Triggering>(after_the_search(job).state));
  EXPECT_TRUE(next_step_of(job).request_not_before);

  Job refused = doubtful();
  refused.progress.refusal = problem("UserErrorX");
  EXPECT_TRUE(std::holds_alternative<Failed>(after_the_search(refused).state));
  EXPECT_FALSE(next_step_of(refused).request_not_before);
  EXPECT_NE(next_step_of(refused).then.find("the job fails"), std::string::npos);

  Job cancelled = doubtful();
  cancelled.progress.cancel_requested_at = now;
  EXPECT_TRUE(std::holds_alternative<Cancelled>(after_the_search(cancelled).state));
  EXPECT_FALSE(next_step_of(cancelled).request_not_before);

  Job accepted = doubtful();
  std::get<InDoubt>(accepted.state).accepted = true;
  EXPECT_TRUE(std::holds_alternative<Held>(after_the_search(accepted).state));
  EXPECT_FALSE(next_step_of(accepted).request_not_before);

  // The fifth unclear response: evolve() holds the job, and the words said "sends the request again".
  Job fifth = doubtful();
  fifth.progress.attempts = Policy{}.max_attempts;
  EXPECT_TRUE(std::holds_alternative<Held>(after_the_search(fifth).state));
  EXPECT_FALSE(next_step_of(fifth).request_not_before);
  EXPECT_NE(next_step_of(fifth).then.find("the job is held"), std::string::npos);
  fifth.progress.excused_attempts = 1;
  EXPECT_TRUE(next_step_of(fifth).request_not_before);
}

TEST(NextStepTest, TheReadForSafetyIsNotTheNextStep) {
  Job job = job_in(old_tracking());
  job.not_before = now + 2h;
  EXPECT_EQ(explain(job, {}, now).at("next").at("atIs"), "latest");
  EXPECT_EQ(job_summary(job).at("nextAtIs"), "latest");
}

TEST(NextStepTest, AnyOtherTimeIsThatOfTheStep) {
  Job job = job_in(Polling{now});
  job.not_before = now + 1min;
  EXPECT_EQ(explain(job, {}, now).at("next").at("atIs"), "step");
  job.not_before = now - 1min;
  EXPECT_TRUE(explain(job, {}, now).at("next").at("atIs").is_null());
  EXPECT_TRUE(explain(job_in(Held{true}), {}, now).at("next").at("atIs").is_null());
}

}  // namespace
}  // namespace azrestored::test
