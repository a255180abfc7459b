// The folders alone: opening them, and races that a test cannot produce inside a scan.
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

class SpoolFolderTest : public testing::Test {
 protected:
  [[nodiscard]] fs::path spool() const { return temporary_.path() / "spool"; }

  /// The sentence that refuses to open the spool; "" if it opens.
  static std::string refusal(const fs::path& path) {
    try {
      const SpoolFolder folder(path.string());
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "";
  }

  /// Checks the file an hour later, when every file is quiet.
  static SeenFile see(const SpoolFolder& folder, const std::string& name) {
    const LookOptions options{SettableClock(all_quiet).now(), std::chrono::minutes(10)};
    const FileLook look = folder.look_at(name, options);
    EXPECT_TRUE(std::holds_alternative<SeenFile>(look)) << name;
    return std::holds_alternative<SeenFile>(look) ? std::get<SeenFile>(look) : SeenFile{};
  }

  test::TempDir temporary_;
};

TEST_F(SpoolFolderTest, MissingFoldersAreCreated) {
  const SpoolFolder folder(spool().string());
  const std::vector<std::string> expected = {"accepted", "claimed", "incoming", "rejected"};
  EXPECT_EQ(names_in(spool()), expected);
}

TEST_F(SpoolFolderTest, ExistingFoldersKeepTheirPermissions) {
  fs::create_directories(spool() / "incoming");
  ASSERT_EQ(::chmod((spool() / "incoming").c_str(), 0730), 0);
  const SpoolFolder folder(spool().string());
  EXPECT_EQ(fs::status(spool() / "incoming").permissions(), static_cast<fs::perms>(0730));
}

TEST_F(SpoolFolderTest, AFolderThatCannotBeCreatedIsReportedWithTheReasonAndTheRemedy) {
  const std::string sentence = refusal(temporary_.path() / "no" / "such" / "parent");
  EXPECT_NE(sentence.find("no/such/parent"), std::string::npos) << sentence;
  EXPECT_NE(sentence.find("No such file or directory"), std::string::npos) << sentence;
  EXPECT_NE(sentence.find("spool.directory"), std::string::npos) << sentence;
}

TEST_F(SpoolFolderTest, AFileWhereAFolderShouldBeIsReported) {
  fs::create_directory(spool());
  write_file(spool() / "claimed", "");
  const std::string sentence = refusal(spool());
  EXPECT_NE(sentence.find("claimed"), std::string::npos) << sentence;
  EXPECT_NE(sentence.find("Not a directory"), std::string::npos) << sentence;
}

TEST_F(SpoolFolderTest, AReplacedFolderEndsTheNextListing) {
  const SpoolFolder folder(spool().string());
  fs::rename(spool() / "incoming", spool() / "incoming.old");
  fs::create_directory(spool() / "incoming");
  EXPECT_THROW(static_cast<void>(folder.list(SpoolFolder::Folder::incoming)), std::runtime_error);
}

TEST_F(SpoolFolderTest, AListingComesInPortionsAndMissesNothing) {
  const SpoolFolder folder(spool().string());
  for (int i = 0; i < 25; ++i) write_file(spool() / "incoming" / std::to_string(i), "");
  FolderListing listing = folder.list(SpoolFolder::Folder::incoming);
  std::set<std::string> seen;
  std::vector<std::string> names;
  while (!(names = listing.next(10)).empty()) {
    EXPECT_LE(names.size(), 10U);
    seen.insert(names.begin(), names.end());
  }
  EXPECT_EQ(seen.size(), 25U);
}

TEST_F(SpoolFolderTest, AFileThatWasReplacedAfterTheCheckIsNotClaimed) {
  SpoolFolder folder(spool().string());
  const fs::path file = spool() / "incoming" / "a.json";
  write_file(file, "first");
  const SeenFile seen = see(folder, "a.json");
  write_file(temporary_.path() / "other", "second");
  fs::rename(temporary_.path() / "other", file);

  const Result<bool> claimed = folder.claim(seen, some_id);
  ASSERT_TRUE(claimed.has_value());
  EXPECT_FALSE(*claimed);
  EXPECT_EQ(read_file(file), "second");
}

TEST_F(SpoolFolderTest, AFileThatBecameASymbolicLinkAfterTheCheckIsNotFollowed) {
  SpoolFolder folder(spool().string());
  const fs::path file = spool() / "incoming" / "a.json";
  write_file(file, "first");
  const SeenFile seen = see(folder, "a.json");
  fs::rename(file, temporary_.path() / "a.json");
  fs::create_symlink(temporary_.path() / "a.json", file);  // it leads to the same inode

  const Result<bool> claimed = folder.claim(seen, some_id);
  ASSERT_TRUE(claimed.has_value());
  EXPECT_FALSE(*claimed);
  EXPECT_TRUE(fs::is_symlink(file));
}

TEST_F(SpoolFolderTest, AFileThatBecameAFifoAfterTheCheckDoesNotBlock) {
  SpoolFolder folder(spool().string());
  const fs::path file = spool() / "incoming" / "a.json";
  write_file(file, "first");
  const SeenFile seen = see(folder, "a.json");
  fs::remove(file);
  ASSERT_EQ(::mkfifo(file.c_str(), 0600), 0);
  const Result<bool> claimed = folder.claim(seen, some_id);
  ASSERT_TRUE(claimed.has_value());
  EXPECT_FALSE(*claimed);
}

TEST_F(SpoolFolderTest, AFileWrittenToAfterTheCheckIsNotClaimed) {
  SpoolFolder folder(spool().string());
  const fs::path file = spool() / "incoming" / "a.json";
  write_file(file, "half");
  SeenFile seen = see(folder, "a.json");
  --seen.changed_ns;  // the kernel's time stamps are too coarse to wait for the next one
  const Result<bool> claimed = folder.claim(seen, some_id);
  ASSERT_TRUE(claimed.has_value());
  EXPECT_FALSE(*claimed);
}

TEST_F(SpoolFolderTest, AClaimedFileThatIsNotTheOneSeenBeforeIsStillChanging) {
  SpoolFolder folder(spool().string());
  const Claim claim{some_id, "a.json"};
  write_file(spool() / "claimed" / claim.file_name(), "another program was quicker than the rename");
  EXPECT_TRUE(std::holds_alternative<StillChanging>(folder.read(claim, 1)));
  EXPECT_TRUE(std::holds_alternative<ClaimedFile>(
      folder.read(claim, std::nullopt)));  // after a crash, the file that was seen is not known
}

TEST_F(SpoolFolderTest, AClaimedFileIsPutBackButNeverOverAnother) {
  SpoolFolder folder(spool().string());
  const Claim claim{some_id, "a.json"};
  write_file(spool() / "claimed" / claim.file_name(), "one");
  write_file(spool() / "incoming" / "a.json", "two");
  const Result<bool> onto_another = folder.put_back(claim);
  ASSERT_TRUE(onto_another.has_value());
  EXPECT_FALSE(*onto_another);
  EXPECT_EQ(read_file(spool() / "incoming" / "a.json"), "two");

  fs::remove(spool() / "incoming" / "a.json");
  const Result<bool> done = folder.put_back(claim);
  ASSERT_TRUE(done.has_value());
  EXPECT_TRUE(*done);
  EXPECT_EQ(read_file(spool() / "incoming" / "a.json"), "one");
}

TEST_F(SpoolFolderTest, AClaimedFileThatIsNotARegularFileIsInvalid) {
  const SpoolFolder folder(spool().string());
  const Claim claim{some_id, "a.json"};
  const fs::path file = spool() / "claimed" / claim.file_name();
  const auto is_unfit = [&] { return std::holds_alternative<Invalid>(folder.read(claim, std::nullopt)); };

  fs::create_symlink("/etc/passwd", file);
  EXPECT_TRUE(is_unfit());
  fs::remove(file);
  ASSERT_EQ(::mkfifo(file.c_str(), 0600), 0);
  EXPECT_TRUE(is_unfit());
  fs::remove(file);
  fs::create_directory(file);
  EXPECT_TRUE(is_unfit());
  fs::remove(file);
  write_file(file, good_job());
  fs::create_hard_link(file, temporary_.path() / "second-name");
  EXPECT_TRUE(is_unfit());
}

}  // namespace
}  // namespace azrestored
