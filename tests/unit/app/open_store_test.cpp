// The store that the settings name: what the daemon ends with when there is none to be had.
#include "daemon/app/open_store.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <filesystem>

#include "daemon/app/exit_codes.hpp"
#include "tests/support/files.hpp"
#include "tests/support/one_entry.hpp"
#include "tests/support/served_jobs.hpp"

namespace azrestored::test {
namespace {

class OpenStoreTest : public testing::Test {
 protected:
  OpenStoreTest() {
    settings_.store.path = folder_ / "jobs.db";
    settings_.spool.directory = folder_ / "spool";
  }

  StartFailure failure() {
    const auto store = open_store(settings_);
    if (!store) return store.error();
    ADD_FAILURE() << "it was opened";
    return {};
  }

  TempDir folder_;
  Settings settings_;
};

TEST_F(OpenStoreTest, AllPortsAreOfOneStoreWhichNobodyElseMayOpen) {
  asio::io_context loop(1);
  auto store = open_store(settings_);
  ASSERT_TRUE(store) << store.error().sentence;
  EXPECT_FALSE(store->health.fatal_error());
  std::size_t claimed = 0;
  std::size_t finished = 0;
  const std::vector<NewEntry> entries = one_entry({test::sample_job(1, Queued{}), "{}"}, {});
  const Admission all;
  const auto use = [&]() -> asio::awaitable<void> {
    const Result<void> inserted = co_await store->jobs->insert(entries);
    EXPECT_TRUE(inserted);
    Result<std::vector<Job>> jobs = co_await store->jobs->claim(1, all);
    claimed = jobs->size();
    Job job = jobs->front();
    job.state = Succeeded{};
    const Result<Job> saved = co_await store->jobs->save(job, std::nullopt);
    EXPECT_TRUE(saved);
    const Result<std::optional<Instant>> last = co_await store->health.last_success();
    EXPECT_EQ(*last, job.since);
    const Result<std::vector<JobId>> ended = co_await store->finished.finished(job.since + Millis(1), 10);
    finished = ended->size();
    const Result<std::vector<StoredBudget>> quotas = co_await store->budgets.budgets();
    EXPECT_TRUE(quotas->empty());
  };
  asio::co_spawn(loop, use, [](const std::exception_ptr& bug) {
    if (bug) std::rethrow_exception(bug);
  });
  loop.run();
  EXPECT_EQ(claimed, 1U);
  EXPECT_EQ(finished, 1U);
  EXPECT_EQ(failure().exit_code, exit_cannot_run) << "the first daemon has it";
}

TEST_F(OpenStoreTest, AMissingFolderIsAFaultThatARestartMayNotMeet) {
  settings_.store.path = folder_ / "none/jobs.db";
  const StartFailure missing = failure();
  EXPECT_EQ(missing.exit_code, exit_cannot_run);
  EXPECT_NE(missing.sentence.find(folder_ / "none"), std::string::npos) << missing.sentence;
}

TEST_F(OpenStoreTest, ADamagedDatabaseKeepsSystemdFromStartingTheDaemonAgain) {
  write_file(settings_.store.path, "no database at all, but long enough to be looked at as one");
  EXPECT_EQ(failure().exit_code, exit_database_lost);
}

TEST_F(OpenStoreTest, SoDoesOneThatIsGoneWhileItsJobsAreInTheSpool) {
  const std::filesystem::path accepted = folder_.path() / "spool/accepted";
  std::filesystem::create_directories(accepted);
  write_file(accepted / (test::job_id(1) + ".json"), "{}");
  EXPECT_EQ(failure().exit_code, exit_database_lost);
  EXPECT_FALSE(std::filesystem::exists(settings_.store.path)) << "nothing is made";
}

}  // namespace
}  // namespace azrestored::test
