// Several profiles together: each signs in independently, jobs find their profile by name, and status reports each one.
#include "daemon/signin/sign_in_profiles.hpp"

#include <nlohmann/json.hpp>

#include "tests/support/files.hpp"
#include "tests/support/free_quota.hpp"
#include "tests/support/token_fakes.hpp"

namespace azrestored::test {
namespace {

using nlohmann::json;

class SignInsTest : public testing::Test {
 protected:
  AuthSettings profile(const std::string& name, const std::string& token) {
    AuthSettings auth;
    auth.name = name;
    auth.method = AuthSettings::Method::access_token;
    auth.access_token_file = folder.path() / name;
    if (!token.empty()) write_file(auth.access_token_file, token);
    return auth;
  }

  SignInProfiles sign_ins(std::vector<AuthSettings> profiles) {
    settings.auth = std::move(profiles);
    return {settings, loop.get_executor(), SignInPorts{transport, clock, ids, {}}, transport, budgets};
  }

  /// The token in a request of this session; "" if there is none.
  std::string token_of(ArmClient* session) {
    transport.requests.clear();
    transport.answers.clear();
    transport.will_answer(200, "{}");
    HttpRequest request;
    request.url = settings.arm.endpoint + "/x";
    run(loop, session->send(request, RequestPriority::background()));
    if (transport.requests.empty()) return "";
    for (const auto& [name, value] : transport.requests.front().headers) {
      if (name == "Authorization") return value;
    }
    return "";
  }

  TempDir folder;
  asio::io_context loop{1};
  ManualClock clock;
  FixedIds ids;
  FakeTransport transport;
  test::FreeQuota budgets;
  Settings settings;
};

TEST_F(SignInsTest, AJobFindsItsProfileByNameOrTakesTheFirst) {
  const SignInProfiles three = sign_ins({profile("prod", "p"), profile("default", "d"), profile("test", "t")});
  EXPECT_EQ(token_of(three.sessions().find("")), "Bearer p");
  EXPECT_EQ(token_of(three.sessions().find("prod")), "Bearer p");
  EXPECT_EQ(token_of(three.sessions().find("default")), "Bearer d");
  EXPECT_EQ(token_of(three.sessions().find("test")), "Bearer t");
  EXPECT_EQ(three.sessions().find("Test"), nullptr);
  EXPECT_EQ(three.sessions().names(), (std::vector<std::string_view>{"prod", "default", "test"}));
}

TEST_F(SignInsTest, EverySessionKnowsTheVersionsOfTheSettings) {
  settings.arm.api_version = "2030-01-01";
  settings.arm.cross_region_api_version = "2031-01-01";
  const SignInProfiles one = sign_ins({profile("default", "d")});
  const ArmTarget& target = one.sessions().find("default")->target();
  EXPECT_EQ(target.endpoint, "https://management.azure.com");
  EXPECT_EQ(target.api_version, "2030-01-01");
  EXPECT_EQ(target.cross_region_api_version, "2031-01-01");
}

TEST_F(SignInsTest, ASingleProfileReportsItsProblemUnchanged) {
  const SignInProfiles one = sign_ins({profile("default", "")});
  EXPECT_EQ(one.status().at("ok"), true);
  token_of(one.sessions().find(""));
  const json status = one.status();
  EXPECT_EQ(status.at("ok"), false);
  EXPECT_TRUE(status.at("problem").get<std::string>().starts_with("cannot sign in: the access token file "));
  ASSERT_EQ(status.at("profiles").size(), 1U);
  const json expected = {
      {"name", "default"}, {"method", "accessToken"}, {"ok", false}, {"problem", status.at("problem")}};
  EXPECT_EQ(status.at("profiles").at(0), expected);
}

TEST_F(SignInsTest, OfSeveralProfilesTheFirstThatFailsIsReportedByName) {
  const SignInProfiles three = sign_ins({profile("prod", "p"), profile("test", ""), profile("old", "")});
  for (const char* name : {"prod", "test", "old"}) token_of(three.sessions().find(name));
  const json status = three.status();
  EXPECT_EQ(status.at("ok"), false);
  EXPECT_TRUE(status.at("problem").get<std::string>().starts_with("profile \"test\": cannot sign in: "));
  EXPECT_EQ(status.at("profiles").at(0).at("ok"), true);
  EXPECT_TRUE(status.at("profiles").at(0).at("problem").is_null());
  EXPECT_EQ(status.at("profiles").at(2).at("ok"), false);
}

TEST_F(SignInsTest, StopEndsAllOfThem) {
  SignInProfiles two = sign_ins({profile("prod", "p"), profile("test", "t")});
  two.stop();
  for (const char* name : {"prod", "test"}) EXPECT_EQ(token_of(two.sessions().find(name)), "");
}

}  // namespace
}  // namespace azrestored::test
