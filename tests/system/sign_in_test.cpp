// Goal: each sign-in method works, a token that expires during a restore is renewed without harm, and no secret is
// found anywhere afterwards. Method: the simulator issues tokens and withdraws them; then every file and the log are
// searched.
#include <gtest/gtest.h>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

Stage::Options signing_in_by(Stage::SignIn way, const Json& script = Json::object()) {
  Stage::Options options;
  options.sign_in = way;
  options.azure = azure_with(Json::array({protected_vm("web01", script)}));
  return options;
}

TEST(SignIn, WithAClientSecret) {
  Stage stage(signing_in_by(Stage::SignIn::by_secret));
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
  EXPECT_EQ(stage.sim.report().at("tokensIssued"), 1);
}

TEST(SignIn, WithAManagedIdentity) {
  Stage stage(signing_in_by(Stage::SignIn::by_identity));
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
  EXPECT_EQ(stage.sim.report().at("tokensIssued"), 1);
}

TEST(SignIn, IsRenewedWhenTheTokenEndsInMidFlight) {
  Stage stage(signing_in_by(Stage::SignIn::by_secret, {{"jobSeconds", 2}}));
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  ASSERT_EQ(stage.wait_for_state("drill", "tracking").at("state"), "tracking");
  stage.sim.expire_tokens();

  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
  const Json report = stage.sim.report();
  EXPECT_EQ(report.at("tokensIssued"), 2);
  EXPECT_GE(report.at("unauthenticated"), 1);
  EXPECT_EQ(report.at("restores").size(), 1U);
}

TEST(SignIn, ThatEndsJustBeforeThePostIsRenewedAndTheRestoreIsOne) {
  Stage stage(signing_in_by(Stage::SignIn::by_secret));
  stage.sim.add_fault("POST .*/restore\\?@1=401");
  stage.daemon.start();
  stage.drop(disks_job("drill"));

  const Json job = stage.wait_for_end("drill");
  const std::vector<std::string> story = {"queued",  "resolving", "validating", "triggering",
                                          "polling", "tracking",  "succeeded"};
  EXPECT_EQ(states_of(job), story);
  EXPECT_EQ(stage.sim.restores().size(), 1U);
  EXPECT_EQ(stage.sim.report().at("tokensIssued"), 2);
}

TEST(SignIn, ThatIsRefusedIsReportedByStatusAndTheJobGoesOnAfterTheFix) {
  Stage stage(signing_in_by(Stage::SignIn::by_secret));
  write_file(stage.path("secret"), "wrong");
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  const auto problem = [&] { return Json::parse(stage.ctl({"status", "--json"}).out).at("signIn").at("problem"); };
  ASSERT_TRUE(wait_until([&] { return problem().is_string(); }));
  EXPECT_NE(problem().get<std::string>().find("7000215"), std::string::npos) << problem();

  write_file(stage.path("secret"), client_secret);
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
  EXPECT_TRUE(problem().is_null());
}

TEST(Secrets, AreNowhereToBeFound) {
  Stage stage(signing_in_by(Stage::SignIn::by_secret));
  stage.sim.add_fault("GET .*operationsStatus/@1=500");
  stage.sim.add_fault("GET .*operationsStatus/@2=404");
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  ASSERT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");

  const std::string process = "/proc/" + std::to_string(stage.daemon.pid());
  std::vector<std::filesystem::path> places = {process + "/environ", process + "/cmdline"};
  for (const auto& entry : std::filesystem::recursive_directory_iterator(stage.path("daemon"))) {
    if (entry.is_regular_file()) places.push_back(entry.path());
  }
  const std::string header_of_a_token = "eyJ0eXAi";  // {"typ" in base64
  for (const auto& place : places) {
    const std::string text = read_file(place);
    EXPECT_EQ(text.find(client_secret), std::string::npos) << place;
    EXPECT_EQ(text.find(header_of_a_token), std::string::npos) << place;
  }
  // A client with a signed address can use it: the database must keep it, the log and azrestorectl must not show it.
  for (const std::string& shown : {stage.daemon.log(), stage.ctl({"show", "drill", "--json"}).out}) {
    EXPECT_EQ(shown.find("&s="), std::string::npos);
    EXPECT_EQ(shown.find("&c="), std::string::npos);
  }
}

}  // namespace
}  // namespace azrestored::test
