// How much of a vault's list its poller reads: the real VaultPoller over virtual time. The vault has pages of 200
// rows, newest first; most running restores are recent.
#include "core/engine/vault_poller.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/chance.hpp"
#include "tests/support/free_quota.hpp"
#include "tests/support/one_token.hpp"
#include "tests/support/virtual_time.hpp"

namespace azrestored::sim {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr Instant birth = Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22));
constexpr std::size_t page_size = 200;

/// A job list whose rows are sorted by number, highest first.
class LongList final : public Transport {
 public:
  explicit LongList(VirtualTime& time) : time_(time) {}

  static std::string id_of(std::size_t number) { return "job-" + std::to_string(number); }

  asio::awaitable<std::variant<HttpResponse, TransportFailure>> exchange(HttpRequest request) override {
    const auto at = request.url.find("&skip=");
    const std::size_t from = at == std::string::npos ? 0 : std::stoul(request.url.substr(at + 6));
    ++(from == 0 ? lists : further_pages);
    json rows = json::array();
    for (std::size_t i = from; i < std::min(status.size(), from + page_size); ++i) {
      const std::size_t number = status.size() - 1 - i;
      rows.push_back({{"name", id_of(number)}, {"properties", {{"operation", "Restore"}, {"status", status[number]}}}});
      if (number < activity_id.size()) rows.back()["properties"]["activityId"] = activity_id[number];
    }
    json body = {{"value", std::move(rows)}};
    if (from + page_size < status.size())
      body["nextLink"] = request.url.substr(0, at) + "&skip=" + std::to_string(from + page_size);
    co_await time_.pass(1s);
    co_return HttpResponse{200, {}, body.dump()};
  }

  std::vector<std::string> status;
  std::vector<std::string> activity_id;  // by number; later jobs have none
  int lists = 0;
  int further_pages = 0;

 private:
  VirtualTime& time_;
};

class Quiet final : public Observer {
 public:
  void changed(const Job&, const HistoryLine&, std::optional<Millis>) override {}
  void notice(std::string_view, const std::string&, const std::string&) override {}
};

class VaultPollerTest : public ::testing::Test {
 protected:
  VaultPollerTest() { policy_.reads_per_list = 0; }
  ~VaultPollerTest() override { time_.abandon(); }

  static Job tracked(std::size_t number) {
    Job job;
    job.id = LongList::id_of(number);
    job.progress.azure_job_id = LongList::id_of(number);
    job.progress.azure_status = "InProgress";
    job.progress.posted_at = birth - 1h;
    return job;
  }

  /// 1,000 rows, of which the newest 100 and the oldest `old` still run.
  void fill(std::size_t old) {
    vault_.status.assign(1000, "Completed");
    for (std::size_t number = 900; number < 1000; ++number) run(number);
    for (std::size_t number = 0; number < old; ++number) run(number);
  }
  void run(std::size_t number) {
    vault_.status[number] = "InProgress";
    poller_.watch(tracked(number));
  }

  void begin() {
    asio::co_spawn(time_.executor(), poller_.run(), [](std::exception_ptr error) {
      if (error) std::rethrow_exception(error);
    });
  }
  void pass(Millis span) {
    const Instant until = time_.true_now() + span;
    do time_.settle();
    while (time_.jump(until));
    time_.settle();
  }

  /// Ends the restore; returns how long it takes until the poller reports the end.
  Millis delay_of(std::size_t number) {
    vault_.status[number] = "Completed";
    const Instant ended = time_.now();
    while (reported_[LongList::id_of(number)] != "Completed" && time_.now() < ended + 10h) pass(10s);
    return time_.now() - ended;
  }

  void record(const JobId& id, const Event& event) {
    if (std::holds_alternative<SearchFound>(event.what)) found_.push_back(id);
    if (const auto* listed = std::get_if<JobListed>(&event.what))
      reported_[id] = listed->azure_status.value_or("missing");
  }

  VirtualTime time_{birth, Millis(0)};
  Chance chance_{1};
  test::OneToken tokens_;
  LongList vault_{time_};
  test::FreeQuota budgets_;
  Quiet observer_;
  Policy policy_;
  ArmClient arm_{ArmTarget{"https://management.example", "2025-02-01"}, vault_, tokens_, chance_, budgets_, ""};
  std::map<JobId, std::string> reported_;
  std::vector<JobId> found_;  // jobs whose backup job was found by its request id, in the order of their events
  VaultPoller poller_{RestoreScope{VaultId{"sub", "rg", "safe"}, ""},
                      arm_,
                      time_,
                      chance_,
                      observer_,
                      policy_,
                      [this](const JobId& id, const Event& event) { record(id, event); }};
};

TEST_F(VaultPollerTest, PagesWithoutAWatchedJobAreReadAtMostOnce) {
  fill(0);
  begin();
  pass(2h);
  EXPECT_GT(vault_.lists, 100);
  EXPECT_EQ(vault_.further_pages, 4);
}

TEST_F(VaultPollerTest, OldPagesWithFewWatchedJobsAreReadOccasionally) {
  fill(4);
  begin();
  pass(2h);
  const double whole = vault_.further_pages / 4.0;
  EXPECT_NEAR(whole, vault_.lists / 10.0, vault_.lists / 30.0) << "every tenth list: sqrt(4 pages * 100 jobs / 4 jobs)";
}

TEST_F(VaultPollerTest, AnEndIsReportedWhereverItIsInTheList) {
  fill(4);
  begin();
  pass(10min);
  EXPECT_LE(delay_of(950), policy_.job_interval + 20s);
  EXPECT_LE(delay_of(2), 12 * policy_.job_interval);
}

TEST_F(VaultPollerTest, APartlyReadListReportsNoMissingJob) {
  fill(4);
  begin();
  pass(2h);
  for (const auto& [id, status] : reported_) EXPECT_NE(status, "missing") << id;
  vault_.status.erase(vault_.status.begin());  // the others move up: there is no row 999 now
  pass(2h);
  EXPECT_EQ(reported_[LongList::id_of(999)], "missing");
}

// Goal: a seed replays exactly, whatever the allocator does. Method: the rows of the poller are at addresses that rise
// with the order of watch(). The ids have the opposite order, so events in the order of addresses would come in the
// wrong order.
TEST_F(VaultPollerTest, JobsFoundByTheirRequestIdGetTheirEventsInTheOrderOfTheseIds) {
  constexpr std::size_t count = 16;
  vault_.status.assign(count, "InProgress");
  std::vector<JobId> expected;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t number = count - 1 - i;
    Job job;
    job.id = LongList::id_of(number);
    job.progress.request_id = "00000000-0000-4000-8000-0000000000" + std::to_string(10 + number);
    job.progress.posted_at = birth - 1h;
    vault_.activity_id.insert(vault_.activity_id.begin(), job.progress.request_id);
    expected.insert(expected.begin(), job.id);
    poller_.watch(job);
  }
  begin();
  pass(5min);
  EXPECT_EQ(found_, expected);
}

}  // namespace
}  // namespace azrestored::sim
