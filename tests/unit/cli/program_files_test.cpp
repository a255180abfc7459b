// azrestorectl and the disk: it validates job files, drops them into the spool, and reads jobs from the database that a
// daemon left.
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/job/job_id.hpp"
#include "persistence/sqlite/sqlite_store.hpp"
#include "tests/support/one_entry.hpp"
#include "tests/support/served_jobs.hpp"
#include "tests/unit/cli/program.hpp"

namespace azrestored::test {
namespace {

constexpr const char* good_job = R"({
  "name": "web01-drill",
  "vault": {"subscriptionId": "s1", "resourceGroup": "vaults", "name": "main"},
  "virtualMachine": "web01",
  "restore": {
    "recoveryType": "RestoreDisks",
    "storageAccountId": "/subscriptions/s1/resourceGroups/drill/providers/Microsoft.Storage/storageAccounts/drillstore",
    "targetResourceGroupId": "/subscriptions/s1/resourceGroups/drill"
  }
})";

class AzrestorectlFilesTest : public ::testing::Test {
 protected:
  AzrestorectlFilesTest() {
    std::filesystem::create_directories(spool() + "/incoming");
    std::filesystem::create_directories(spool() + "/rejected");
  }

  [[nodiscard]] std::string spool() const { return jobs_.folder / "spool"; }

  std::string file(const std::string& name, const std::string& text) {
    const std::string path = jobs_.folder / name;
    std::ofstream(path) << text;
    return path;
  }

  std::vector<std::string> submit(const std::vector<std::string>& files) {
    std::vector<std::string> arguments{"submit", "--socket", jobs_.socket(), "--spool", spool()};
    arguments.insert(arguments.end(), files.begin(), files.end());
    return arguments;
  }

  std::vector<std::string> dropped() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(spool() + "/incoming")) {
      names.push_back(entry.path().filename());
    }
    return names;
  }

  ServedJobs jobs_;
};

TEST_F(AzrestorectlFilesTest, ValidateSaysOkOrEveryFaultWithItsPosition) {
  const std::string good = file("good.json", good_job);
  const std::string bad = file("bad.json", "{\n  \"nmae\": \"x\"\n}");
  const Ended fine = azrestorectl({"validate", good});
  EXPECT_EQ(fine.code, 0) << fine.errors;
  EXPECT_EQ(fine.output, good + ": ok\n");

  const Ended both = azrestorectl({"validate", good, bad});
  EXPECT_EQ(both.code, 1);
  EXPECT_NE(both.output.find(bad + ": /nmae, line 2, column"), std::string::npos) << both.output;

  const Ended json = azrestorectl({"validate", bad, "--json"});
  const auto checked = nlohmann::json::parse(json.output);
  EXPECT_EQ(checked["file"], bad);
  EXPECT_EQ(checked["ok"], false);
  EXPECT_GE(checked["faults"].size(), 2U);
}

TEST_F(AzrestorectlFilesTest, AFileThatCannotBeReadIsAUsageError) {
  const std::string missing = jobs_.folder / "missing.json";
  const Ended validate = azrestorectl({"validate", missing});
  EXPECT_EQ(validate.code, 2);
  EXPECT_EQ(validate.output, missing + ": cannot be read: No such file or directory\n");
  EXPECT_EQ(azrestorectl(submit({missing})).code, 2);
}

TEST_F(AzrestorectlFilesTest, SubmitDropsTheFileUnderTheIdThatItPrints) {
  const Ended run = azrestorectl(submit({file("web01.json", good_job)}));
  EXPECT_EQ(run.code, 0) << run.errors;
  EXPECT_EQ(run.errors, "azrestorectl: the files are in the spool; azrestored accepts them when it runs\n");
  const std::string id = run.output.substr(0, 36);
  EXPECT_TRUE(is_job_id(id)) << run.output;
  EXPECT_EQ(run.output, id + "  " + (jobs_.folder / "web01.json") + "\n");
  ASSERT_EQ(dropped(), std::vector<std::string>{id + ".json"});
  std::ostringstream text;
  text << std::ifstream(spool() + "/incoming/" + id + ".json").rdbuf();
  EXPECT_EQ(text.str(), good_job);
}

TEST_F(AzrestorectlFilesTest, OfSeveralFilesNoneIsDroppedWhenOneIsBad) {
  const Ended run = azrestorectl(submit({file("good.json", good_job), file("bad.json", "{}")}));
  EXPECT_EQ(run.code, 1);
  EXPECT_EQ(run.output, "");
  EXPECT_NE(run.errors.find("bad.json: "), std::string::npos);
  EXPECT_NE(run.errors.find("nothing was submitted\n"), std::string::npos);
  EXPECT_TRUE(dropped().empty());
}

TEST_F(AzrestorectlFilesTest, SubmitWaitsUntilTheDaemonKnowsTheJob) {
  ASSERT_TRUE(jobs_.serve());
  Program program(AZRESTORECTL, submit({file("web01.json", good_job)}));
  Job job = sample_job(1, Queued{});
  job.id = program.next_line().substr(0, 36);
  jobs_.put(job);
  EXPECT_EQ(program.wait(), 0);
  EXPECT_EQ(program.errors(), "");
}

TEST_F(AzrestorectlFilesTest, AFileThatTheDaemonRefusesIsAFailureWithItsReason) {
  ASSERT_TRUE(jobs_.serve());
  Program program(AZRESTORECTL, submit({file("web01.json", good_job)}));
  const std::string id = program.next_line().substr(0, 36);
  std::ofstream(spool() + "/rejected/" + id + ".json.reason") << "the spool is full";
  EXPECT_EQ(program.wait(), 1);
  EXPECT_NE(program.errors().find("was rejected by azrestored: the spool is full"), std::string::npos)
      << program.errors();
}

TEST_F(AzrestorectlFilesTest, AMissingSpoolIsSaidAndNothingIsPrinted) {
  std::filesystem::remove_all(spool());
  const Ended run = azrestorectl(submit({file("web01.json", good_job)}));
  EXPECT_EQ(run.code, 1);
  EXPECT_EQ(run.output, "");
  EXPECT_NE(run.errors.find(spool() + "/incoming: cannot open the folder: No such file or directory"),
            std::string::npos);
}

/// Writes a database with one job, as a stopped daemon leaves it.
void leave_database(const std::string& path, Job job) {
  auto store = SqliteStore::open(path, "azrestored");
  ASSERT_TRUE(store) << store.error().sentence();
  HistoryLine line;
  line.at = job.created_at;
  line.to = "queued";
  line.cause = "submitted";
  asio::io_context context(1);
  NewJob added;
  added.job = std::move(job);
  added.spec = "{}";
  asio::co_spawn(context, (*store)->insert(one_entry(added, line)),
                 [](const std::exception_ptr& bug, const Result<void>& result) {
                   ASSERT_FALSE(bug);
                   ASSERT_TRUE(result) << result.error().sentence();
                 });
  context.run();
}

TEST_F(AzrestorectlFilesTest, WithoutADaemonTheDatabaseIsReadAndThatIsSaid) {
  const std::string database = jobs_.folder / "azrestored.db";
  leave_database(database, sample_job(1, Queued{}));
  const std::string config = file("azrestored.json", R"({"store": {"path": ")" + database +
                                                         R"("}, "control": {"socket": ")" + jobs_.socket() + R"("}})");
  const std::string note = "azrestorectl: azrestored is not running; reading its database instead\n";

  const Ended list = azrestorectl({"list", "--config", config});
  EXPECT_EQ(list.code, 0);
  EXPECT_NE(list.output.find(job_id(1) + "  web01-drill"), std::string::npos) << list.output;
  EXPECT_EQ(list.errors, note);

  const Ended show = azrestorectl({"show", "web01-drill", "--config", config});
  EXPECT_EQ(show.code, 6);
  EXPECT_EQ(show.errors, note);

  const Ended events = azrestorectl({"events", "0000", "--config", config});
  EXPECT_EQ(events.output, "  2026-11-20T10:01:00Z  queued  (submitted)\n");

  const Ended missing = azrestorectl({"show", "web09", "--config", config});
  EXPECT_EQ(missing.code, 5);

  const Ended status = azrestorectl({"status", "--json", "--config", config});
  EXPECT_EQ(status.code, 9);
  EXPECT_EQ(status.output, "{\"jobs\":{\"queued\":1}}\n");

  EXPECT_EQ(azrestorectl({"cancel", "web01-drill", "--config", config}).code, 9);
}

TEST_F(AzrestorectlFilesTest, SpoolPrintsEachFileThatBecameNoJobWithItsReasons) {
  jobs_.backend.spooled = nlohmann::json::parse(R"({"directory": "/a/spool", "more": 3, "problems": [], "files": [
    {"folder": "incoming", "name": "web01.txt", "verdict": "leftAlone", "reasons": ["it has the wrong name."],
     "bytes": 5, "changed": "2020-01-01T00:00:00Z", "uid": 0, "until": null},
    {"folder": "incoming", "name": "slow.json", "verdict": "unfinished", "reasons": ["it is cut off."], "bytes": 5,
     "changed": "2020-01-01T00:00:00Z", "uid": 0, "until": "2020-01-01T00:10:00Z"},
    {"folder": "rejected", "name": "x.json", "verdict": "refused", "reasons": ["one fault", "another"], "bytes": 5,
     "changed": "2020-01-01T00:00:00Z", "uid": 0, "until": null}]})");
  ASSERT_TRUE(jobs_.serve());
  const Ended spool = azrestorectl({"spool", "--socket", jobs_.socket(), "--limit", "7"});
  EXPECT_EQ(spool.code, 0);
  EXPECT_EQ(jobs_.backend.files_wanted, std::vector<std::size_t>{7});
  EXPECT_EQ(spool.output.find("incoming/web01.txt: left alone, changed "), 0U) << spool.output;
  EXPECT_NE(spool.output.find(" ago\n    it has the wrong name.\n"), std::string::npos) << spool.output;
  EXPECT_NE(spool.output.find(", refused 2020-01-01T00:10:00Z ("), std::string::npos) << spool.output;
  EXPECT_NE(spool.output.find("rejected/x.json: refused, "), std::string::npos) << spool.output;
  EXPECT_NE(spool.output.find("\n    one fault\n    another\n"), std::string::npos) << spool.output;
  EXPECT_EQ(spool.errors, "azrestorectl: 3 older files are not listed; --limit lists more, up to 1000\n");

  const Ended json = azrestorectl({"spool", "--socket", jobs_.socket(), "--json"});
  EXPECT_EQ(nlohmann::json::parse(json.output.substr(0, json.output.find('\n'))), (*jobs_.backend.spooled)["files"][0]);
}

TEST_F(AzrestorectlFilesTest, WithoutADaemonSpoolReadsTheFolders) {
  const std::string config = file("azrestored.json", R"({"spool": {"directory": ")" + spool() +
                                                         R"("}, "control": {"socket": ")" + jobs_.socket() + R"("}})");
  std::filesystem::create_directories(spool() + "/claimed");
  const std::string note = "azrestorectl: azrestored is not running; reading the folders of the spool instead\n";
  const Ended empty = azrestorectl({"spool", "--config", config});
  EXPECT_EQ(empty.code, 0);
  EXPECT_EQ(empty.output, "");
  EXPECT_EQ(empty.errors, note + "azrestorectl: no file is left in " + spool() + "\n");

  std::ofstream(spool() + "/incoming/web01.json.bak") << good_job;
  std::ofstream(spool() + "/rejected/x.json") << "{}";
  std::ofstream(spool() + "/rejected/x.json.reason") << "line 1, column 1: wrong\n";
  const Ended two = azrestorectl({"spool", "--config", config});
  EXPECT_EQ(two.code, 0);
  EXPECT_EQ(two.errors, note);
  EXPECT_NE(two.output.find("incoming/web01.json.bak: left alone"), std::string::npos) << two.output;
  EXPECT_NE(two.output.find("\n    line 1, column 1: wrong\n"), std::string::npos) << two.output;
  EXPECT_EQ(two.output.find(".reason:"), std::string::npos) << two.output;

  std::filesystem::remove_all(spool());
  const Ended none = azrestorectl({"spool", "--config", config});
  EXPECT_EQ(none.code, 5);
  EXPECT_NE(none.errors.find("No such file or directory"), std::string::npos) << none.errors;
}

}  // namespace
}  // namespace azrestored::test
