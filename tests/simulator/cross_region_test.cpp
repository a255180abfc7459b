// Restores across regions (azure-backup-api.md 6), without sockets: the lists of the secondary region, the token and
// how a client must return it, the restore, its operation and its jobs.
#include <gtest/gtest.h>

#include <string>

#include "simulation.hpp"

namespace azsim {
namespace {

const std::string crr = "?api-version=2021-11-15";
const std::string east =
    "/subscriptions/11111111-2222-4333-8444-555555555555/providers/Microsoft.RecoveryServices/locations/eastus";
const std::string copy_point = "710000000000000001";

Json east_order() {
  Json order = disks_order()["properties"];
  order["recoveryPointId"] = copy_point;
  order["region"] = "eastus";
  return order;
}

Json token(Simulation& sim) {
  const Json aad = sim.get_json(east + "/backupAadProperties" + crr);
  return Json::parse(sim.post(web01 + "/recoveryPoints/" + copy_point + "/accessToken" + crr, aad).body)["properties"];
}

Json body_of(const Json& details, const Json& order) {
  Json body;
  body["crossRegionRestoreAccessDetails"] = details;
  body["restoreRequest"] = order;
  return body;
}

Response restore_east(Simulation& sim, const Json& body, const std::string& version_query = crr) {
  return sim.post(east + "/backupCrossRegionRestore" + version_query, body,
                  {{"x-ms-client-request-id", "99999999-0000-4000-8000-000000000009"}});
}

std::string crr_code(const Response& response) {
  return Json::parse(response.body)["ErrorCode"].get<std::string>();
}

Json job_question(const std::string& job) {
  Json body;
  body["resourceId"] = vault;
  body["jobName"] = job;
  return body;
}

TEST(CrossRegion, VersionsAloneSelectTheCopiesAndNoPrimaryNameWorksThere) {
  Simulation sim;
  for (const char* known : {"2018-12-20", "2021-11-15", "2023-01-15"}) {
    const std::string query = std::string("?api-version=") + known;
    const Json points = sim.get_json(web01 + "/recoveryPoints/" + query)["value"];  // with a trailing slash
    ASSERT_EQ(points.size(), 1U) << known;
    EXPECT_EQ(points[0]["name"], copy_point);
    EXPECT_EQ(points[0]["properties"]["recoveryPointTierDetails"].size(), 1U);
    EXPECT_EQ(sim.get_json(vault + "/backupProtectedItems/" + query)["value"].size(), 2U);
    const Response missing = sim.get(web01 + "/recoveryPoints/" + point + query);
    EXPECT_EQ(missing.status, 404U);
    EXPECT_EQ(crr_code(missing), "ResourceNotFound");
  }
  EXPECT_EQ(sim.get(web01 + "/recoveryPoints/" + copy_point + version).status, 404U);
}

// Goal: a complete restore. Method: move the clock and read operation, job and lists at each step.
TEST(CrossRegion, LeadsFromTheTokenToTheCompletedJob) {
  Simulation sim;
  const Response posted = restore_east(sim, body_of(token(sim), east_order()));
  ASSERT_EQ(posted.status, 202U) << posted.body;
  EXPECT_TRUE(posted.body.empty());
  const std::string status = target_of(header(posted, "Azure-AsyncOperation"));
  const std::string result = target_of(header(posted, "Location"));
  EXPECT_NE(status.find("==?api-version"), std::string::npos);
  EXPECT_EQ(sim.get_json(status)["status"], "InProgress");
  EXPECT_EQ(sim.get(result).status, 202U);

  sim.wait(5);
  const Json done = sim.get_json(status);
  const std::string job = done["properties"]["jobId"];
  EXPECT_NE(job, done["name"]);
  EXPECT_EQ(sim.get(result).status, 200U);
  const std::string rebuilt = percent_encode(done["name"].get<std::string>());
  EXPECT_EQ(sim.get(east + "/backupCrrOperationsStatus/" + rebuilt + crr).status, 200U);
  EXPECT_EQ(sim.get(status.substr(0, status.size() - 1)).status, 403U);

  sim.wait(120);
  const Json ended = Json::parse(sim.post(east + "/backupCrrJob" + crr, job_question(job)).body);
  EXPECT_EQ(ended["properties"]["status"], "Completed");
  EXPECT_EQ(ended["properties"]["operation"], "CrossRegionRestore");
  EXPECT_EQ(ended["properties"]["activityId"], "99999999-0000-4000-8000-000000000009");
  EXPECT_EQ(ended["properties"]["extendedInfo"]["propertyBag"]["Vault name"], "contoso-vault");
  EXPECT_EQ(sim.get(vault + "/backupJobs/" + job + version).status, 404U);
  EXPECT_EQ(
      sim.get_json(vault + "/backupJobs" + version + "&$filter=operation eq 'CrossRegionRestore'")["value"].size(), 0U);
  const Json report = sim.report();
  EXPECT_EQ(report["restores"][0]["region"], "eastus");
  EXPECT_EQ(report["restores"][0]["status"], "Completed");
  EXPECT_EQ(report["restorePosts"], 1);
}

TEST(CrossRegion, PagesOfJobsArePostedToWithTheSameBody) {
  FrontSettings settings = Simulation::open_settings();
  settings.azure.page_size = 1;
  Simulation sim(R"({"operationSeconds":0})", {}, settings);
  for (int i = 0; i < 2; ++i) ASSERT_EQ(restore_east(sim, body_of(token(sim), east_order())).status, 202U);
  const Json question = {{"resourceId", vault}};
  const std::string list = east + "/backupCrrJobs" + crr + "&$filter=operation eq 'CrossRegionRestore'";
  const Json first = Json::parse(sim.post(list, question).body);
  ASSERT_EQ(first["value"].size(), 1U);
  const std::string next = target_of(first["nextLink"]);
  EXPECT_EQ(sim.get(next).status, 405U);
  const Json second = Json::parse(sim.post(next, question).body);
  EXPECT_EQ(second["value"].size(), 1U);
  EXPECT_TRUE(second["nextLink"].is_null());
  EXPECT_EQ(crr_code(sim.post(list, {{"resourceId", web01}})), "BMSUserErrorInvalidInput");
}

// Goal: the details must be returned unchanged. Method: one change at a time, and one that changes no value.
TEST(CrossRegion, WantsTheTokensDetailsBackAsTheyWere) {
  Simulation sim;
  const Json details = token(sim);
  ASSERT_EQ(details["stampSequence"].get<std::int64_t>(), 9007199254740993);
  Json rounded = details, poorer = details, retyped = details, wrong = details;
  rounded["stampSequence"] = 9007199254740992;
  poorer.erase("replicationHints");
  retyped["replicationHints"]["whole"] = 1;
  wrong["accessTokenString"] = "something else";
  for (const Json& changed : {rounded, poorer, retyped, wrong}) {
    const Response answer = restore_east(sim, body_of(changed, east_order()));
    EXPECT_EQ(answer.status, 400U);
    EXPECT_EQ(crr_code(answer), "CrossRegionRestoreAccessTokenInvalid");
  }
  Json reordered = Json::object();
  for (auto it = details.rbegin(); it != details.rend(); ++it) reordered[it.key()] = it.value();
  EXPECT_EQ(restore_east(sim, body_of(reordered, east_order())).status, 202U);
  EXPECT_EQ(sim.report()["restores"].size(), 1U);
  EXPECT_EQ(sim.report()["badRequests"][0]["code"], "CrossRegionRestoreAccessTokenInvalid");
}

TEST(CrossRegion, TokensEndAndCanBePlain) {
  Simulation sim(R"({"accessTokenSeconds":30,"oddAccessToken":false})");
  const Json details = token(sim);
  EXPECT_FALSE(details.contains("stampSequence"));
  sim.wait(30);
  EXPECT_EQ(crr_code(restore_east(sim, body_of(details, east_order()))), "CrossRegionRestoreAccessTokenExpired");
  EXPECT_EQ(restore_east(sim, body_of(token(sim), east_order())).status, 202U);
}

TEST(CrossRegion, RefusesOrdersThatBreakARule) {
  Simulation sim;
  const std::vector<Json> changes{
      {{"region", "westus"}},
      {{"recoveryPointId", point}},
      {{"targetResourceGroupId", nullptr}},
      {{"recoveryType", "OriginalLocation"}},
      {{"objectType", "IaasVMRestoreWithRehydrationRequest"}},
      {{"extendedLocation", {{"name", "edge"}, {"type", "EdgeZone"}}}},
      {{"targetDiskNetworkAccessSettings", {{"targetDiskNetworkAccessOption", "SameAsOnSourceDisks"}}}},
  };
  for (const Json& change : changes) {
    Json order = east_order();
    for (const auto& [name, value] : change.items()) order[name] = value;
    const Response answer = restore_east(sim, body_of(token(sim), order));
    EXPECT_EQ(answer.status, 400U) << change;
    EXPECT_EQ(crr_code(answer), "BMSUserErrorInvalidInput") << change;
  }
  EXPECT_EQ(restore_east(sim, body_of(token(sim), east_order()), version).status, 400U);
  EXPECT_EQ(sim.report()["restores"].size(), 0U);
}

TEST(CrossRegion, FaultsOfTheServiceHaveItsEnvelopeAndThoseOfTheGatewayDoNot) {
  Simulation sim("{}", {"backupAadProperties@1=500", "backupAadProperties@2=504"});
  EXPECT_EQ(crr_code(sim.get(east + "/backupAadProperties" + crr)), "CloudInternalError");
  EXPECT_EQ(code_of(sim.get(east + "/backupAadProperties" + crr)), "GatewayTimeout");
  EXPECT_EQ(sim.get(east + "/backupAadProperties" + crr).status, 200U);
}

TEST(CrossRegion, RefusesWrongRegionsAndVaultsWithoutCopies) {
  Simulation sim;
  std::string west = east;
  west.replace(west.find("eastus"), 6, "westus");
  EXPECT_EQ(crr_code(sim.get(west + "/backupAadProperties" + crr)), "BMSUserErrorRegionNotSupported");
  Json aad = sim.get_json(east + "/backupAadProperties" + crr);
  aad["properties"]["audience"] = "https://RecoveryServices/IaasCoord/aadmgmt/westus";
  EXPECT_EQ(crr_code(sim.post(web01 + "/recoveryPoints/" + copy_point + "/accessToken" + crr, aad)),
            "BMSUserErrorInvalidInput");

  for (const auto& [change, code] : std::vector<std::pair<Json, std::string>>{
           {{{"redundancy", "ZoneRedundant"}}, "BMSUserErrorCrossRegionRestoreZRSVaultNotPossible"},
           {{{"crossRegionRestore", "Disabled"}}, "BMSUserErrorCrossRegionRestoreNotEnabled"},
           {{{"secondaryRegion", ""}}, "BMSUserErrorCrossRegionRestoreNotEnabled"}}) {
    Json state = state_json();
    for (const auto& [name, value] : change.items()) state["vaults"][0][name] = value;
    Simulation other = Simulation::over(state);
    EXPECT_EQ(crr_code(other.get(web01 + "/recoveryPoints" + crr)), code);
    EXPECT_EQ(other.get(web01 + "/recoveryPoints" + version).status, 200U);
  }
}

}  // namespace
}  // namespace azsim
