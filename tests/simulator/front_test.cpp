// The Front and what it uses: injected faults, tokens, paths, the state file, the spellings of time.
// Like world_test.cpp without sockets; the times are those of the test.
#include <gtest/gtest.h>

#include <string>

#include "faults.hpp"
#include "simulation.hpp"

namespace azsim {
namespace {

TEST(Front, ALostAnswerStillTakesEffectAndADroppedOneDoesNot) {
  Simulation sim("{}", {"POST .*/restore@1=lost", "POST .*/restore@2=drop"});
  const auto post = [&] {
    return sim.call("POST", web01 + "/recoveryPoints/" + point + "/restore" + version, to_text(disks_order()),
                    {{"Content-Type", "application/json; charset=utf-8"}});
  };
  EXPECT_EQ(post().delivery.how, Delivery::How::silent_close);
  EXPECT_EQ(sim.report()["restores"].size(), 1U);
  EXPECT_EQ(post().delivery.how, Delivery::How::silent_close);
  EXPECT_EQ(sim.report()["restores"].size(), 1U);
  EXPECT_EQ(sim.report()["restorePosts"], 2);
  EXPECT_EQ(post().delivery.how, Delivery::How::whole);
}

TEST(Front, GivesTokensAndTakesThemBack) {
  FrontSettings settings;
  settings.token_lifetime_s = 100;
  Simulation sim("{}", {}, settings);
  const auto ask = [&](const std::string& secret) {
    return sim
        .call("POST", tenant_path + "/oauth2/v2.0/token",
              "grant_type=client_credentials&client_id=bbbbbbbb-2222-4222-8222-bbbbbbbbbbbb&client_secret=" + secret +
                  "&scope=https%3A%2F%2Fmanagement.azure.com%2F.default",
              {{"Content-Type", "application/x-www-form-urlencoded"}})
        .response;
  };
  const auto status_with = [&](const std::string& token) {
    return sim.call("GET", vault + version, {}, {{"Authorization", "Bearer " + token}}).response.status;
  };
  EXPECT_EQ(Json::parse(ask("wrong").body)["error_codes"][0], 7000215);
  const Json answer = Json::parse(ask("a-secret-for-tests-only").body);
  const std::string token = answer["access_token"];
  EXPECT_EQ(answer["expires_in"], 100);
  EXPECT_EQ(sim.get(vault + version).status, 401U);
  EXPECT_EQ(status_with("nonsense"), 401U);
  EXPECT_EQ(status_with(token), 200U);
  EXPECT_EQ(status_with("static-token-for-tests"), 200U);
  sim.wait(100);
  EXPECT_EQ(status_with(token), 401U);
  const std::string second = Json::parse(ask("a-secret-for-tests-only").body)["access_token"];
  EXPECT_EQ(status_with(second), 200U);
  EXPECT_EQ(sim.call("POST", "/_sim/tokens/expire").response.status, 200U);
  EXPECT_EQ(status_with(second), 401U);
  EXPECT_EQ(sim.report()["unauthenticated"], 4);
  EXPECT_EQ(sim.report()["tokensIssued"], 2);
}

TEST(Front, TheMetadataEndpointWantsItsHeaderAndSpeaksInTexts) {
  Simulation sim;
  const std::string target =
      "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com%2F";
  EXPECT_EQ(Json::parse(sim.get(target).body)["error"], "bad_request_102");
  const Json answer = Json::parse(sim.call("GET", target, {}, {{"Metadata", "true"}}).response.body);
  EXPECT_EQ(answer["expires_in"], "3599");
  EXPECT_TRUE(answer["expires_on"].is_string());
}

TEST(Front, ThrottlesInEveryDialect) {
  Simulation sim("{}", {"backupJobs@1=429:7", "backupJobs@2=429-date:7", "backupJobs@3=429-body:324",
                        "backupJobs@4=429", "backupJobs@5=503:3"});
  const std::string list = vault + "/backupJobs" + version;
  EXPECT_EQ(header(sim.get(list), "Retry-After"), "7");
  EXPECT_EQ(header(sim.get(list), "Retry-After"), "Sun, 22 Nov 2026 12:00:07 GMT");
  const Response body = sim.get(list);
  EXPECT_EQ(header(body, "Retry-After"), "");
  EXPECT_EQ(code_of(body), "ResourceRequestsThrottled");
  EXPECT_NE(body.body.find("Please try again after '324' seconds."), std::string::npos);
  EXPECT_EQ(header(sim.get(list), "Retry-After"), "");
  EXPECT_EQ(sim.get(list).status, 503U);
  EXPECT_EQ(sim.get(list).status, 200U);
}

TEST(Front, CountsFaultsByMatchAndTakesNewOnesWhileItRuns) {
  Simulation sim("{}", {"get .*operation eq 'Restore'@2x2=500"});
  const std::string list = vault + "/backupJobs" + version + "&%24filter=operation+eq+%27Restore%27";
  EXPECT_EQ(sim.get(vault + "/backupJobs" + version).status, 200U);
  for (const unsigned expected : {200U, 500U, 500U, 200U}) EXPECT_EQ(sim.get(list).status, expected);
  EXPECT_EQ(sim.call("POST", "/_sim/faults", R"({"faults":["x=y"]})").response.status, 400U);
  EXPECT_EQ(sim.call("POST", "/_sim/faults", R"({"faults":["backupJobs@1x*=unknown-status"]})").response.status, 200U);
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(sim.get_json(list.substr(0, list.find('&')))["value"][0]["properties"]["status"], "Rechecking");
  EXPECT_EQ(sim.call("POST", "/_sim/faults", R"({"clear":true})").response.status, 200U);
  EXPECT_EQ(sim.get_json(list.substr(0, list.find('&')))["value"][0]["properties"]["status"], "Completed");
}

TEST(Faults, RefuseOrdersTheyDoNotUnderstand) {
  for (const char* spec :
       {"x", "x@0=lost", "x@1=nothing", "x@1=hang", "x@1=hang:soon", "x@1=lost:3", "(@1=lost", "x@1x=500"}) {
    Faults faults;
    EXPECT_THROW(faults.add(spec), FaultError) << spec;
  }
  Faults faults;
  faults.add("any@1x2=wrong-cert");
  EXPECT_TRUE(faults.wrong_certificate_due());
  EXPECT_TRUE(faults.wrong_certificate_due());
  EXPECT_FALSE(faults.wrong_certificate_due());
}

TEST(StateFile, SaysWhereAMistakeIs) {
  const auto sentence = [](const std::string& text) -> std::string {
    try {
      (void)parse_state(text);
    } catch (const StateError& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_EQ(sentence(example_state()), "accepted");
  EXPECT_EQ(sentence("{}"), "vaults: is required");
  Json state = Json::parse(example_state());
  state["vaults"][0]["items"][1]["restore"]["result"] = "Maybe";
  EXPECT_EQ(sentence(to_text(state)),
            "vaults[0].items[1].restore.result: must be one of Completed, CompletedWithWarnings, Failed");
  state = Json::parse(example_state());
  state["vaults"][0]["items"][0]["points"][0]["tier"] = 1;
  EXPECT_EQ(sentence(to_text(state)), "vaults[0].items[0].points[0].tier: is not a known member");
}

TEST(DotnetTime, WritesAndReadsTheServicesSpellings) {
  const auto at = parse_iso("2026-05-08T08:38:46.1234500Z");
  ASSERT_TRUE(at);
  EXPECT_EQ(iso_utc(*at), "2026-05-08T08:38:46.12345Z");
  EXPECT_EQ(us_text(*at), "5/8/2026 8:38:46 AM");
  EXPECT_EQ(http_date(*at), "Fri, 08 May 2026 08:38:46 GMT");
  EXPECT_EQ(iso_duration(ticks_of_seconds(6087.1466778)), "PT1H41M27.1466778S");
  EXPECT_EQ(iso_duration(ticks_of_seconds(120)), "PT2M");
  EXPECT_EQ(iso_duration(Ticks{0}), "PT0S");
  EXPECT_EQ(clock_duration(ticks_of_seconds(1223.0896697)), "00:20:23.0896697");
  EXPECT_EQ(iso_utc(*parse_filter_date("2026-05-08 12:00:00 AM")), "2026-05-08T00:00:00Z");
  EXPECT_EQ(iso_utc(*parse_filter_date("2026-05-08 00:00:00 AM")), "2026-05-08T00:00:00Z");
  EXPECT_EQ(iso_utc(*parse_filter_date("2026-05-08 12:30:00 PM")), "2026-05-08T12:30:00Z");
  EXPECT_FALSE(parse_filter_date("2026-05-08 13:00:00 PM"));
  EXPECT_FALSE(parse_filter_date("2026-02-30 01:00:00 PM"));
}

// Paths and ids may have any case, be encoded or not, and have the doubled prefix: all mean the same item.
TEST(Routes, TolerateTheSpellingsOfTheField) {
  Simulation sim;
  const std::string raw = percent_decode(web01, false);  // with plain semicolons
  std::string upper = raw;
  upper.replace(upper.find("/subscriptions/"), 15, "/Subscriptions/");
  upper.replace(upper.find("contoso-backup"), 14, "CONTOSO-Backup");
  for (const std::string& path : {web01, raw, upper, "/subscriptions/" + raw}) {
    EXPECT_EQ(sim.get(path + version).status, 200U) << path;
  }
  EXPECT_EQ(code_of(sim.get(web01)), "MissingApiVersionParameter");
  EXPECT_EQ(sim.get(web01 + "x" + version).status, 404U);
  EXPECT_EQ(sim.get("/favicon.ico").status, 404U);
  EXPECT_EQ(sim.report()["unknownRoutes"][0], "GET /favicon.ico");
}

}  // namespace
}  // namespace azsim
