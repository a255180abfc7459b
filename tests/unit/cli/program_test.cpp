// The real azrestorectl against a served socket: what it prints, where, and its exit codes.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/view/job_view.hpp"
#include "tests/support/served_jobs.hpp"
#include "tests/unit/cli/program.hpp"

namespace azrestored::test {
namespace {

class AzrestorectlTest : public ::testing::Test {
 protected:
  AzrestorectlTest() { EXPECT_TRUE(jobs_.serve()); }

  Ended run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--socket", jobs_.socket()});
    return azrestorectl(arguments);
  }

  ServedJobs jobs_;
};

/// A job that was submitted 90 minutes ago and has been in its state for 5.
Job recent_job(int number, State state) {
  Job job = sample_job(number, std::move(state));
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  job.created_at = now - std::chrono::minutes(90) + std::chrono::minutes(number);
  job.since = now - std::chrono::minutes(5);
  return job;
}

/// The words of a line: the width of the columns may vary, and a second may pass.
std::vector<std::string> words(const std::string& line) {
  std::istringstream stream(line);
  return {std::istream_iterator<std::string>(stream), {}};
}

TEST_F(AzrestorectlTest, ListPrintsATableNewestFirst) {
  Job tracked = recent_job(1, Tracking{});
  tracked.progress.percent = 39.6;
  jobs_.put(tracked);
  jobs_.put(recent_job(2, Queued{}));
  const Ended list = run({"list"});
  EXPECT_EQ(list.code, 0) << list.errors;
  EXPECT_EQ(list.errors, "");
  std::istringstream lines(list.output);
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(words(line), (std::vector<std::string>{"ID", "NAME", "STATE", "%", "FOR", "AGE", "VM", "VAULT"}));
  std::getline(lines, line);
  EXPECT_EQ(words(line).at(0), job_id(2));
  std::getline(lines, line);
  const auto cells = words(line);
  ASSERT_GE(cells.size(), 5U) << line;
  EXPECT_EQ(cells[0], job_id(1));
  EXPECT_EQ(cells[1], "web01-drill");
  EXPECT_EQ(cells[2], "tracking");
  EXPECT_EQ(cells[3] + cells[4], "40%");
  EXPECT_EQ(cells[cells.size() - 2], "web01");
  EXPECT_EQ(cells.back(), "main");
}

TEST_F(AzrestorectlTest, ListAsJsonIsASummaryALine) {
  jobs_.put(sample_job(1, Failed{}));
  jobs_.put(sample_job(2, Queued{}));
  const Ended list = run({"list", "--json", "--state", "failed"});
  EXPECT_EQ(list.code, 0);
  EXPECT_EQ(list.output, job_summary(sample_job(1, Failed{})).dump() + "\n");
}

TEST_F(AzrestorectlTest, AListLongerThanAPageIsPrintedWholeUpToItsLimit) {
  for (int number = 1; number <= 250; ++number) jobs_.put(sample_job(number, Queued{}));
  const Ended all = run({"list", "--json", "--limit", "1000"});
  EXPECT_EQ(std::count(all.output.begin(), all.output.end(), '\n'), 250);
  EXPECT_EQ(all.errors, "");
  const Ended some = run({"list", "--json"});
  EXPECT_EQ(std::count(some.output.begin(), some.output.end(), '\n'), 100);
  EXPECT_EQ(some.errors,
            "{\"note\":\"these are the 100 newest; for the next ones add --after " + job_id(151) + "\"}\n");
}

TEST_F(AzrestorectlTest, AnEmptyListIsNotAnError) {
  const Ended list = run({"list"});
  EXPECT_EQ(list.code, 0);
  EXPECT_EQ(list.output, "");
  EXPECT_EQ(list.errors, "azrestorectl: there are no jobs\n");
}

TEST_F(AzrestorectlTest, ShowEndsWithTheCodeOfTheJob) {
  const std::vector<std::pair<State, int>> expected{{Queued{}, 6}, {Tracking{}, 6},  {InDoubt{}, 7},
                                                    {Held{}, 7},   {Succeeded{}, 0}, {SucceededWithWarnings{}, 3},
                                                    {Failed{}, 1}, {Cancelled{}, 8}};
  for (const auto& [state, code] : expected) {
    jobs_.put(sample_job(1, state));
    const Ended show = run({"show", "web01-drill"});
    EXPECT_EQ(show.code, code) << state_name(state);
    EXPECT_TRUE(show.output.starts_with("web01-drill\n  state             " + std::string(state_name(state))))
        << show.output;
    EXPECT_EQ(show.errors, "");
  }
}

TEST_F(AzrestorectlTest, ShowAsJsonIsOneObjectWithEveryPromisedMember) {
  jobs_.put(sample_job(1, Succeeded{}));
  const Ended show = run({"--json", "show", "0000"});
  const auto details = nlohmann::json::parse(show.output);
  EXPECT_EQ(details, job_details(sample_job(1, Succeeded{}), {}));
  for (const char* member : {"id", "name", "state", "since", "attempts", "recoveryPoint", "requestId", "operationId",
                             "azureJobId", "percent", "error", "history"}) {
    EXPECT_TRUE(details.contains(member)) << member;
  }
}

TEST_F(AzrestorectlTest, AnUnknownJobIsCodeFiveWithTheNextStep) {
  const Ended words = run({"show", "web09"});
  EXPECT_EQ(words.code, 5);
  EXPECT_EQ(words.output, "");
  EXPECT_EQ(words.errors,
            "azrestorectl: there is no job with the id or name \"web09\"; `azrestorectl list` shows the jobs\n");
  const Ended json = run({"show", "web09", "--json"});
  EXPECT_EQ(json.code, 5);
  EXPECT_EQ(nlohmann::json::parse(json.errors)["error"]["code"], "notFound");
}

TEST_F(AzrestorectlTest, AnAmbiguousNameIsAUsageErrorThatListsTheIds) {
  jobs_.put(sample_job(1, Queued{}));
  jobs_.put(sample_job(2, Queued{}));
  const Ended cancel = run({"cancel", "00000000"});
  EXPECT_EQ(cancel.code, 2);
  EXPECT_NE(cancel.errors.find(job_id(2)), std::string::npos);
  jobs_.on_loop([&] { EXPECT_TRUE(jobs_.backend.commands.empty()); });
}

TEST_F(AzrestorectlTest, AMistypedNameIsAnsweredWithTheNearestOne) {
  jobs_.put(sample_job(1, Failed{}));
  const std::string expected =
      "azrestorectl: there is no job with the id or name \"web1-dril\"; did you mean \"web01-drill\"?\n";
  for (const char* command : {"show", "explain", "events", "watch", "wait", "cancel", "hold", "release", "retry"}) {
    const Ended run_ = run({command, "web1-dril"});
    EXPECT_EQ(run_.code, 5) << command;
    EXPECT_EQ(run_.errors, expected) << command;
  }
}

TEST_F(AzrestorectlTest, EventsPrintsTheHistory) {
  HistoryLine line;
  line.at = *parse_rfc3339("2026-11-20T10:01:00Z");
  line.to = "queued";
  line.cause = "submitted";
  line.detail = "Accepted.";
  jobs_.put(sample_job(1, Queued{}), {line});
  EXPECT_EQ(run({"events", "web01-drill"}).output, "  2026-11-20T10:01:00Z  queued  (submitted)\n      Accepted.\n");
  EXPECT_EQ(run({"events", "web01-drill", "--json"}).output, history_line(line).dump() + "\n");
}

TEST_F(AzrestorectlTest, CancelPrintsWhatCameOfIt) {
  jobs_.put(sample_job(1, Queued{}));
  const Ended cancel = run({"cancel", "web01-drill"});
  EXPECT_EQ(cancel.code, 0);
  EXPECT_EQ(cancel.output,
            "web01-drill (" + job_id(1) + ", cancelled): cancelled before anything was started in Azure\n");
}

TEST_F(AzrestorectlTest, ARefusedCancelIsCodeOneInTheDaemonsWords) {
  jobs_.put(sample_job(1, Succeeded{}));
  jobs_.on_loop([&] { jobs_.backend.refusal = Error(ErrorKind::refused, "the job has succeeded already"); });
  const Ended cancel = run({"cancel", "web01-drill"});
  EXPECT_EQ(cancel.code, 1);
  EXPECT_EQ(cancel.errors, "azrestorectl: the job has succeeded already\n");
}

TEST_F(AzrestorectlTest, StatusShowsTheHealthOfTheDaemon) {
  jobs_.put(sample_job(1, Queued{}));
  const Ended status = run({"status"});
  EXPECT_EQ(status.code, 0) << status.errors;
  EXPECT_NE(status.output.find("spool        /var/spool/azrestored: 5 files accepted, 1 rejected, 0 left alone\n"),
            std::string::npos)
      << status.output;
  EXPECT_NE(status.output.find("settings     /etc/azrestored/azrestored.json; used only after a restart: "
                               "limits.connections and arm.caFile\n"),
            std::string::npos)
      << status.output;
  EXPECT_NE(
      status.output.find("quota        vaults/backupJobs/read: 12 of 150 an hour left, 1 waits, subscription sub\n"),
      std::string::npos)
      << status.output;
  EXPECT_NE(status.output.find("queued       1\n"), std::string::npos) << status.output;
}

/// The machine's clock was set by an hour since azrestored began: its rows are an hour off.
TEST_F(AzrestorectlTest, TimesAreReadByTheDaemonsClockAndNotByThatOfTheMachine) {
  for (const auto step : {std::chrono::hours(1), std::chrono::hours(-1)}) {
    jobs_.on_loop([&] { jobs_.clock.ahead = step; });
    Job job = sample_job(1, Polling{});
    job.created_at = jobs_.clock.now() - std::chrono::hours(3);
    job.since = jobs_.clock.now() - std::chrono::minutes(20);
    job.not_before = jobs_.clock.now() + std::chrono::minutes(5) + std::chrono::seconds(50);
    jobs_.put(job);
    const Ended explain = run({"explain", "web01-drill"});
    EXPECT_NE(explain.output.find(" (20m"), std::string::npos) << explain.output;
    EXPECT_NE(explain.output.find(" (in 5m"), std::string::npos) << explain.output;
    const Ended show = run({"show", "web01-drill"});
    EXPECT_NE(show.output.find(" (20m"), std::string::npos) << show.output;
    EXPECT_NE(run({"list"}).output.find(" 20m"), std::string::npos);
  }
}

TEST_F(AzrestorectlTest, AClientWithoutPermissionGetsCodeFour) {
  jobs_.stop();
  ControlServer::Options options;
  options.may_speak = [](uid_t) { return false; };
  ASSERT_TRUE(jobs_.serve(options));
  const Ended list = run({"list"});
  EXPECT_EQ(list.code, 4);
  EXPECT_EQ(list.errors, "azrestorectl: only root and the user that azrestored runs as may use this socket\n");
}

TEST_F(AzrestorectlTest, WithoutADaemonAndADatabaseItIsUnreachableAndSaysWhy) {
  const std::string config = jobs_.folder / "azrestored.json";
  std::ofstream(config) << R"({"store": {"path": ")" << (jobs_.folder / "none.db") << R"("}, "control": {"socket": ")"
                        << (jobs_.folder / "none.sock") << R"("}})";
  const Ended list = azrestorectl({"list", "--config", config});
  EXPECT_EQ(list.code, 9);
  EXPECT_EQ(list.errors, "azrestorectl: azrestored is not running (" + (jobs_.folder / "none.sock") +
                             ": No such file or directory); `systemctl start azrestored` starts it, and the database " +
                             (jobs_.folder / "none.db") + " cannot be read: No such file or directory\n");
  EXPECT_EQ(azrestorectl({"cancel", "web01", "--config", config}).code, 9);
  EXPECT_EQ(azrestorectl({"watch", "--config", config}).code, 9);
}

TEST_F(AzrestorectlTest, AnotherProgramAtTheSocketIsRecognized) {
  EXPECT_EQ(azrestorectl({"list", "--socket", jobs_.folder / std::string(200, 'x')}).code, 2);
}

TEST(AzrestorectlUsageTest, AWrongCommandLineIsCodeTwo) {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{},
                                             {"restore"},
                                             {"show"},
                                             {"show", "a", "b"},
                                             {"list", "--colour"},
                                             {"list", "--limit", "0"},
                                             {"watch", "--timeout", "soon"},
                                             {"list", "--since", "yesterday"},
                                             {"list", "--sort", "size"},
                                             {"wait"},
                                             {"submit"},
                                             {"--config", "/none.json", "list"}}) {
    const Ended run = azrestorectl(arguments);
    EXPECT_EQ(run.code, 2) << ::testing::PrintToString(arguments) << run.errors;
    EXPECT_EQ(run.output, "") << ::testing::PrintToString(arguments);
    EXPECT_NE(run.errors, "") << ::testing::PrintToString(arguments);
  }
}

TEST(AzrestorectlUsageTest, AMistypedCommandIsNamedWithTheNearestOne) {
  EXPECT_EQ(azrestorectl({"lst"}).errors,
            "azrestorectl: there is no command \"lst\"; did you mean \"list\"? (see `azrestorectl --help`)\n");
  EXPECT_EQ(azrestorectl({"--json", "frobnicate"}).errors,
            "{\"error\":{\"code\":\"usage\",\"message\":\"there is no command \\\"frobnicate\\\" (see `azrestorectl "
            "--help`)\"}}\n");
}

TEST(AzrestorectlUsageTest, AMistypedOptionIsNamedWithTheNearestOneOfItsCommand) {
  EXPECT_EQ(
      azrestorectl({"list", "--stat", "failed"}).errors,
      "azrestorectl: there is no option \"--stat\"; did you mean \"--state\"? (see `azrestorectl list --help`)\n");
  EXPECT_EQ(
      azrestorectl({"--jsn", "status"}).errors,
      "azrestorectl: there is no option \"--jsn\"; did you mean \"--json\"? (see `azrestorectl status --help`)\n");
  EXPECT_EQ(azrestorectl({"list", "--colour"}).errors,
            "azrestorectl: there is no option \"--colour\" (see `azrestorectl list --help`)\n");
}

TEST(AzrestorectlUsageTest, HelpAndVersionEndWithCodeZeroAndListTheExitCodes) {
  const Ended help = azrestorectl({"--help"});
  EXPECT_EQ(help.code, 0);
  EXPECT_NE(help.output.find("  7  in doubt, or held for an operator\n"), std::string::npos) << help.output;
  EXPECT_EQ(azrestorectl({"watch", "--help"}).code, 0);
  EXPECT_EQ(azrestorectl({"--version"}).output, "azrestorectl " AZRESTORED_VERSION "\n");
}

}  // namespace
}  // namespace azrestored::test
