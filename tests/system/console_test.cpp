// Goal: operators see the reason for a job's state and the content of a vault, control jobs that have not started or
// have failed, and try job files without starting anything. Method: the real programs; the simulator counts the
// restores that started.
#include <gtest/gtest.h>

#include <future>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

Stage::Options azure_that(const Json& script) {
  Stage::Options options;
  options.azure = azure_with(Json::array({protected_vm("web01", script)}));
  return options;
}

Json explained(const Stage& stage, const std::string& job) {
  return Json::parse(stage.ctl({"explain", job, "--json"}).out);
}

/// The job file, with azrestored's own checks only: the simulator's pre-flight is not part of this test.
Json local_job(const std::string& name, const std::string& vm = "web01") {
  Json file = disks_job(name, vm);
  file["validate"] = "local";
  return file;
}

std::string in_file(const Stage& stage, const Json& file) {
  const auto path = stage.path(file.at("name").get<std::string>() + ".json");
  write_file(path, file.dump());
  return path.string();
}

std::vector<Json> objects(const std::string& lines) {
  std::vector<Json> found;
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = lines.find('\n', at);
    found.push_back(Json::parse(lines.substr(at, end - at)));
    at = end + 1;
  }
  return found;
}

TEST(Explain, AFailedJobShowsTheReasonAzuresAnswerAndTheIdsForSupport) {
  Stage stage(azure_that(
      {{"result", "Failed"}, {"error", {{"errorCode", 400003}, {"errorString", "The staging account is gone."}}}}));
  stage.daemon.start();
  stage.drop(local_job("drill"));
  const Json job = stage.wait_for_end("drill");
  ASSERT_EQ(job.at("state"), "failed") << job.dump(2);

  const Outcome text = stage.ctl({"explain", "drill"});
  EXPECT_EQ(text.ending, 1);
  for (const std::string part :
       {"failed in Azure", "The staging account is gone.", "azrestorectl retry", "For support"})
    EXPECT_NE(text.out.find(part), std::string::npos) << part << "\n" << text.out;
  const Json explanation = explained(stage, "drill");
  EXPECT_EQ(explanation.at("problem").at("class"), "retry") << explanation.dump(2);
  EXPECT_EQ(explanation.at("support").at("requestId"), job.at("requestId"));
  EXPECT_EQ(explanation.at("support").at("azureJobId"), job.at("azureJobId"));
  EXPECT_EQ(explanation.at("lastAnswer").at("httpStatus"), 200);
  EXPECT_TRUE(explanation.at("next").at("what").is_null());
}

TEST(Explain, ARunningAndASucceededJobAreExplainedAlsoWithoutADaemon) {
  Stage::Options options;
  options.azure = azure_with(Json::array({protected_vm("web01", {{"jobSeconds", 60}}), protected_vm("web02")}));
  Stage stage(options);
  stage.daemon.start();
  stage.drop(local_job("slow"));
  stage.drop(local_job("quick", "web02"));
  ASSERT_EQ(stage.wait_for_state("slow", "tracking").at("state"), "tracking");
  ASSERT_TRUE(stage.wait_for_end("quick").at("state").get<std::string>().starts_with("succeeded"));

  const Outcome running = stage.ctl({"explain", "slow"});
  EXPECT_EQ(running.ending, 6);
  EXPECT_NE(running.out.find("runs in Azure"), std::string::npos) << running.out;
  EXPECT_NE(running.out.find("azrestorectl cancel"), std::string::npos) << running.out;
  EXPECT_NE(stage.ctl({"explain", "quick"}).out.find(" succeeded"), std::string::npos);

  ASSERT_EQ(stage.daemon.stop(), 0);
  const Outcome offline = stage.ctl({"explain", "slow"});
  EXPECT_EQ(offline.ending, 6);
  EXPECT_NE(offline.out.find("runs in Azure"), std::string::npos) << offline.out;
  EXPECT_NE(offline.err.find("reading its database instead"), std::string::npos) << offline.err;
}

TEST(Steering, AHeldJobStartsNothingUntilItIsReleased) {
  Stage stage;
  stage.sim.add_fault("GET .*recoveryPoints\\?@1x*=503");
  stage.daemon.start();
  stage.drop(local_job("drill"));
  ASSERT_TRUE(wait_until([&] { return stage.job("drill").value("failures", 0) > 0; }));

  EXPECT_EQ(stage.ctl({"hold", "drill"}).ending, 0);
  stage.sim.clear_faults();
  EXPECT_EQ(stage.ctl({"show", "drill"}).ending, 7);
  const Outcome held = stage.ctl({"explain", "drill"});
  EXPECT_EQ(held.ending, 7);
  EXPECT_NE(held.out.find("An operator put the job on hold; no restore was started."), std::string::npos) << held.out;
  EXPECT_EQ(stage.ctl({"hold", "drill"}).ending, 1);

  // A second job runs to its end meanwhile; the held one keeps its state, also through a restart.
  stage.drop(local_job("other"));
  EXPECT_TRUE(stage.wait_for_end("other").at("state").get<std::string>().starts_with("succeeded"));
  ASSERT_EQ(stage.daemon.stop(), 0);
  stage.daemon.start();
  EXPECT_EQ(stage.show("drill").at("state"), "held");
  EXPECT_EQ(stage.sim.restore_posts(), 1);

  EXPECT_EQ(stage.ctl({"release", "drill"}).ending, 0);
  EXPECT_TRUE(stage.wait_for_end("drill").at("state").get<std::string>().starts_with("succeeded"));
  EXPECT_EQ(stage.sim.restore_posts(), 2);
  EXPECT_EQ(stage.ctl({"release", "drill"}).ending, 1);
}

TEST(Steering, ARequestedRestoreCanNoLongerBeHeld) {
  Stage stage(azure_that({{"jobSeconds", 60}}));
  stage.daemon.start();
  stage.drop(local_job("drill"));
  ASSERT_EQ(stage.wait_for_state("drill", "tracking").at("state"), "tracking");
  const Outcome hold = stage.ctl({"hold", "drill"});
  EXPECT_EQ(hold.ending, 1);
  EXPECT_NE(hold.err.find("can no longer be held"), std::string::npos) << hold.err;
  EXPECT_EQ(stage.ctl({"retry", "drill"}).ending, 1);
}

TEST(Steering, ARetryRestoresOnceMoreWithANewRequestIdAndTheSamePoint) {
  Stage stage(azure_that({{"result", "Failed"}}));
  stage.daemon.start();
  stage.drop(local_job("drill"));
  const Json first = stage.wait_for_end("drill");
  ASSERT_EQ(first.at("state"), "failed") << first.dump(2);

  const Outcome retry = stage.ctl({"retry", "drill"});
  EXPECT_EQ(retry.ending, 0) << retry.err;
  EXPECT_NE(retry.out.find("started again as attempt 2"), std::string::npos) << retry.out;
  const Json second = stage.wait_for_end("drill");
  EXPECT_EQ(second.at("state"), "failed");
  EXPECT_EQ(second.at("attempt"), 2);
  EXPECT_EQ(second.at("earlierAttempts").at(0).at("requestId"), first.at("requestId"));
  EXPECT_NE(second.at("requestId"), first.at("requestId"));
  EXPECT_EQ(second.at("recoveryPoint").at("id"), first.at("recoveryPoint").at("id"));
  EXPECT_EQ(stage.sim.restore_posts(), 2);
  const Json counts = stage.sim.report().at("restoresByRequestId");
  EXPECT_EQ(counts.at(first.at("requestId").get<std::string>()), 1);
  EXPECT_EQ(counts.at(second.at("requestId").get<std::string>()), 1);
  const Outcome show = stage.ctl({"show", "drill"});
  EXPECT_NE(show.out.find("earlier attempts"), std::string::npos) << show.out;
}

TEST(Inventory, VmsAndPointsAreReadWithTheDaemonsSession) {
  Stage::Options options;
  options.azure = azure_with(Json::array({protected_vm("web02"), protected_vm("web01")}));
  options.simulator = {"--page-size", "1"};
  Stage stage(options);
  stage.daemon.start();

  const Outcome table = stage.ctl({"vms", "--vault", vault_id()});
  EXPECT_EQ(table.ending, 0) << table.err;
  EXPECT_LT(table.out.find("web01"), table.out.find("web02")) << table.out;
  const auto vms = objects(stage.ctl({"vms", "--vault", vault_id(), "--json"}).out);
  ASSERT_EQ(vms.size(), 2U);
  EXPECT_EQ(vms[0].at("lastBackupStatus"), "Completed");
  EXPECT_EQ(vms[0].at("sourceResourceId"), vm_id("web01"));

  const auto points = [&](const std::string& vm, std::vector<std::string> filters) {
    filters.insert(filters.begin(), {"points", "--vault", vault_id(), "--vm", vm, "--json"});
    return objects(stage.ctl(filters).out);
  };
  const auto all = points("web01", {});
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].at("id"), "7002");
  EXPECT_EQ(all[0].at("picked"), true);
  EXPECT_EQ(all[1].at("picked"), false);
  for (const std::string& vm : std::vector<std::string>{"contoso-web/WEB01", vm_id("web01")}) {
    const auto consistent = points(vm, {"--consistency", "AppConsistent"});
    ASSERT_EQ(consistent.size(), 1U) << vm;
    EXPECT_EQ(consistent[0].at("id"), "7001");
    EXPECT_EQ(consistent[0].at("picked"), true);
  }
  EXPECT_EQ(stage.ctl({"points", "--vault", vault_id(), "--vm", "web01", "--not-older-than", "1h"}).ending, 5);
  const Outcome stray = stage.ctl({"points", "--vault", vault_id(), "--vm", "web03"});
  EXPECT_EQ(stray.ending, 5);
  EXPECT_NE(stray.err.find("did you mean web0"), std::string::npos) << stray.err;
}

TEST(Inventory, AnotherVaultIsNotFoundInAzuresWordsAndAWrongIdIsUsage) {
  Stage stage;
  stage.daemon.start();
  const Outcome other = stage.ctl({"vms", "--vault", vault_id() + "-2"});
  EXPECT_EQ(other.ending, 5) << other.err;
  EXPECT_NE(other.err.find("HTTP 404"), std::string::npos) << other.err;
  EXPECT_EQ(stage.ctl({"vms", "--vault", "contoso-vault"}).ending, 2);
  EXPECT_EQ(stage.ctl({"vms", "--vault", vault_id(), "--auth", "prod"}).ending, 5);
}

TEST(Inventory, AnAnswerThatIsAwaitedKeepsNoDaemonFromStopping) {
  Stage stage;
  stage.sim.add_fault("GET .*backupProtectedItems@1=hang:60");
  stage.daemon.start();
  auto waiting = std::async(std::launch::async, [&] { return stage.ctl({"vms", "--vault", vault_id()}); });
  ASSERT_TRUE(wait_until([&] { return !stage.sim.report().at("faults").empty(); }));
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(stage.daemon.stop(), 0);
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(3));
  EXPECT_EQ(waiting.get().ending, 9);
}

TEST(DryRun, PrintsTheExactRequestAndStartsNothing) {
  Stage stage;
  stage.daemon.start();
  const std::string file = in_file(stage, local_job("drill"));
  const Outcome text = stage.ctl({"submit", "--dry-run", file});
  EXPECT_EQ(text.ending, 0) << text.out << text.err;
  EXPECT_NE(text.out.find("would be sent; nothing was started"), std::string::npos) << text.out;
  const Outcome object = stage.ctl({"validate", "--online", file, "--json"});
  EXPECT_EQ(object.ending, 0) << object.err;
  const Json tried = Json::parse(object.out);
  EXPECT_EQ(tried.at("recoveryPoint").at("id"), "7002");
  EXPECT_EQ(tried.at("request").at("method"), "POST");

  EXPECT_EQ(stage.sim.restore_posts(), 0);
  EXPECT_EQ(stage.ctl({"list", "--json"}).out, "");
  EXPECT_TRUE(names_in(stage.daemon.spool() / "incoming").empty());

  // A submit sends the request that the dry run printed.
  stage.drop(local_job("drill"));
  ASSERT_TRUE(stage.wait_for_end("drill").at("state").get<std::string>().starts_with("succeeded"));
  const Json restores = stage.sim.restores();
  ASSERT_EQ(restores.size(), 1U);
  EXPECT_EQ(restores[0].at("body"), tried.at("request").at("body"));
}

TEST(DryRun, OfAVmThatTheVaultDoesNotProtectEndsWithNotFound) {
  Stage stage;
  stage.daemon.start();
  const Outcome stray = stage.ctl({"submit", "--dry-run", in_file(stage, local_job("stray", "web02"))});
  EXPECT_EQ(stray.ending, 5) << stray.out;
  EXPECT_NE(stray.out.find("did you mean web01?"), std::string::npos) << stray.out;
  EXPECT_EQ(stage.sim.restore_posts(), 0);
}

}  // namespace
}  // namespace azrestored::test
