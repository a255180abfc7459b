// After a crash anywhere, the next start leaves exactly one job for each good file and one refused file for each bad
// one. Method: first, from every state of the folders and the store that the order of steps can leave. Second, kill a
// real process (real files, real SQLite) at each marked point and check the result of the next start.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>

#include "persistence/sqlite/sqlite_store.hpp"
#include "tests/support/spool_world.hpp"

namespace azrestored {
namespace {

namespace fs = std::filesystem;

const std::string some_id = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";
const std::string bad_job = "{\"vault\": 1}";

struct State {
  std::string name;
  std::vector<std::string> files;  // below the spool; job files, reasons and half-written reasons
  bool is_in_store = false;
  std::string content;
  std::vector<std::string> expected_files;
};

void PrintTo(const State& state, std::ostream* out) {
  *out << state.name;
}

class SpoolRecovery : public SpoolWorld, public testing::WithParamInterface<State> {
 protected:
  [[nodiscard]] std::vector<std::string> all_files() const {
    std::vector<std::string> files;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(spool())) {
      if (!entry.is_directory()) files.push_back(fs::relative(entry.path(), spool()).string());
    }
    std::sort(files.begin(), files.end());
    return files;
  }

  void insert_job(const JobId& id) {
    NewJob added;
    added.job.id = id;
    const auto insert = [&]() -> asio::awaitable<void> {
      const Result<void> inserted = co_await memory_.insert(one_entry(added, HistoryLine()));
      EXPECT_TRUE(inserted.has_value());
    };
    run_to_end(loop_, insert());
  }
};

TEST_P(SpoolRecovery, EndsWithOneJobOrOneRefusedFileAndASecondScanChangesNothing) {
  const State& state = GetParam();
  for (const std::string& file : state.files) {
    const bool is_reason = file.find(".reason") != std::string::npos;
    write_file(spool() / file, is_reason ? "left by a crash" : state.content);
  }
  if (state.is_in_store) insert_job(some_id);

  for (int i = 0; i < 2; ++i) {
    restart();
    scan();
    EXPECT_EQ(all_files(), state.expected_files);
    EXPECT_EQ(jobs().size(), state.content == bad_job ? 0U : 1U);
    EXPECT_EQ(jobs().contains(some_id), state.content != bad_job);
    for (const std::string& file : all_files()) {
      const bool is_reason = file.find(".reason") != std::string::npos;
      EXPECT_EQ(read_file(spool() / file) == state.content, !is_reason) << file;
    }
  }
}

const std::string in_incoming = "incoming/" + some_id + ".json";
const std::string in_claimed = "claimed/" + some_id + "~" + some_id + ".json";
const std::string in_accepted = "accepted/" + some_id + ".json";
const std::string bad_incoming = "incoming/x.json";
const std::string bad_claimed = "claimed/" + some_id + "~x.json";
const std::string refused = "rejected/x.json";
const std::string reason = "rejected/x.json.reason";

const State states[] = {
    {"GoodBeforeClaim", {in_incoming}, false, good_job(), {in_accepted}},
    {"GoodClaimed", {in_claimed}, false, good_job(), {in_accepted}},
    {"GoodInserted", {in_claimed}, true, good_job(), {in_accepted}},
    {"GoodAccepted", {in_accepted}, true, good_job(), {in_accepted}},
    {"BadBeforeClaim", {bad_incoming}, false, bad_job, {refused, reason}},
    {"BadClaimed", {bad_claimed}, false, bad_job, {refused, reason}},
    {"BadReasonHalfWritten", {bad_claimed, "rejected/.x.json.reason.tmp"}, false, bad_job, {refused, reason}},
    {"BadReasonWritten", {bad_claimed, reason}, false, bad_job, {refused, reason}},
    {"BadRejected", {refused, reason}, false, bad_job, {refused, reason}},
    {"BadSecondReasonWritten",
     {bad_claimed, refused, reason, "rejected/x.json~2.reason"},
     false,
     bad_job,
     {refused, reason, "rejected/x.json~2", "rejected/x.json~2.reason"}},
};

INSTANTIATE_TEST_SUITE_P(States, SpoolRecovery, testing::ValuesIn(states),
                         [](const testing::TestParamInfo<State>& each) { return each.param.name; });

using SpoolRecoveryOdds = SpoolWorld;

TEST_F(SpoolRecoveryOdds, AForeignFileInClaimedIsReportedOnceAndStays) {
  write_file(claimed("notes.txt"), "by hand");
  for (int i = 0; i < 2; ++i) scan();
  EXPECT_EQ(read_file(claimed("notes.txt")), "by hand");
  EXPECT_EQ(observer_.count("claimed/notes.txt is left alone"), 1);
}

TEST_F(SpoolRecoveryOdds, ClaimedFilesOfSeveralRoundsAreAllProcessed) {
  for (int i = 0; i < 1100; ++i) write_file(claimed(ids_.uuid() + "~web01.json"), good_job());
  scan();
  EXPECT_EQ(jobs().size(), 1100U);
  EXPECT_TRUE(names_in(claimed()).empty());
}

// On a file system where each folder is durable independently, a power cut can leave a moved file under both its names.
class SpoolHalfMoved : public SpoolWorld {
 protected:
  void give_second_name(const fs::path& file, const fs::path& second) { fs::create_hard_link(file, second); }
};

TEST_F(SpoolHalfMoved, AFileThatIsBothInIncomingAndClaimedBecomesOneJob) {
  write_file(claimed(some_id + "~x.json"), good_job());
  give_second_name(claimed(some_id + "~x.json"), incoming("x.json"));
  for (int i = 0; i < 2; ++i) scan();
  EXPECT_EQ(jobs().size(), 1U);
  EXPECT_TRUE(jobs().contains(some_id));
  EXPECT_EQ(names_in(spool() / "incoming"), std::vector<std::string>());
  EXPECT_EQ(names_in(spool() / "accepted"), std::vector<std::string>({some_id + ".json"}));
}

TEST_F(SpoolHalfMoved, AFileThatIsBothInClaimedAndAcceptedIsNotRefused) {
  write_file(claimed(some_id + "~x.json"), good_job());
  scan();
  give_second_name(accepted(some_id + ".json"), claimed(some_id + "~x.json"));
  for (int i = 0; i < 2; ++i) scan();
  EXPECT_EQ(jobs().size(), 1U);
  EXPECT_EQ(names_in(spool() / "claimed"), std::vector<std::string>());
  EXPECT_EQ(names_in(spool() / "accepted"), std::vector<std::string>({some_id + ".json"}));
  EXPECT_EQ(names_in(spool() / "rejected"), std::vector<std::string>());
}

TEST_F(SpoolHalfMoved, AFileThatIsBothInClaimedAndRejectedIsRefusedOnce) {
  write_file(claimed(some_id + "~x.json"), bad_job);
  scan();
  give_second_name(rejected("x.json"), claimed(some_id + "~x.json"));
  for (int i = 0; i < 2; ++i) scan();
  EXPECT_EQ(names_in(spool() / "claimed"), std::vector<std::string>());
  EXPECT_EQ(names_in(spool() / "rejected"), std::vector<std::string>({"x.json", "x.json.reason"}));
}

// The producer never synced the file, and the power failed between the insertion of the job and the move of the file to
// accepted/.
TEST_F(SpoolRecoveryOdds, AClaimedFileThatHasLostItsBytesIsNotRefusedWhenItsJobIsStored) {
  write_file(claimed(some_id + "~x.json"), good_job());
  scan();
  fs::rename(accepted(some_id + ".json"), claimed(some_id + "~x.json"));
  fs::resize_file(claimed(some_id + "~x.json"), 0);
  store_.load_fails = true;
  scan();
  EXPECT_EQ(names_in(spool() / "claimed").size(), 1U);  // it is not known whether the job is stored
  store_.load_fails = false;
  scan();
  EXPECT_EQ(jobs().size(), 1U);
  EXPECT_EQ(names_in(spool() / "rejected"), std::vector<std::string>());
  EXPECT_EQ(names_in(spool() / "accepted"), std::vector<std::string>({some_id + ".json"}));
}

#ifdef AZRESTORED_CRASH_POINTS

class SpoolKilled : public testing::TestWithParam<std::string> {
 protected:
  /// One run of a daemon: opens the store and scans the spool once. Returns the texts of the jobs, sorted.
  std::vector<std::string> live() {
    asio::io_context loop(1);
    Result<std::unique_ptr<SqliteStore>> opened = SqliteStore::open((temporary_.path() / "jobs.db").string(), "test");
    if (!opened) throw std::runtime_error(opened.error().sentence());
    SqliteStore& store = **opened;
    const SettableClock clock(all_quiet);
    CountedIds ids;
    RememberingObserver observer;
    SpoolInbox inbox(
        loop.get_executor(), spool().string(), store, ids, SpoolInbox::Clocks{clock, clock}, observer, [] {},
        SpoolInbox::Options());
    run_to_end(loop, inbox.scan_once());

    std::vector<std::string> texts;
    const auto read_back = [&]() -> asio::awaitable<void> {
      const JobQuery all;
      const Result<std::vector<Job>> jobs = co_await store.list(all);
      for (const Job& job : *jobs) {
        Result<std::string> text = co_await store.spec(job.id);
        texts.push_back(*text);
      }
    };
    run_to_end(loop, read_back());
    std::sort(texts.begin(), texts.end());
    return texts;
  }

  /// A run in its own process, which ends at the crash point or after the scan. True if it was killed.
  bool live_until_killed(const std::string& crash_at) {
    const pid_t child = ::fork();
    if (child == 0) {
      ::setenv("AZRESTORED_CRASH_AT", crash_at.c_str(), 1);
      ::alarm(60);  // the test ends in any case
      live();
      ::_exit(0);
    }
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  }

  [[nodiscard]] fs::path spool() const { return temporary_.path() / "spool"; }

  test::TempDir temporary_;
};

TEST_P(SpoolKilled, NoFileIsLostAndNoJobIsDuplicated) {
  std::vector<std::string> good;
  fs::create_directories(spool() / "incoming");
  for (const std::string n : {"1", "2", "3"}) {
    good.push_back(good_job() + std::string(n.front() - '0', '\n'));  // makes the jobs distinguishable
    write_file(spool() / "incoming" / ("good" + n + ".json"), good.back());
  }
  std::sort(good.begin(), good.end());
  for (const std::string n : {"1", "2"}) write_file(spool() / "incoming" / ("bad" + n + ".json"), bad_job);

  ASSERT_TRUE(live_until_killed(GetParam())) << "the point was not reached";
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(live(), good);
    const std::vector<std::string> expected = {"bad1.json", "bad1.json.reason", "bad2.json", "bad2.json.reason"};
    EXPECT_EQ(names_in(spool() / "rejected"), expected);
    EXPECT_NE(read_file(spool() / "rejected" / "bad1.json.reason"), "");
    EXPECT_EQ(names_in(spool() / "accepted").size(), 3U);
    EXPECT_TRUE(names_in(spool() / "claimed").empty());
    EXPECT_TRUE(names_in(spool() / "incoming").empty());
  }
}

INSTANTIATE_TEST_SUITE_P(Points, SpoolKilled,
                         testing::Values("spool.before-claim", "spool.before-claim:3", "spool.before-claim:5",
                                         "spool.claimed", "spool.inserted", "spool.inserted:2", "spool.inserted:3",
                                         "spool.accepted", "spool.accepted:2", "spool.accepted:3",
                                         "spool.before-reject", "spool.before-reject:2", "spool.reason-written",
                                         "spool.reason-written:2"),
                         [](const testing::TestParamInfo<std::string>& each) {
                           std::string name;
                           for (const char c : each.param)
                             name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
                           return name;
                         });

#endif  // AZRESTORED_CRASH_POINTS

}  // namespace
}  // namespace azrestored
