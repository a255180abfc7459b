// Goal: a job signs in with the profile that it names, in separate tenants; a missing profile holds the job until it
// exists. Method: a vault that accepts only one tenant's tokens, and settings with two profiles.
#include <gtest/gtest.h>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

constexpr const char* customer_tenant = "cccccccc-3333-4333-8333-cccccccccccc";
constexpr const char* customer_token = "the-token-of-the-customers-tenant";

Stage::Options vault_of_the_customer() {
  Stage::Options options;
  options.azure = azure_with(Json::array({protected_vm("web01")}), {{"tenants", {customer_tenant}}});
  options.azure["accessTokens"] = {{{"token", access_token}, {"tenantId", tenant_id}},
                                   {{"token", customer_token}, {"tenantId", customer_tenant}}};
  return options;
}

Json profile(const Stage& stage, const char* name, const char* token) {
  return {{"name", name}, {"method", "accessToken"}, {"accessTokenFile", stage.path(token)}};
}

void configure(Stage& stage, const std::vector<std::string>& names) {
  write_file(stage.path("customer-token"), customer_token);
  Json profiles = Json::array({profile(stage, "own", "token")});
  for (const std::string& name : names) profiles.push_back(profile(stage, name.c_str(), "customer-token"));
  stage.configure(stage.sim.https_url(), {{"auth", profiles}});
}

Json job_with(const std::string& name, const std::string& auth) {
  Json file = disks_job(name);
  file["auth"] = auth;
  return file;
}

TEST(Profiles, AJobSignsInWithTheOneThatItNames) {
  Stage stage(vault_of_the_customer());
  configure(stage, {"customer"});
  stage.daemon.start();
  stage.drop(job_with("drill", "customer"));
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
  EXPECT_EQ(stage.sim.restores().at(0).at("tenant"), customer_tenant);
}

TEST(Profiles, TheDefaultOneDoesNotOpenAnotherTenantsVault) {
  Stage stage(vault_of_the_customer());
  configure(stage, {"customer"});
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  ASSERT_TRUE(wait_until([&] { return stage.job("drill").value("failures", 0) > 0; }));
  EXPECT_EQ(stage.sim.restore_posts(), 0);
}

TEST(Profiles, OneThatIsMissingHoldsTheJobUntilItIsThere) {
  Stage stage(vault_of_the_customer());
  configure(stage, {});
  stage.daemon.start();
  stage.drop(job_with("drill", "customer"));
  const Json held = stage.wait_for_end("drill");
  ASSERT_EQ(held.at("state"), "held");
  const std::string problem = held.at("problem");
  EXPECT_NE(problem.find("\"customer\""), std::string::npos) << problem;
  EXPECT_NE(problem.find("azrestorectl release"), std::string::npos) << problem;

  stage.daemon.stop();
  configure(stage, {"customer"});
  stage.daemon.start();
  EXPECT_EQ(stage.ctl({"release", "drill"}).ending, 0);
  const auto is_done = [&] { return stage.job("drill").at("state") == "succeeded"; };
  EXPECT_TRUE(wait_until(is_done)) << stage.show("drill").dump(2);
  EXPECT_EQ(stage.sim.restores().size(), 1U);
}

TEST(Profiles, AGuardsThatIsTakenAwayMeanwhileStopsOneJobAndNotTheDaemon) {
  Stage stage(vault_of_the_customer());
  configure(stage, {"customer", "guard"});
  stage.sim.add_fault("GET .*recoveryPoints\\?@1x*=503");
  stage.daemon.start();
  Json file = job_with("drill", "customer");
  file["guardAuth"] = "guard";
  stage.drop(file);
  ASSERT_TRUE(wait_until([&] { return stage.job("drill").value("failures", 0) > 0; }));

  stage.daemon.stop();
  configure(stage, {"customer"});
  stage.sim.clear_faults();
  stage.daemon.start();
  const auto is_reported = [&] {
    const Json problem = stage.job("drill").value("problem", Json());
    return problem.is_string() && problem.get<std::string>().starts_with("NoSuchProfile");
  };
  EXPECT_TRUE(wait_until(is_reported)) << stage.show("drill").dump(2);
  EXPECT_EQ(stage.sim.restore_posts(), 0);
  stage.daemon.stop();
  configure(stage, {"customer", "guard"});
  stage.daemon.start();
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
}

}  // namespace
}  // namespace azrestored::test
