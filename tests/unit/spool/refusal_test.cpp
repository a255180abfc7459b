// Refused files: what the reason file says, and that rejected/ never loses a file.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "core/jobfile/job_file.hpp"
#include "tests/support/spool_world.hpp"

namespace azrestored {
namespace {

namespace fs = std::filesystem;

class SpoolRefusal : public SpoolWorld {
 protected:
  /// Drops the text as x.json, scans, and returns the reason file in rejected/.
  std::string reason_for(const std::string& text) {
    write_file(incoming("x.json"), text);
    scan();
    EXPECT_TRUE(jobs().empty());
    EXPECT_TRUE(names_in(incoming()).empty());
    EXPECT_TRUE(names_in(claimed()).empty());
    EXPECT_EQ(read_file(rejected("x.json")), text);
    return read_file(rejected("x.json.reason"));
  }
};

std::size_t lines_in(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST_F(SpoolRefusal, TheReasonHasOneSentenceForEachFaultWithItsPosition) {
  std::string text = good_job();
  text.replace(text.find("\"web01\""), 7, "17");
  text.replace(text.find("RestoreDisks"), 12, "RestoreDiscs");
  const std::string reason = reason_for(text);
  EXPECT_EQ(lines_in(reason), 2U) << reason;
  EXPECT_NE(reason.find("/virtualMachine, line 3, column 21"), std::string::npos) << reason;
  EXPECT_NE(reason.find("/restore/recoveryType, line 5, column 21"), std::string::npos) << reason;
}

TEST_F(SpoolRefusal, TheNoticeNamesTheFileAndItsReason) {
  reason_for("{");
  ASSERT_EQ(observer_.notices.size(), 1U);
  EXPECT_EQ(observer_.notices[0].what, "spool.rejected");
  EXPECT_NE(observer_.notices[0].sentence.find("rejected/x.json now, with x.json.reason beside it"), std::string::npos)
      << observer_.notices[0].sentence;
  EXPECT_EQ(inbox_->counters().rejected, 1U);
}

TEST_F(SpoolRefusal, AnEmptyFileIsRefused) {
  EXPECT_EQ(lines_in(reason_for("")), 1U);
}

TEST_F(SpoolRefusal, TextThatIsNotUtf8IsRefused) {
  std::string text = good_job();
  text.replace(text.find("web01"), 5, "web\xff\xfe");
  EXPECT_NE(reason_for(text).find("UTF-8"), std::string::npos);
}

TEST_F(SpoolRefusal, NestingOf65LevelsIsRefused) {
  const std::string reason = reason_for(std::string(65, '[') + std::string(65, ']'));
  EXPECT_NE(reason.find("64"), std::string::npos) << reason;
}

TEST_F(SpoolRefusal, OneByteMoreThanAMebibyteIsRefusedAndAMebibyteIsNot) {
  std::string text = good_job();
  text.append(max_job_file_bytes + 1 - text.size(), ' ');
  const std::string reason = reason_for(text);
  EXPECT_NE(reason.find("1048577 bytes"), std::string::npos) << reason;
  EXPECT_EQ(lines_in(reason), 1U) << reason;

  text.pop_back();
  write_file(incoming("just.json"), text);
  scan();
  EXPECT_EQ(jobs().size(), 1U);
}

TEST_F(SpoolRefusal, ARefusedFileNeverReplacesAnother) {
  for (const std::string text : {"[1]", "[2]", "[3]"}) {
    write_file(incoming("x.json"), text);
    scan();
  }
  EXPECT_EQ(read_file(rejected("x.json")), "[1]");
  EXPECT_EQ(read_file(rejected("x.json~2")), "[2]");
  EXPECT_EQ(read_file(rejected("x.json~3")), "[3]");
  EXPECT_EQ(names_in(rejected()).size(), 6U);
}

TEST_F(SpoolRefusal, AReasonWithoutItsFileIsReplaced) {
  const std::string first = reason_for("{");
  fs::remove(rejected("x.json"));
  EXPECT_NE(reason_for("[]"), first);
  const std::vector<std::string> expected = {"x.json", "x.json.reason"};
  EXPECT_EQ(names_in(rejected()), expected);
}

TEST_F(SpoolRefusal, AFileThatCannotBeMovedToRejectedStaysClaimedUntilItCan) {
  fs::create_directory(rejected("x.json.reason"));  // a reason cannot overwrite a folder
  write_file(incoming("x.json"), "{");
  for (int i = 0; i < 2; ++i) scan();
  EXPECT_EQ(names_in(claimed()).size(), 1U);
  EXPECT_EQ(observer_.count("cannot be moved to rejected/"), 1);
  fs::remove(rejected("x.json.reason"));
  scan();
  EXPECT_EQ(read_file(rejected("x.json")), "{");
  EXPECT_TRUE(names_in(claimed()).empty());
}

// A scan cannot be stopped between its check and its rename. The test therefore makes the batch itself: the inode that
// it expects is not the one that was renamed.
TEST_F(SpoolRefusal, AFileReplacedDuringItsClaimIsPutBackOrRefusedIfItsNameIsTaken) {
  const Claim claim{ids_.uuid(), "x.json"};
  SpoolFolder folder(spool().string());
  const std::vector<SpoolItem> items = {SpoolItem(claim, 1)};
  const auto settle = [&] {
    write_file(claimed(claim.file_name()), good_job());
    const auto batch = std::make_shared<SpoolBatch>(loop_.get_executor(), items, clock_.now());
    batch->read(folder);
    batch->settle(folder);
    return batch->items().front().stage;
  };
  EXPECT_EQ(settle(), SpoolItem::Stage::returned);
  EXPECT_EQ(read_file(incoming("x.json")), good_job());
  EXPECT_EQ(settle(), SpoolItem::Stage::rejected);
  EXPECT_EQ(read_file(rejected("x.json")), good_job());
  EXPECT_NE(read_file(rejected("x.json.reason")).find("Submit it again"), std::string::npos);
  EXPECT_TRUE(names_in(claimed()).empty());
}

TEST_F(SpoolRefusal, BadFilesDoNotBlockGoodOnes) {
  for (int i = 0; i < 100; ++i) {
    write_file(incoming("good" + std::to_string(i) + ".json"), good_job());
    write_file(incoming("bad" + std::to_string(i) + ".json"), "{" + std::to_string(i));
  }
  scan();
  EXPECT_EQ(jobs().size(), 100U);
  EXPECT_EQ(names_in(rejected()).size(), 200U);
  EXPECT_EQ(inbox_->counters().rejected, 100U);
}

}  // namespace
}  // namespace azrestored
