// The list of the files that became no job: with which verdict, for which reason, in which order.
#include "daemon/spool/listing.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/spool_world.hpp"

namespace azrestored {
namespace {

namespace fs = std::filesystem;

using Verdict = SpoolFile::Verdict;

class SpoolListingTest : public SpoolWorld {
 protected:
  /// The list without a daemon, as if no file had changed for this long.
  [[nodiscard]] SpoolListing list_after(Millis unchanged, std::size_t most = 100) const {
    const LookOptions options{SettableClock(unchanged).now(), options_.settle_time};
    return list_spool(spool().string(), options, most);
  }

  /// The list that the daemon gives.
  SpoolListing list_of_daemon() {
    SpoolListing listing;
    const auto ask = [&]() -> asio::awaitable<void> { listing = co_await inbox_->listing(100); };
    run_to_end(loop_, ask());
    return listing;
  }

  static SpoolFile named(const SpoolListing& listing, const std::string& name) {
    const auto found = std::ranges::find(listing.files, name, &SpoolFile::name);
    EXPECT_NE(found, listing.files.end()) << name;
    return found == listing.files.end() ? SpoolFile() : *found;
  }
};

TEST_F(SpoolListingTest, AnEmptySpoolHasNoFiles) {
  const SpoolListing listing = list_after(Millis(0));
  EXPECT_TRUE(listing.files.empty());
  EXPECT_EQ(listing.more, 0U);
  EXPECT_TRUE(listing.problems.empty());
}

TEST_F(SpoolListingTest, EachFileHasItsVerdictAndItsReason) {
  write_file(incoming("bad.json"), "{\"vault\": 1}");
  scan();
  write_file(incoming("web01.txt"), good_job());
  write_file(incoming("web01.json.filepart"), good_job());
  write_file(incoming("caf\xc3\xa9.json"), good_job());
  fs::create_symlink("/etc/passwd", incoming("link.json"));
  write_file(incoming("slow.json"), "{\"vault\": ");
  write_file(incoming("good.json"), good_job());
  write_file(claimed("6ba7b810-9dad-41d1-80b4-00c04fd430c8~web02.json"), good_job());
  write_file(claimed("notes.txt"), "by hand");

  const SpoolListing listing = list_after(std::chrono::seconds(5));
  ASSERT_EQ(listing.files.size(), 9U);
  const auto expect = [&](const std::string& name, Verdict verdict, const std::string& part) {
    const SpoolFile file = named(listing, name);
    EXPECT_EQ(file.verdict, verdict) << name;
    ASSERT_FALSE(file.reasons.empty()) << name;
    EXPECT_NE(file.reasons.front().find(part), std::string::npos) << file.reasons.front();
    EXPECT_EQ(file.until.has_value(), name == "slow.json");
  };
  expect("web01.txt", Verdict::left_alone, "does not end in .json");
  expect("web01.json.filepart", Verdict::left_alone, "still being written");
  expect("caf\xc3\xa9.json", Verdict::left_alone, "letters, digits");
  expect("link.json", Verdict::left_alone, "it is a symbolic link");
  expect("slow.json", Verdict::unfinished, "it ends inside its JSON");
  expect("good.json", Verdict::waiting, "next look");
  expect("6ba7b810-9dad-41d1-80b4-00c04fd430c8~web02.json", Verdict::waiting, "making a job");
  expect("notes.txt", Verdict::left_alone, "azrestored did not put it there");
  expect("bad.json", Verdict::refused, "/vault, line 1, column 11");
  EXPECT_EQ(named(listing, "bad.json").folder, "rejected");
  EXPECT_EQ(named(listing, "good.json").bytes, good_job().size());
  EXPECT_EQ(named(listing, "good.json").uid, static_cast<std::int64_t>(::getuid()));
  EXPECT_EQ(named(listing, "slow.json").until, changed_at(incoming("slow.json")) + options_.settle_time);
}

TEST_F(SpoolListingTest, AFileThatChangedJustNowIsUnfinished) {
  write_file(incoming("slow.json"), good_job());
  const LookOptions options{changed_at(incoming("slow.json")) + Millis(900), options_.settle_time};
  const SpoolFile file = named(list_spool(spool().string(), options, 100), "slow.json");
  EXPECT_EQ(file.verdict, Verdict::unfinished);
  EXPECT_EQ(file.until, std::nullopt);
}

TEST_F(SpoolListingTest, TheDaemonSaysWhyAFileThatIsReadyIsStuck) {
  store_.insert_fails = true;
  write_file(incoming("web01.json"), good_job());
  scan();
  const SpoolListing listing = list_of_daemon();
  ASSERT_EQ(listing.files.size(), 1U);
  EXPECT_EQ(listing.files.front().folder, "claimed");
  EXPECT_EQ(listing.files.front().verdict, Verdict::left_alone);
  EXPECT_NE(listing.files.front().reasons.front().find("The database is busy."), std::string::npos);

  store_.insert_fails = false;
  scan();
  EXPECT_TRUE(list_of_daemon().files.empty());
}

TEST_F(SpoolListingTest, TheLastChangedFilesOfEachFolderComeFirstUpToTheLimit) {
  for (int i = 0; i < 4; ++i) {
    write_file(incoming("bad" + std::to_string(i) + ".json"), "[]");
    scan();
    write_file(incoming("left" + std::to_string(i)), "");
  }
  const SpoolListing listing = list_after(Millis(5000), 3);
  ASSERT_EQ(listing.files.size(), 6U);
  EXPECT_EQ(listing.more, 2U);
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(listing.files[i].folder, i < 3 ? "incoming" : "rejected");
  for (const std::size_t i : {0U, 1U, 3U, 4U}) EXPECT_GE(listing.files[i].changed, listing.files[i + 1].changed);
}

TEST_F(SpoolListingTest, ARefusedFileWithoutItsReasonSaysSo) {
  write_file(rejected("x.json"), "{}");
  const SpoolFile file = named(list_after(Millis(0)), "x.json");
  EXPECT_EQ(file.verdict, Verdict::refused);
  EXPECT_EQ(file.reasons, std::vector<std::string>{"rejected/x.json.reason is missing or cannot be read."});
}

TEST_F(SpoolListingTest, AFolderThatCannotBeReadIsAProblemAndTheOthersAreListed) {
  write_file(incoming("left"), "");
  fs::remove(claimed());
  const SpoolListing listing = list_after(Millis(0));
  EXPECT_EQ(listing.files.size(), 1U);
  EXPECT_EQ(listing.problems,
            std::vector<std::string>{(spool() / "claimed").string() + " cannot be read: No such file or directory."});
}

TEST_F(SpoolListingTest, AsJsonNamesArePrintableAndTimesAreTexts) {
  write_file(incoming("line\nbreak\xff.json"), "");
  write_file(incoming("slow.json"), "");
  const nlohmann::json listed = as_json("/a/spool", list_after(std::chrono::seconds(5)));
  EXPECT_EQ(listed["directory"], "/a/spool");
  EXPECT_EQ(listed["more"], 0);
  EXPECT_EQ(listed["problems"], nlohmann::json::array());
  ASSERT_EQ(listed["files"].size(), 2U);
  for (const auto& file : listed["files"]) {
    const bool is_slow = file["name"] == "slow.json";
    EXPECT_EQ(file["name"], is_slow ? "slow.json" : "line\\x0abreak\\xff.json");
    EXPECT_EQ(file["verdict"], is_slow ? "unfinished" : "leftAlone");
    EXPECT_TRUE(parse_rfc3339(file["changed"].get<std::string>()).has_value());
    EXPECT_EQ(file["until"].is_null(), !is_slow);
    EXPECT_EQ(file.size(), 8U);
  }
  EXPECT_NO_THROW(static_cast<void>(listed.dump()));
}

}  // namespace
}  // namespace azrestored
