// Which backup jobs count as started by a POST whose outcome is unknown: the answer decides whether a second POST goes
// out. Lists are given as rows; the window is compared with the dates that it must reach.
#include "core/restore/in_doubt_search.hpp"

#include "tests/support/sample_job.hpp"

namespace azrestored::test {
namespace {

constexpr Millis week = 24h * 7;

JobRow row(const std::string& id, const std::string& activity_id = request_id, const std::string& vm = "web01") {
  return {id, "InProgress", activity_id, vm, std::nullopt};
}

EventPayload found_in(const std::vector<JobRow>& rows, const Job& job = job_in(in_doubt()),
                      const ListTimes& times = {}) {
  return searched(rows, job, times).what;
}

std::string contradiction(const EventPayload& found) {
  const auto* contradicted = std::get_if<SearchContradicted>(&found);
  return contradicted != nullptr ? contradicted->problem.text() : std::string(event_name(found));
}

TEST(InDoubtSearch, FindsTheBackupJobWithOurRequestId) {
  const EventPayload found = found_in({row("another", "ffffffff-2222-4333-8444-555555555555"), row(azure_job_id)});
  ASSERT_TRUE(std::holds_alternative<SearchFound>(found)) << event_name(found);
  EXPECT_EQ(std::get<SearchFound>(found).azure_job_id, azure_job_id);
  EXPECT_EQ(std::get<SearchFound>(found).azure_status, "InProgress");
}

TEST(InDoubtSearch, ARequestIdIsOursInAnyCaseAndWithSomethingAppended) {
  Job job = job_in(in_doubt());
  job.progress.request_id = "abcdef00-2222-4333-8444-555555555555";
  const EventPayload found = found_in({row(azure_job_id, "ABCDEF00-2222-4333-8444-555555555555 ;1")}, job);
  EXPECT_TRUE(std::holds_alternative<SearchFound>(found)) << event_name(found);
}

TEST(InDoubtSearch, AJobThatTheListShowsTwiceIsOneJob) {
  const EventPayload found = found_in({row("job-a"), row("JOB-A")});
  EXPECT_TRUE(std::holds_alternative<SearchFound>(found)) << contradiction(found);
}

TEST(InDoubtSearch, TwoJobsThatCarryOurRequestIdContradict) {
  EXPECT_EQ(contradiction(found_in({row("job-a"), row("job-b")})),
            "SeveralJobs: backup jobs job-a and job-b all carry our request id " + request_id);
}

TEST(InDoubtSearch, AJobWithOurRequestIdThatRestoresAnotherVmContradicts) {
  EXPECT_EQ(contradiction(found_in({row("job-a", request_id, "db01")})),
            "ForeignJob: backup job job-a carries our request id, but restores db01 instead of web01");
  EXPECT_TRUE(std::holds_alternative<SearchFound>(found_in({row("job-a", request_id, "WEB01")})));
  EXPECT_TRUE(std::holds_alternative<SearchFound>(found_in({row("job-a", request_id, "")})));
}

TEST(InDoubtSearch, AnEmptyResultSaysWhenTheListWasReadByBothClocks) {
  const ListTimes times{now - 3s, now + 7s};
  const EventPayload found = found_in({row("another", "ffffffff")}, job_in(in_doubt()), times);
  ASSERT_TRUE(std::holds_alternative<SearchEmpty>(found)) << event_name(found);
  EXPECT_EQ(std::get<SearchEmpty>(found).began_at, now - 3s);
  EXPECT_EQ(std::get<SearchEmpty>(found).azure_time, now + 7s);
}

TEST(InDoubtSearch, WithoutARequestIdNoJobIsOurs) {
  Job job = job_in(in_doubt());
  job.progress.request_id.clear();
  const EventPayload found = found_in({row(azure_job_id, "")}, job);
  EXPECT_TRUE(std::holds_alternative<SearchEmpty>(found)) << event_name(found);
}

TEST(SearchWindow, ReachesAWeekBeyondThePostAndNow) {
  const SearchWindow window = SearchWindow::around(now, now - 10min);
  EXPECT_EQ(window.from, now - 10min - week);
  EXPECT_EQ(window.to, now + week);
}

TEST(SearchWindow, AClockThatWasSetBackSinceThePostMovesItBackToo) {
  const SearchWindow window = SearchWindow::around(now - 72h, now);
  EXPECT_EQ(window.from, now - 72h - week);
  EXPECT_EQ(window.to, now + week);
}

TEST(SearchWindow, CoversAListThatAzureServedInsideOfIt) {
  const SearchWindow window = SearchWindow::around(now, now);
  EXPECT_TRUE(window.covers(now - week));
  EXPECT_TRUE(window.covers(now + week));
  EXPECT_FALSE(window.covers(now - week - 1ms));
  EXPECT_FALSE(window.covers(now + week + 1ms));
  EXPECT_TRUE(window.covers(std::nullopt)) << "without a time there is nothing to compare with";
}

TEST(SearchWindow, WidensAroundAzuresTimeAndLosesNothing) {
  SearchWindow window = SearchWindow::around(now, now);
  window.widen_to(now - 24h * 30);
  EXPECT_EQ(window.from, now - 24h * 30 - week);
  EXPECT_EQ(window.to, now + week);
  EXPECT_TRUE(window.covers(now - 24h * 30));
}

}  // namespace
}  // namespace azrestored::test
