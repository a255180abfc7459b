// The spool's rules that need no disk, as tables.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "daemon/spool/names.hpp"

namespace azrestored {
namespace {

constexpr const char* some_id = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";

TEST(SpoolNames, OnlyNamesOfTheSafeAlphabetAreAccepted) {
  for (const std::string name : {"a.json", "web01.json", "A-Z_0.9.json", "-x.json", "x.tmp.json", "reason.json"}) {
    EXPECT_EQ(kind_of_name(name), NameKind::job_file) << name;
  }
  for (const std::string name : {"a b", "a\nb", "a/b", "caf\xc3\xa9", "a~b", "a:b", "\x7f"}) {
    EXPECT_EQ(kind_of_name(name + ".json"), NameKind::foreign) << name;
  }
  for (const std::string name : {"", "x.reason", "x.json.reason"}) {
    EXPECT_EQ(kind_of_name(name), NameKind::foreign) << name;
  }
  EXPECT_EQ(kind_of_name(std::string("a\0b.json", 8)), NameKind::foreign);
}

TEST(SpoolNames, OnlyNamesThatEndInJsonAreTaken) {
  for (const std::string name :
       {"web01", "web01.txt", "json", "x.json.bak", "x.json.orig", "x.json.save", "x.json.old", "x.json~", "x.json.1",
        "x.json.gz", "x.jsonc", "x.JSON", "x.json.", "x.json.rpmnew", "Copy of x.json.txt", "x.json.dpkg-dist"}) {
    EXPECT_EQ(kind_of_name(name), NameKind::foreign) << name;
    EXPECT_NE(foreign_name_reason(name).find("its name does not end in .json"), std::string::npos) << name;
  }
}

TEST(SpoolNames, NamesOfFilesThatAreBeingWrittenAreIgnored) {
  for (const std::string name :
       {".", ".hidden", ".json", ".x.json.tmp", "x.tmp", "x.json.tmp", "not our \n business.tmp", "x.json.filepart",
        "x.json.part", "x.json.Part", "x.json.partial", "x.json.1f2e.partial", ".x.json.swp", ".sftpgo-upload.1.x.json",
        "x.json.temp", "x.json.TMP"}) {
    EXPECT_EQ(kind_of_name(name), NameKind::ignored) << name;
    EXPECT_NE(why_not_taken(name).find("still being written"), std::string::npos) << name;
  }
}

// A crash during an upgrade: the version before took every name of the alphabet.
TEST(SpoolNames, AClaimOfAnEarlierVersionIsReadWhateverItsEnding) {
  for (const std::string name : {"web01", "web01.txt", "x.json.bak", "x.json.filepart"}) {
    const std::optional<Claim> claim = Claim::parse(Claim{some_id, name}.file_name());
    ASSERT_TRUE(claim.has_value()) << name;
    EXPECT_EQ(claim->name, name);
  }
}

TEST(SpoolNames, NamesMayHave200Bytes) {
  EXPECT_EQ(kind_of_name(std::string(195, 'a') + ".json"), NameKind::job_file);
  EXPECT_EQ(kind_of_name(std::string(196, 'a') + ".json"), NameKind::foreign);
}

TEST(SpoolNames, TheLongestNameFitsWithEveryPrefixAndEnding) {
  const std::string longest(max_spool_name_bytes, 'a');
  EXPECT_LE((Claim{some_id, longest}.file_name().size()), 255U);
  EXPECT_LE(("." + reason_name(rejected_name(longest, 10'000)) + ".tmp").size(), 255U);
}

TEST(SpoolNames, AForeignNameIsReportedWithoutItsControlCharacters) {
  const std::string sentence = foreign_name_reason("evil\nname\x1b[2J");
  EXPECT_EQ(sentence.find('\n'), std::string::npos) << sentence;
  EXPECT_EQ(sentence.find('\x1b'), std::string::npos) << sentence;
  EXPECT_NE(sentence.find("evil"), std::string::npos) << sentence;
}

TEST(SpoolNames, AStemThatIsAJobIdIsTheId) {
  EXPECT_EQ(job_id_in_name(std::string(some_id) + ".json"), some_id);
  EXPECT_EQ(job_id_in_name(some_id), some_id);
  EXPECT_EQ(job_id_in_name("web01.json"), std::nullopt);
  EXPECT_EQ(job_id_in_name(std::string("x") + some_id + ".json"), std::nullopt);
  EXPECT_EQ(job_id_in_name("6BA7B810-9DAD-41D1-80B4-00C04FD430C8.json"), std::nullopt);
}

TEST(SpoolNames, AClaimedNameIsReadBackAsItWasWritten) {
  const std::optional<Claim> claim = Claim::parse(Claim{some_id, "web01.json"}.file_name());
  ASSERT_TRUE(claim.has_value());
  EXPECT_EQ(claim->id, some_id);
  EXPECT_EQ(claim->name, "web01.json");
}

TEST(SpoolNames, ANameThatCannotBeAClaimIsNotReadAsOne) {
  const std::string id = some_id;
  const std::vector<std::string> names = {id,          id + "~",   id + "~.x",  id + "~x.tmp",
                                          id + "~a~b", "x~a.json", "web01.json"};
  for (const std::string& name : names) {
    EXPECT_FALSE(Claim::parse(name).has_value()) << name;
  }
}

TEST(SpoolNames, RefusedFilesOfOneNameAreNumberedFromTwo) {
  EXPECT_EQ(rejected_name("x.json", 1), "x.json");
  EXPECT_EQ(rejected_name("x.json", 2), "x.json~2");
  EXPECT_EQ(rejected_name("x.json", 3), "x.json~3");
  EXPECT_EQ(reason_name("x.json~2"), "x.json~2.reason");
}

TEST(SpoolNames, AFileIsQuietWhenItsChangeIsASecondAwayInEitherDirection) {
  const Instant now(Millis(1'000'000));
  EXPECT_FALSE(is_quiet(now, now));
  EXPECT_FALSE(is_quiet(now - Millis(999), now));
  EXPECT_FALSE(is_quiet(now + Millis(999), now));
  EXPECT_TRUE(is_quiet(now - Millis(1000), now));
  EXPECT_TRUE(is_quiet(now + Millis(1000), now));
}

TEST(SpoolNames, AFileIsSettledWhenItsChangeIsTheSettleTimeAwayInEitherDirection) {
  const Instant now(Millis(1'000'000));
  const Millis settle_time = std::chrono::minutes(10);
  EXPECT_FALSE(is_settled(now - settle_time + Millis(1), now, settle_time));
  EXPECT_FALSE(is_settled(now + settle_time - Millis(1), now, settle_time));
  EXPECT_TRUE(is_settled(now - settle_time, now, settle_time));
  EXPECT_TRUE(is_settled(now + settle_time, now, settle_time));
}

}  // namespace
}  // namespace azrestored
