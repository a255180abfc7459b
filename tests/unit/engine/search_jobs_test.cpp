// The search for the backup job of an unconfirmed POST through Performer: which lists it requests from Azure, and that
// it reads all pages. What it concludes from the rows: tests/unit/restore/in_doubt_search_test.cpp.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <nlohmann/json.hpp>

#include "core/engine/perform.hpp"
#include "tests/support/free_quota.hpp"
#include "tests/support/one_token.hpp"
#include "tests/support/sample_job.hpp"

namespace azrestored::test {
namespace {

class FixedClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return at_; }
  std::unique_ptr<Timer> make_timer() override { return nullptr; }
  Instant at_ = test::now;
};

class FixedIds final : public IdSource {
 public:
  std::string uuid() override { return "00000000-0000-4000-8000-000000000000"; }
  double fraction() override { return 0; }
};

/// Returns one page after the other and records the requests.
class Pages final : public Transport {
 public:
  asio::awaitable<std::variant<HttpResponse, TransportFailure>> exchange(HttpRequest request) override {
    asked.push_back(request.url);
    HttpResponse page = pages.at(asked.size() - 1);
    co_return page;
  }
  std::vector<HttpResponse> pages;
  std::vector<std::string> asked;
};

const std::string next_page = "https://management.azure.com/page2";

HttpResponse page(const std::vector<std::string>& job_ids, const std::string& next = "", const std::string& date = "") {
  nlohmann::json value = nlohmann::json::array();
  for (const std::string& id : job_ids)
    value.push_back({{"name", id}, {"properties", {{"activityId", request_id}, {"status", "InProgress"}}}});
  nlohmann::json body = {{"value", value}};
  if (!next.empty()) body["nextLink"] = next;
  HttpResponse response{200, {}, body.dump()};
  if (!date.empty()) response.headers.emplace_back("Date", date);
  return response;
}

class SearchJobsTest : public ::testing::Test {
 protected:
  SearchJobsTest() { sessions_.add("default", arm_); }

  EventPayload search(std::vector<HttpResponse> pages, Instant our_time = now) {
    transport_.pages = std::move(pages);
    clock_.at_ = our_time;
    asio::io_context loop;
    Event found;
    const Action action = SearchJobs{};
    asio::co_spawn(loop, performer_.perform(action, job_in(in_doubt()), nullptr),
                   [&found](std::exception_ptr, Event event) { found = std::move(event); });
    loop.run();
    return found.what;
  }

  FixedClock clock_;
  FixedIds ids_;
  test::OneToken token_;
  Pages transport_;
  FreeQuota budgets_;
  ArmClient arm_{
      ArmTarget{"https://management.azure.com", "2025-02-01", "2021-11-15"}, transport_, token_, ids_, budgets_, ""};
  ArmClients sessions_;
  Performer performer_{sessions_, clock_, ids_};
};

TEST_F(SearchJobsTest, AllPagesAreSearchedAndAJobOnTwoPagesIsOneJob) {
  const EventPayload found = search({page({}, next_page), page({azure_job_id}, next_page + "3"), page({azure_job_id})});
  ASSERT_TRUE(std::holds_alternative<SearchFound>(found)) << event_name(found);
  EXPECT_EQ(std::get<SearchFound>(found).azure_job_id, azure_job_id);
}

TEST_F(SearchJobsTest, AnEmptyListReportsAzuresTimeFromItsFirstPage) {
  const EventPayload found =
      search({page({}, next_page, "Fri, 20 Nov 2026 10:00:07 GMT"), page({}, "", "Fri, 20 Nov 2026 10:00:20 GMT")});
  ASSERT_TRUE(std::holds_alternative<SearchEmpty>(found)) << event_name(found);
  EXPECT_EQ(std::get<SearchEmpty>(found).azure_time, now + 7s);
}

TEST_F(SearchJobsTest, TheWindowReachesAWeekBeyondThePostAndNow) {
  search({page({})});
  EXPECT_NE(transport_.asked.front().find("startTime%20eq%20%272026-11-13%2009%3A50%3A00%20AM%27"), std::string::npos);
  EXPECT_NE(transport_.asked.front().find("endTime%20eq%20%272026-11-27%2010%3A00%3A00%20AM%27"), std::string::npos);
}

TEST_F(SearchJobsTest, SearchesAgainAroundAzuresTimeIfThatIsOutsideTheWindow) {
  const std::string date = "Tue, 20 Oct 2026 10:00:07 GMT";  // our clock has always been a month ahead
  const EventPayload found = search({page({}, "", date), page({azure_job_id}, "", date)});
  ASSERT_TRUE(std::holds_alternative<SearchFound>(found)) << event_name(found);
  EXPECT_NE(transport_.asked.back().find("startTime%20eq%20%272026-10-13"), std::string::npos);
}

TEST_F(SearchJobsTest, AnAzureClockThatJumpsByWeeksProvesNothing) {
  const EventPayload found =
      search({page({}, "", "Fri, 20 Nov 2020 10:00:07 GMT"), page({}, "", "Fri, 20 Nov 2015 10:00:07 GMT")});
  EXPECT_TRUE(std::holds_alternative<ReadFailed>(found)) << event_name(found);
}

}  // namespace
}  // namespace azrestored::test
