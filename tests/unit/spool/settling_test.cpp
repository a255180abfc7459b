// A transfer that stalls is neither taken nor refused: the file is looked at again until it is complete, and refused
// when it has not changed for the settle time. Times are those of real files; the clock is set from them.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/support/spool_world.hpp"

namespace azrestored {
namespace {

class SpoolSettling : public SpoolWorld {
 protected:
  /// Scans as if the file had not changed for this long.
  void scan_after(Millis unchanged) {
    clock_.stopped_at = changed_at(incoming("slow.json")) + unchanged;
    scan();
  }

  void expect_waiting() {
    EXPECT_TRUE(jobs().empty());
    EXPECT_EQ(names_in(incoming()), std::vector<std::string>{"slow.json"});
    EXPECT_TRUE(names_in(rejected()).empty());
    EXPECT_EQ(inbox_->counters().rejected, 0U);
    EXPECT_EQ(inbox_->counters().left_alone, 0U);
  }

  const Millis settle_time_ = options_.settle_time;
};

TEST_F(SpoolSettling, AStalledTransferIsTakenWhenItIsComplete) {
  const std::string text = good_job();
  for (const std::size_t written : {std::size_t{0}, std::size_t{1}, text.size() / 2, text.size() - 2}) {
    write_file(incoming("slow.json"), text.substr(0, written));
    for (const Millis stalled : {Millis(999), Millis(1000), Millis(3000), settle_time_ - Millis(1)}) {
      scan_after(stalled);
      expect_waiting();
    }
  }
  EXPECT_EQ(observer_.notices.size(), 1U) << "once for one file";
  EXPECT_EQ(observer_.count("incoming/slow.json ends inside its JSON"), 1);
  EXPECT_EQ(observer_.notices.front().what, "spool.unfinished");

  write_file(incoming("slow.json"), text);
  scan_after(Millis(999));
  EXPECT_TRUE(jobs().empty());
  scan_after(Millis(1000));
  EXPECT_EQ(jobs().size(), 1U);
  EXPECT_TRUE(names_in(rejected()).empty());
}

TEST_F(SpoolSettling, ATransferThatDoesNotGoOnIsRefusedAfterTheSettleTime) {
  write_file(incoming("slow.json"), "{\"vault\": ");
  scan_after(settle_time_ - Millis(1));
  expect_waiting();
  scan_after(settle_time_);
  EXPECT_EQ(names_in(rejected()), (std::vector<std::string>{"slow.json", "slow.json.reason"}));
  EXPECT_NE(read_file(rejected("slow.json.reason")).find("the file ends before"), std::string::npos)
      << read_file(rejected("slow.json.reason"));
}

TEST_F(SpoolSettling, TheSettleTimeIsASetting) {
  options_.settle_time = std::chrono::seconds(5);
  restart();
  write_file(incoming("slow.json"), "{");
  scan_after(Millis(4999));
  expect_waiting();
  scan_after(Millis(5000));
  EXPECT_EQ(names_in(rejected()).size(), 2U);
}

TEST_F(SpoolSettling, SpaceThatAClientReservesFirstIsNoFault) {
  const std::string text = good_job();
  write_file(incoming("slow.json"), std::string(text.size(), '\0'));
  scan_after(Millis(2000));
  expect_waiting();
  write_file(incoming("slow.json"), text.substr(0, 100) + std::string(text.size() - 100, '\0'));
  scan_after(Millis(2000));
  expect_waiting();
  write_file(incoming("slow.json"), text);
  scan_after(Millis(2000));
  EXPECT_EQ(jobs().size(), 1U);
}

TEST_F(SpoolSettling, AFaultThatNoMoreTextFixesIsRefusedAtOnce) {
  const std::vector<std::string> hopeless = {"nonsense", "{\"vault\": 1}", "{\"vault\" 1", "{\"a\": \"caf\xe9\"",
                                             std::string((1U << 20U) + 1, ' ')};
  for (const std::string& text : hopeless) {
    write_file(incoming("slow.json"), text);
    scan_after(Millis(1000));
    EXPECT_TRUE(names_in(incoming()).empty()) << text.substr(0, 20);
  }
  EXPECT_EQ(inbox_->counters().rejected, hopeless.size());
}

TEST_F(SpoolSettling, AnUnfinishedFileDoesNotBlockOthers) {
  write_file(incoming("slow.json"), "{");
  write_file(incoming("web01.json"), good_job());
  scan_after(Millis(5000));
  EXPECT_EQ(jobs().size(), 1U);
  EXPECT_EQ(names_in(incoming()), std::vector<std::string>{"slow.json"});
}

// Its writer opened it again between the look and the rename.
TEST_F(SpoolSettling, AFileThatWasWholeAndIsCutOffAfterItsClaimIsPutBack) {
  const Claim claim{ids_.uuid(), "slow.json"};
  write_file(claimed(claim.file_name()), good_job().substr(0, 50));
  struct stat file {};
  ASSERT_EQ(::stat(claimed(claim.file_name()).c_str(), &file), 0);
  SpoolFolder folder(spool().string());
  const std::vector<SpoolItem> items = {SpoolItem(claim, file.st_ino, true)};
  const auto batch = std::make_shared<SpoolBatch>(loop_.get_executor(), items, clock_.now());
  batch->read(folder);
  batch->settle(folder);
  EXPECT_EQ(batch->items().front().stage, SpoolItem::Stage::returned);
  EXPECT_EQ(names_in(incoming()), std::vector<std::string>{"slow.json"});
  EXPECT_TRUE(names_in(claimed()).empty());
}

TEST_F(SpoolSettling, AFileThatChangesWithoutPauseIsRefusedAfterTheSettleTime) {
  options_.settle_time = std::chrono::seconds(5);
  restart();
  for (int second = 0; second < 5; ++second) {
    write_file(incoming("slow.json"), good_job());
    job_clock_.stopped_at = Instant(std::chrono::hours(1) + std::chrono::seconds(second));
    scan_after(Millis(500));
    expect_waiting();
  }
  write_file(incoming("slow.json"), good_job());
  job_clock_.stopped_at = Instant(std::chrono::hours(1) + std::chrono::seconds(5));
  scan_after(Millis(500));
  EXPECT_TRUE(jobs().empty());
  EXPECT_EQ(names_in(rejected()), (std::vector<std::string>{"slow.json", "slow.json.reason"}));
  EXPECT_NE(read_file(rejected("slow.json.reason")).find("changed again and again for 5s"), std::string::npos)
      << read_file(rejected("slow.json.reason"));
}

TEST_F(SpoolSettling, APauseOfASecondEndsTheCountOfChanges) {
  options_.settle_time = std::chrono::seconds(5);
  restart();
  for (int round = 0; round < 4; ++round) {
    write_file(incoming("slow.json"), "{");
    job_clock_.stopped_at = Instant(std::chrono::hours(1) + std::chrono::seconds(3 * round));
    scan_after(Millis(500));
    expect_waiting();
    scan_after(Millis(1500));
    expect_waiting();
  }
}

}  // namespace
}  // namespace azrestored
