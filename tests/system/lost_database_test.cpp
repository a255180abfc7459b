// Goal: after damage to the database, the daemon never repeats a restore and never accepts a job that it would lose. It
// stops or does not start, with a sentence that names the remedy, and changes nothing. Method: the database is removed,
// replaced, emptied or overwritten, while the daemon runs and before its start; all files are compared afterwards.
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "tests/support/mounts.hpp"
#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

namespace fs = std::filesystem;

/// The content of every file in a folder and below, except the log and the lock files of SQLite and azrestored.
std::map<std::string, std::string> contents(const fs::path& folder) {
  std::map<std::string, std::string> all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().filename();
    const bool is_ignored = name == "log" || name == "out" || name.ends_with(".db.lock") || name.ends_with(".db-shm");
    if (entry.is_regular_file() && !is_ignored) all[entry.path()] = read_file(entry.path());
  }
  return all;
}

Stage::Options slow_restores() {
  Stage::Options options;
  options.azure = azure_with(Json::array({protected_vm("web01", {{"jobSeconds", 60}}), protected_vm("db01")}));
  return options;
}

class LostDatabase : public testing::Test {
 protected:
  LostDatabase() : stage_(slow_restores()) {}

  /// One restore runs in Azure.
  void begin() {
    stage_.daemon.start();
    stage_.drop(disks_job("drill"));
    ASSERT_EQ(stage_.wait_for_state("drill", "tracking").at("state"), "tracking");
  }

  /// Another job, which makes the daemon save something: it must notice the damage then at the latest.
  void drop_another() { stage_.drop(disks_job("another", "db01")); }

  void expect_stopped_saying(const std::string& words) {
    EXPECT_EQ(stage_.daemon.wait(), 3);
    expect_said(words);
  }

  /// The daemon does not start, changes nothing, and reports the reason.
  void expect_refused_saying(const std::string& words) {
    const auto before = contents(stage_.daemon.spool().parent_path());
    stage_.daemon.launch();
    EXPECT_EQ(stage_.daemon.wait(), 3);
    expect_said(words);
    EXPECT_EQ(contents(stage_.daemon.spool().parent_path()), before);
    EXPECT_EQ(stage_.sim.restores().size(), 1U);
  }

  void expect_said(const std::string& words) {
    const auto failures = stage_.daemon.events("daemon.failed");
    ASSERT_FALSE(failures.empty());
    const std::string problem = failures.back().at("problem");
    EXPECT_NE(problem.find(words), std::string::npos) << problem;
    EXPECT_NE(problem.find(stage_.daemon.database()), std::string::npos) << problem;
  }

  void remove_database() {
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(stage_.daemon.database().string() + end);
  }

  /// In place, as by another program or a failing disk.
  void overwrite_from(std::streamoff begin) {
    const auto size = static_cast<std::streamoff>(fs::file_size(stage_.daemon.database()));
    std::fstream file(stage_.daemon.database(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(begin);
    file << std::string(static_cast<std::size_t>(size - begin), '\xA5');
  }

  Stage stage_;
};

TEST_F(LostDatabase, RemovedUnderAnIdleDaemonIsNoticedAndStopsIt) {
  stage_.daemon.start();
  remove_database();
  expect_stopped_saying("was removed, moved or replaced");
}

TEST_F(LostDatabase, RemovedUnderARunningDaemonTakesNoJobWithIt) {
  begin();
  remove_database();
  drop_another();
  expect_stopped_saying("was removed, moved or replaced");
  EXPECT_EQ(names_in(stage_.daemon.spool() / "accepted").size(), 1U) << "only the first was accepted";
  const auto waiting =
      names_in(stage_.daemon.spool() / "incoming").size() + names_in(stage_.daemon.spool() / "claimed").size();
  EXPECT_EQ(waiting, 1U) << "the second must still be waiting in the spool";
  expect_refused_saying("is missing or empty");
}

TEST_F(LostDatabase, ALogRemovedUnderARunningDaemonIsNoticed) {
  begin();
  fs::remove(stage_.daemon.database().string() + "-wal");
  expect_stopped_saying("was removed, moved or replaced");
}

TEST_F(LostDatabase, MovedAwayAndPutBackNothingWasLost) {
  begin();
  const fs::path elsewhere = stage_.path("elsewhere.db");
  fs::rename(stage_.daemon.database(), elsewhere);
  expect_stopped_saying("was removed, moved or replaced");
  expect_refused_saying("is missing or empty");
  fs::rename(elsewhere, stage_.daemon.database());
  stage_.daemon.start();
  EXPECT_EQ(stage_.show("drill").at("state"), "tracking");
  EXPECT_EQ(stage_.sim.restores().size(), 1U);
}

TEST_F(LostDatabase, ReplacedByACopyOfItselfUnderARunningDaemonIsNoticed) {
  begin();
  fs::copy_file(stage_.daemon.database(), stage_.path("copy.db"));
  fs::rename(stage_.path("copy.db"), stage_.daemon.database());
  expect_stopped_saying("was removed, moved or replaced");
}

TEST_F(LostDatabase, MissingAtTheStartOfADaemonThatHasTakenInJobsIsRefusedUntilThoseAreMovedAway) {
  begin();
  stage_.daemon.kill();
  remove_database();
  expect_refused_saying("move the files in accepted/ and claimed/ away");
  fs::rename(stage_.daemon.spool() / "accepted", stage_.path("old"));
  stage_.daemon.start();
  EXPECT_EQ(stage_.ctl({"show", "drill"}).ending, 5) << "the new database must be empty";
  EXPECT_EQ(stage_.sim.restores().size(), 1U);
}

TEST_F(LostDatabase, WhoseLogStillExistsIsNotCreatedAgain) {
  begin();
  stage_.daemon.kill();
  fs::remove(stage_.daemon.database());
  fs::rename(stage_.daemon.spool() / "accepted", stage_.path("old"));
  expect_refused_saying("Put the database back beside it");
}

TEST_F(LostDatabase, OfNoLengthAtTheStartIsRefused) {
  begin();
  stage_.daemon.kill();
  remove_database();
  write_file(stage_.daemon.database(), "");
  expect_refused_saying("is missing or empty");
}

TEST_F(LostDatabase, OfGarbageAtTheStartIsRefused) {
  begin();
  stage_.daemon.kill();
  remove_database();
  write_file(stage_.daemon.database(), std::string(20'000, '#'));
  expect_refused_saying("is not an SQLite database");
}

TEST_F(LostDatabase, OverwrittenInTheMiddleUnderARunningDaemonIsRefusedAtTheNextStart) {
  begin();
  EXPECT_EQ(stage_.daemon.stop(), 0);  // all pages are now in the file, and none in the log
  stage_.daemon.start();
  overwrite_from(4096);  // without its first page the file is not a database
  stage_.daemon.kill();
  expect_refused_saying("is damaged");
}

TEST_F(LostDatabase, ThatProvesDamagedWhenItIsReadStopsTheDaemon) {
  stage_.daemon.start();
  // More than SQLite keeps in memory, so that it must read the file again. The simulator refuses the property.
  Json large = disks_job("large", "db01");
  large["validate"] = "none";
  large["restore"]["extraProperties"]["note"] = std::string(900'000, 'x');
  for (const char* name : {"large-1", "large-2", "large-3"}) {
    large["name"] = name;
    stage_.drop(large);
    EXPECT_EQ(stage_.wait_for_end(name).at("state"), "failed");
  }
  EXPECT_EQ(stage_.daemon.stop(), 0);
  stage_.daemon.start();
  overwrite_from(0);
  for (const char* name : {"large-1", "large-2", "large-3"}) (void)stage_.ctl({"retry", name});
  expect_stopped_saying("is damaged");
  EXPECT_TRUE(stage_.sim.restores().empty());
}

TEST(ReadOnlyDatabase, IsRefused) {
  Stage stage;
  Mounts mounts;
  if (!mounts.why_not().empty()) GTEST_SKIP() << mounts.why_not();
  const fs::path folder = stage.path("state");
  fs::create_directory(folder);
  const Json settings = {{"store", {{"path", folder / "azrestored.db"}}}};
  stage.configure(stage.sim.https_url(), settings);
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
  stage.daemon.kill();

  mounts.make_read_only(folder);
  const auto before = contents(folder);
  stage.drop(disks_job("another"));
  stage.daemon.launch();
  EXPECT_EQ(stage.daemon.wait(), 1);
  const std::string problem = stage.daemon.events("daemon.failed").back().at("problem");
  EXPECT_NE(problem.find("Read-only file system"), std::string::npos) << problem;
  EXPECT_NE(problem.find(folder / "azrestored.db"), std::string::npos) << problem;
  EXPECT_EQ(contents(folder), before);
  EXPECT_EQ(names_in(stage.daemon.spool() / "incoming").size(), 1U);
}

}  // namespace
}  // namespace azrestored::test
