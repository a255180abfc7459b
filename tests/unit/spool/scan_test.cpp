// What one scan does with each file in incoming/: it takes it, waits for it, or leaves it alone; and the id of the job.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>

#include "tests/support/spool_world.hpp"

namespace azrestored {
namespace {

namespace fs = std::filesystem;

constexpr const char* some_id = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";

using SpoolScan = SpoolWorld;

TEST_F(SpoolScan, AFinishedFileBecomesAJobAndItsOriginalIsKept) {
  write_file(incoming("web01.json"), good_job());
  scan();

  ASSERT_EQ(jobs().size(), 1U);
  const auto& [id, row] = *jobs().begin();
  EXPECT_EQ(row.spec, good_job());
  EXPECT_EQ(row.job.name, "web01");
  EXPECT_EQ(row.job.submitter_uid, static_cast<std::int64_t>(::getuid()));
  ASSERT_EQ(row.history.size(), 1U);
  EXPECT_EQ(read_file(accepted(id + ".json")), good_job());
  EXPECT_TRUE(names_in(incoming()).empty());
  EXPECT_TRUE(names_in(claimed()).empty());
  EXPECT_TRUE(names_in(rejected()).empty());
  EXPECT_EQ(observer_.inserted, std::vector<JobId>{id});
  EXPECT_EQ(accepted_calls_, 1);
  EXPECT_EQ(inbox_->counters().accepted, 1U);
}

TEST_F(SpoolScan, JobsUseTheClockOfTheRowsAndFilesTheClockOfTheMachine) {
  job_clock_.stopped_at = clock_.now() - std::chrono::hours(24);  // the machine's clock was set after the daemon began
  write_file(incoming("web01.json"), good_job());
  scan();
  ASSERT_EQ(jobs().size(), 1U);
  const auto& row = jobs().begin()->second;
  EXPECT_EQ(row.job.created_at, *job_clock_.stopped_at);
  EXPECT_EQ(row.job.since, *job_clock_.stopped_at);
  EXPECT_EQ(row.history.front().at, *job_clock_.stopped_at);
}

TEST_F(SpoolScan, ASecondScanFindsNothingToDo) {
  write_file(incoming("web01.json"), good_job());
  scan();
  scan();
  EXPECT_EQ(jobs().size(), 1U);
  EXPECT_EQ(accepted_calls_, 1);
}

TEST_F(SpoolScan, TheSameFileDroppedAgainBecomesAnotherJob) {
  for (int i = 0; i < 2; ++i) {
    write_file(incoming("web01.json"), good_job());
    scan();
  }
  EXPECT_EQ(jobs().size(), 2U);
}

TEST_F(SpoolScan, AHalfWrittenCopyIsTakenWhenItIsComplete) {
  const std::string text = good_job();
  write_file(incoming("copy.json"), text.substr(0, 100));
  clock_.stopped_at = changed_at(incoming("copy.json")) + Millis(999);
  scan();
  write_file(incoming("copy.json"), text);
  clock_.stopped_at = changed_at(incoming("copy.json")) + Millis(999);
  scan();
  EXPECT_TRUE(jobs().empty());
  EXPECT_EQ(names_in(incoming()), std::vector<std::string>{"copy.json"});
  EXPECT_TRUE(observer_.notices.empty());

  clock_.stopped_at = changed_at(incoming("copy.json")) + Millis(1000);
  scan();
  EXPECT_EQ(jobs().size(), 1U);
  EXPECT_TRUE(names_in(rejected()).empty());
}

TEST_F(SpoolScan, AnOldModificationTimeDoesNotMakeAFileQuiet) {
  write_file(incoming("copy.json"), good_job());
  fs::last_write_time(incoming("copy.json"), fs::file_time_type::clock::now() - std::chrono::hours(24));
  clock_.stopped_at = changed_at(incoming("copy.json")) + Millis(500);
  scan();
  EXPECT_TRUE(jobs().empty());
}

TEST_F(SpoolScan, FilesAreTakenAfterTheClockWasSetBack) {
  write_file(incoming("web01.json"), good_job());
  clock_.stopped_at = changed_at(incoming("web01.json")) - std::chrono::hours(1);
  scan();
  EXPECT_EQ(jobs().size(), 1U);
}

TEST_F(SpoolScan, DotfilesAndTmpAreIgnoredWithoutANotice) {
  write_file(incoming(".web01.json"), good_job());
  write_file(incoming("web01.json.tmp"), good_job());
  scan();
  EXPECT_TRUE(jobs().empty());
  EXPECT_TRUE(observer_.notices.empty());
  EXPECT_EQ(names_in(incoming()).size(), 2U);
  EXPECT_EQ(inbox_->counters().left_alone, 0U);
}

TEST_F(SpoolScan, FilesThatAreNotAcceptedAreReportedOnceAndDoNotBlockOthers) {
  write_file(elsewhere("outside.json"), good_job());
  fs::create_symlink(elsewhere("outside.json"), incoming("link.json"));
  ASSERT_EQ(::mkfifo(incoming("fifo.json").c_str(), 0666), 0);
  fs::create_directory(incoming("folder.json"));
  write_file(elsewhere("twice.json"), good_job());
  fs::create_hard_link(elsewhere("twice.json"), incoming("twice.json"));
  write_file(incoming("new\nline.json"), good_job());
  write_file(incoming("caf\xc3\xa9.json"), good_job());
  write_file(incoming(std::string(201, 'x')), good_job());
  write_file(incoming("web01.json.reason"), "from rejected/");
  for (const std::string name : {"a.json", "n.json", "z.json"}) write_file(incoming(name), good_job());

  for (int i = 0; i < 3; ++i) scan();
  EXPECT_EQ(jobs().size(), 3U);
  EXPECT_EQ(names_in(incoming()).size(), 8U);
  EXPECT_TRUE(names_in(rejected()).empty());
  EXPECT_EQ(inbox_->counters().left_alone, 8U);
  EXPECT_EQ(observer_.notices.size(), 8U);
  for (const auto* said : {"link.json is left alone: it is a symbolic link", "it is a FIFO", "it is a folder",
                           "twice.json is left alone: it has 2 hard links", "line.json", "caf\\x", "201 bytes",
                           "names ending in .reason"}) {
    EXPECT_EQ(observer_.count(said), 1) << said;
  }
}

TEST_F(SpoolScan, ANewFileOfTheSameNameIsReportedAgain) {
  fs::create_symlink("/etc/passwd", incoming("x.json"));
  fs::create_symlink("/etc/passwd", elsewhere("other"));
  scan();
  fs::rename(elsewhere("other"), incoming("x.json"));
  scan();
  EXPECT_EQ(observer_.count("x.json is left alone"), 2);
}

TEST_F(SpoolScan, AHardLinkIsTakenAfterItsOtherNameIsGone) {
  write_file(elsewhere("a.json"), good_job());
  fs::create_hard_link(elsewhere("a.json"), incoming("a.json"));
  scan();
  EXPECT_TRUE(jobs().empty());
  fs::remove(elsewhere("a.json"));
  scan();
  EXPECT_EQ(jobs().size(), 1U);
  EXPECT_EQ(inbox_->counters().left_alone, 0U);
}

/// Drops root's privileges for a while: root can read everything.
class AsOrdinaryUser {
 public:
  AsOrdinaryUser() : was_(::geteuid()) {
    if (was_ == 0 && ::seteuid(nobody) != 0) throw std::runtime_error("seteuid");
  }
  AsOrdinaryUser(const AsOrdinaryUser&) = delete;
  AsOrdinaryUser& operator=(const AsOrdinaryUser&) = delete;
  ~AsOrdinaryUser() { EXPECT_EQ(::seteuid(was_), 0); }

  static constexpr uid_t nobody = 65534;

 private:
  uid_t was_;
};

TEST_F(SpoolScan, AnUnreadableFileIsReportedOnceAndTakenWhenItBecomesReadable) {
  write_file(incoming("secret.json"), good_job());
  write_file(incoming("web01.json"), good_job());
  fs::permissions(incoming("secret.json"), fs::perms::none);
  if (::geteuid() == 0) {
    for (const fs::path& path : {temporary_.path(), spool(), incoming(), claimed(), accepted(), rejected()}) {
      ASSERT_EQ(::chown(path.c_str(), AsOrdinaryUser::nobody, static_cast<gid_t>(-1)), 0);
    }
    ASSERT_EQ(::chown(incoming("web01.json").c_str(), AsOrdinaryUser::nobody, static_cast<gid_t>(-1)), 0);
  }
  {
    const AsOrdinaryUser ordinary;
    for (int i = 0; i < 2; ++i) scan();
    EXPECT_EQ(jobs().size(), 1U);
    EXPECT_EQ(names_in(incoming()), std::vector<std::string>{"secret.json"});
    EXPECT_EQ(observer_.count("secret.json is left alone: azrestored cannot read it"), 1);
    EXPECT_EQ(inbox_->counters().left_alone, 1U);
  }
  fs::permissions(incoming("secret.json"), static_cast<fs::perms>(0644));
  const AsOrdinaryUser ordinary;
  scan();
  EXPECT_EQ(jobs().size(), 2U);
}

TEST_F(SpoolScan, TheIdInAFileNameIsUsed) {
  write_file(incoming(std::string(some_id) + ".json"), good_job());
  scan();
  EXPECT_TRUE(jobs().contains(some_id));
  EXPECT_EQ(read_file(accepted(std::string(some_id) + ".json")), good_job());
}

TEST_F(SpoolScan, AnIdThatTheStoreKnowsIsNotUsedAgain) {
  for (int i = 0; i < 2; ++i) {
    write_file(incoming(std::string(some_id) + ".json"), good_job());
    scan();
  }
  EXPECT_EQ(jobs().size(), 2U);
  EXPECT_EQ(names_in(accepted()).size(), 2U);
}

TEST_F(SpoolScan, CopiesOfAFileUnderOtherEndingsBecomeNoJobs) {
  const std::vector<std::string> copies = {"web01", "web01.json.bak", "web01.json.orig", "web01.json~", "web01.txt"};
  for (const std::string& name : copies) write_file(incoming(name), good_job());
  write_file(incoming("web01.json"), good_job());
  for (int i = 0; i < 2; ++i) scan();
  EXPECT_EQ(jobs().size(), 1U);
  EXPECT_EQ(names_in(incoming()), copies);
  EXPECT_TRUE(names_in(rejected()).empty());
  EXPECT_EQ(inbox_->counters().left_alone, copies.size());
  EXPECT_EQ(observer_.count("its name does not end in .json"), static_cast<int>(copies.size()));
}

TEST_F(SpoolScan, AFileIsTakenWhenItsClientGivesItItsName) {
  for (const std::string ending : {".filepart", ".part", ".tmp"})
    write_file(incoming("web01.json" + ending), good_job());
  scan();
  EXPECT_TRUE(jobs().empty());
  EXPECT_TRUE(observer_.notices.empty());
  fs::rename(incoming("web01.json.filepart"), incoming("web01.json"));
  scan();
  EXPECT_EQ(jobs().size(), 1U);
}

TEST_F(SpoolScan, ANameWithoutJsonThatAnEarlierVersionClaimedBecomesItsJob) {
  write_file(claimed(std::string(some_id) + "~web01.json.filepart"), good_job());
  scan();
  EXPECT_TRUE(jobs().contains(some_id));
  EXPECT_TRUE(names_in(claimed()).empty());
}

TEST_F(SpoolScan, AnIdOfAFileThatIsStuckInClaimedIsNotUsedAgain) {
  store_.insert_fails = true;
  write_file(incoming(std::string(some_id) + ".json"), good_job());
  scan();
  write_file(incoming(std::string(some_id) + ".json"), good_job());
  scan();
  EXPECT_EQ(names_in(claimed()).size(), 2U);
  store_.insert_fails = false;
  scan();
  EXPECT_EQ(jobs().size(), 2U);
  EXPECT_EQ(names_in(accepted()).size(), 2U);
}

TEST_F(SpoolScan, AFileWhoseIdCannotBeLookedUpStaysUntilItCan) {
  store_.load_fails = true;
  write_file(incoming(std::string(some_id) + ".json"), good_job());
  for (int i = 0; i < 2; ++i) scan();
  EXPECT_EQ(names_in(incoming()).size(), 1U);
  EXPECT_EQ(observer_.count("The database is busy."), 1);
  store_.load_fails = false;
  scan();
  EXPECT_TRUE(jobs().contains(some_id));
}

TEST_F(SpoolScan, AFileReplacedBetweenCheckAndClaimIsCheckedAgain) {
  const std::string name = std::string(some_id) + ".json";
  write_file(incoming(name), good_job());
  write_file(elsewhere("other"), "{}");
  store_.on_load = [&] {
    if (fs::exists(elsewhere("other"))) fs::rename(elsewhere("other"), incoming(name));
  };
  scan();
  EXPECT_TRUE(jobs().empty());
  EXPECT_EQ(read_file(incoming(name)), "{}");
  EXPECT_TRUE(names_in(claimed()).empty());
  scan();
  EXPECT_EQ(names_in(rejected()).size(), 2U);  // its new content counts
}

TEST_F(SpoolScan, AFailedInsertionLeavesTheFileClaimedUntilOneSucceeds) {
  store_.insert_fails = true;
  write_file(incoming("web01.json"), good_job());
  for (int i = 0; i < 3; ++i) scan();
  ASSERT_EQ(names_in(claimed()).size(), 1U);
  const JobId id = names_in(claimed()).front().substr(0, 36);
  EXPECT_EQ(observer_.count("The database is busy."), 1);
  EXPECT_EQ(observer_.notices.front().job_id, id);
  EXPECT_EQ(accepted_calls_, 0);
  EXPECT_EQ(inbox_->counters().left_alone, 1U);

  store_.insert_fails = false;
  scan();
  ASSERT_EQ(jobs().size(), 1U);
  EXPECT_TRUE(jobs().contains(id));
  EXPECT_TRUE(names_in(claimed()).empty());
  EXPECT_EQ(inbox_->counters().left_alone, 0U);
}

TEST_F(SpoolScan, AnExceptionInTheStoreEndsTheScanAndLosesNothing) {
  store_.insert_throws = true;
  for (const std::string name : {"a.json", "b.json"}) write_file(incoming(name), good_job());
  EXPECT_THROW(scan(), std::runtime_error);
  store_.insert_throws = false;
  scan();
  EXPECT_EQ(jobs().size(), 2U);
}

TEST_F(SpoolScan, TwoThousandFilesAtOnceBecomeTwoThousandJobsInLargeBatches) {
  constexpr int many = 2000;
  for (int i = 0; i < many; ++i) write_file(incoming("job" + std::to_string(i) + ".json"), good_job());
  scan();
  EXPECT_EQ(jobs().size(), std::size_t{many});
  EXPECT_EQ(names_in(accepted()).size(), std::size_t{many});
  EXPECT_TRUE(names_in(incoming()).empty());
  EXPECT_TRUE(names_in(claimed()).empty());
  EXPECT_EQ(observer_.inserted.size(), std::size_t{many});
  EXPECT_EQ(store_.most_inserts_under_way, 256);
}

TEST_F(SpoolScan, LargeFilesComeInSmallerBatches) {
  const std::string half_a_mebibyte = good_job() + std::string((512U << 10U) - good_job().size(), ' ');
  for (int i = 0; i < 40; ++i) write_file(incoming("job" + std::to_string(i) + ".json"), half_a_mebibyte);
  scan();
  EXPECT_EQ(jobs().size(), 40U);
  EXPECT_EQ(store_.most_inserts_under_way, 32);
}

TEST_F(SpoolScan, AStoppedInboxTakesNothingMore) {
  write_file(incoming("web01.json"), good_job());
  inbox_->stop();
  scan();
  EXPECT_TRUE(jobs().empty());
  EXPECT_EQ(names_in(incoming()).size(), 1U);
}

}  // namespace
}  // namespace azrestored
