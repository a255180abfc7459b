// Goal: an invalid file is kept with its reasons, to the letter; a file that is not for azrestored stays where it is;
// neither blocks valid files. Method: one of each kind in the spool of one daemon, and a valid file last.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>
#include <utility>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

std::string reason_of(const Stage& stage, const std::string& name) {
  return read_file(stage.daemon.spool() / "rejected" / (name + ".reason"));
}

TEST(BadFiles, AreRejectedWithTheirReasonsBesideThem) {
  Stage::Options options;
  options.settings = {{"spool", {{"settleTime", "2s"}}}};  // empty.json may be a file that is still being written
  Stage stage(options);
  Json mistyped = disks_job("mistyped");
  mistyped["restore"]["restoreDiskLunlist"] = {0};
  Json careless = replace_disks_job("careless");
  careless.erase("replaceDisksOf");
  Json wrong_twice = disks_job("wrong-twice");
  wrong_twice["vault"] = "contoso-vault";
  wrong_twice["recoveryPoint"] = {{"before", "yesterday"}};
  stage.drop("mistyped.json", mistyped.dump(2));
  stage.drop("careless.json", careless.dump(2));
  stage.drop("wrong-twice.json", wrong_twice.dump(2));
  stage.drop("not-json.json", "{\n  \"name\": \"x\",\n  \"vault\": oops\n}\n");
  stage.drop("empty.json", "");
  stage.drop("latin1.json", "{\"name\": \"caf\xe9\"}");
  stage.drop("deep.json", std::string(65, '[') + std::string(65, ']'));
  stage.drop("large.json", std::string((1U << 20U) + 1, ' '));
  stage.drop(disks_job("good"));
  stage.daemon.start();

  EXPECT_EQ(stage.wait_for_end("good").at("state"), "succeeded");
  ASSERT_TRUE(wait_until([&] { return names_in(stage.daemon.spool() / "rejected").size() == 16; }));
  std::string deep_place;
  for (int level = 0; level < 64; ++level) deep_place += "/0";
  const std::vector<std::pair<std::string, std::string>> reasons = {
      {"mistyped.json",
       "/restore/restoreDiskLunlist, line 5, column 27: unknown property \"restoreDiskLunlist\", perhaps meant to be "
       "\"restoreDiskLunList\"; put properties that azrestored does not know into \"extraProperties\"\n"},
      {"careless.json",
       "/replaceDisksOf, line 1, column 1: \"replaceDisksOf\" is missing; OriginalLocation needs the name of the VM "
       "whose disks are overwritten, \"web01\"\n"},
      {"wrong-twice.json",
       "/recoveryPoint/before, line 4, column 15: found the string \"yesterday\"; expected a time with a zone such as "
       "\"2026-11-20T00:00:00Z\"\n"
       "/vault, line 11, column 12: found the string \"contoso-vault\"; expected /subscriptions/{id}/resourceGroups/"
       "{group}/providers/Microsoft.RecoveryServices/vaults/{name} or an object with \"subscriptionId\", "
       "\"resourceGroup\" and \"name\"; a name alone does not identify the subscription and the resource group\n"},
      {"not-json.json",
       "line 3, column 12: this is not JSON: found oops without quotes; put a string in double quotes: write "
       "\"oops\"\n"},
      {"empty.json", "line 1, column 1: this is not JSON: the file is empty; expected an object, between { and }\n"},
      {"latin1.json",
       "line 1, column 14: the byte \\xe9 (number 14 of the file) is not UTF-8; save the file as UTF-8\n"},
      {"deep.json", deep_place + ", line 1, column 65: nested too deeply; expected at most 64 levels of {} and []\n"},
      {"large.json", "The file has 1048577 bytes; a job file may have at most 1048576.\n"}};
  for (const auto& [name, reason] : reasons) EXPECT_EQ(reason_of(stage, name), reason) << name;
  EXPECT_EQ(read_file(stage.daemon.spool() / "rejected" / "mistyped.json"), mistyped.dump(2));
  EXPECT_EQ(stage.sim.restores().size(), 1U);
}

TEST(BadFiles, OfTheSameNameDoNotReplaceEachOther) {
  Stage stage;
  const auto rejected = stage.daemon.spool() / "rejected";
  stage.daemon.start();
  stage.drop("bad.json", "first");
  ASSERT_TRUE(wait_until([&] { return names_in(rejected).size() == 2; }));
  stage.drop("bad.json", "second");
  ASSERT_TRUE(wait_until([&] { return names_in(rejected).size() == 4; }));
  const std::vector<std::string> expected = {"bad.json", "bad.json.reason", "bad.json~2", "bad.json~2.reason"};
  EXPECT_EQ(names_in(rejected), expected);
  EXPECT_EQ(read_file(rejected / "bad.json"), "first");
  EXPECT_EQ(read_file(rejected / "bad.json~2"), "second");
}

TEST(ForeignFiles, StayWhereTheyAreAndBlockNothing) {
  Stage stage;
  const auto incoming = stage.daemon.spool() / "incoming";
  stage.drop("good.json", disks_job("good").dump());
  write_file(stage.path("outside.json"), disks_job("outside").dump());
  std::filesystem::create_symlink(stage.path("outside.json"), incoming / "link.json");
  std::filesystem::create_hard_link(stage.path("outside.json"), incoming / "hard-link.json");
  ASSERT_EQ(::mkfifo((incoming / "pipe.json").c_str(), 0600), 0);
  std::filesystem::create_directory(incoming / "folder.json");
  write_file(incoming / "bad name;.json", disks_job("bad-name").dump());
  write_file(incoming / ".hidden.json", disks_job("hidden").dump());
  write_file(incoming / "unfinished.json.tmp", disks_job("unfinished").dump());
  stage.daemon.start();

  EXPECT_EQ(stage.wait_for_end("good").at("state"), "succeeded");
  const std::vector<std::string> stayed = {".hidden.json", "bad name;.json", "folder.json",        "hard-link.json",
                                           "link.json",    "pipe.json",      "unfinished.json.tmp"};
  EXPECT_EQ(names_in(incoming), stayed);
  EXPECT_EQ(stage.daemon.events("spool.left-alone").size(), 5U) << stage.daemon.log();
  EXPECT_EQ(stage.sim.restores().size(), 1U);
}

TEST(SlowCopy, IsTakenWhenItIsComplete) {
  Stage stage;
  stage.daemon.start();
  const std::string text = disks_job("slow").dump(2);
  std::ofstream file(stage.daemon.spool() / "incoming" / "slow.json");
  constexpr std::size_t pieces = 8;
  for (std::size_t i = 0; i < pieces; ++i) {
    const std::size_t begin = text.size() * i / pieces;
    file << text.substr(begin, text.size() * (i + 1) / pieces - begin) << std::flush;
    std::this_thread::sleep_for(std::chrono::milliseconds(300));  // simulates a slow writer; no condition to wait for
  }
  file.close();
  EXPECT_EQ(stage.wait_for_end("slow").at("state"), "succeeded");
  EXPECT_TRUE(names_in(stage.daemon.spool() / "rejected").empty());
}

/// Writes in pieces with a pause between them, as over a line that stalls: longer than a file must be quiet.
void write_with_stalls(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path);
  constexpr std::size_t pieces = 3;
  for (std::size_t i = 0; i < pieces; ++i) {
    const std::size_t begin = text.size() * i / pieces;
    file << text.substr(begin, text.size() * (i + 1) / pieces - begin) << std::flush;
    // No condition to wait for: that nothing happens is what is shown.
    if (i + 1 < pieces) std::this_thread::sleep_for(std::chrono::milliseconds(2500));
  }
}

TEST(StalledUpload, IsNeitherTakenNorRefusedUntilItIsComplete) {
  Stage stage;
  stage.daemon.start();
  write_with_stalls(stage.daemon.spool() / "incoming" / "slow.json", disks_job("slow").dump(2));
  EXPECT_EQ(stage.wait_for_end("slow").at("state"), "succeeded");
  EXPECT_TRUE(names_in(stage.daemon.spool() / "rejected").empty());
  EXPECT_EQ(stage.daemon.events("spool.unfinished").size(), 1U) << stage.daemon.log();
  EXPECT_EQ(stage.sim.restores().size(), 1U);
}

TEST(StalledUpload, IsRefusedAfterTheSettleTimeAndListed) {
  Stage::Options options;
  options.settings = {{"spool", {{"settleTime", "3s"}}}};
  Stage stage(options);
  stage.daemon.start();
  write_file(stage.daemon.spool() / "incoming" / "dead.json", "{\"vault\": ");
  const auto verdict = [&] {
    const Json listed = Json::parse(stage.ctl({"spool", "--json"}).out, nullptr, false);
    return listed.is_object() ? listed.value("folder", "") + " " + listed.value("verdict", "") : "";
  };
  EXPECT_TRUE(wait_until([&] { return verdict() == "incoming unfinished"; }));
  EXPECT_TRUE(wait_until([&] { return verdict() == "rejected refused"; }));
  EXPECT_NE(reason_of(stage, "dead.json").find("the file ends before"), std::string::npos);
}

TEST(UploadUnderAnotherName, IsOneJobWhenItGetsItsName) {
  Stage stage;
  stage.daemon.start();
  const auto incoming = stage.daemon.spool() / "incoming";
  const std::string text = disks_job("one").dump(2);
  write_with_stalls(incoming / "one.json.filepart", text);
  for (const char* copy : {"one.json.bak", "one.json~", "one.txt", ".one.json.swp"}) write_file(incoming / copy, text);
  std::filesystem::rename(incoming / "one.json.filepart", incoming / "one.json");
  EXPECT_EQ(stage.wait_for_end("one").at("state"), "succeeded");
  EXPECT_EQ(stage.sim.restores().size(), 1U);
  EXPECT_EQ(names_in(incoming), (std::vector<std::string>{".one.json.swp", "one.json.bak", "one.json~", "one.txt"}));

  const auto listed = [&] {
    std::istringstream lines(stage.ctl({"spool", "--json"}).out);
    std::vector<std::string> names;
    for (std::string line; std::getline(lines, line);) names.push_back(Json::parse(line).at("name"));
    std::sort(names.begin(), names.end());
    return names;
  };
  EXPECT_EQ(listed(), names_in(incoming));
  ASSERT_TRUE(stage.daemon.stop());
  EXPECT_EQ(listed(), names_in(incoming)) << "without a daemon too";
}

TEST(Submit, PrintsTheIdOfTheJobAndRefusesBadFilesAtOnce) {
  Stage stage;
  stage.daemon.start();
  write_file(stage.path("good.json"), disks_job("good").dump());
  write_file(stage.path("bad.json"), "{}");
  EXPECT_EQ(stage.ctl({"validate", stage.path("good.json")}).ending, 0);
  EXPECT_EQ(stage.ctl({"submit", stage.path("bad.json")}).ending, 1);

  const Outcome submit = stage.ctl({"submit", stage.path("good.json"), "--json"});
  ASSERT_EQ(submit.ending, 0) << submit.err;
  const std::string id = Json::parse(submit.out).at("id");
  EXPECT_EQ(stage.wait_for_end(id).at("name"), "good");
  EXPECT_EQ(stage.wait_for_end("good").at("id"), id);
}

TEST(Submitter, IsKeptWithTheJob) {
  constexpr uid_t somebody = 12345;
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a file to another user";
  Stage stage;
  stage.daemon.start();
  const auto file = stage.path("theirs.json");
  write_file(file, disks_job("theirs").dump());
  ASSERT_EQ(::chown(file.c_str(), somebody, somebody), 0);
  std::filesystem::rename(file, stage.daemon.spool() / "incoming" / "theirs.json");
  EXPECT_EQ(stage.wait_for_end("theirs").at("submitterUid"), somebody);
}

}  // namespace
}  // namespace azrestored::test
