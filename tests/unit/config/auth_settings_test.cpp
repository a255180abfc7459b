// The setting "auth": one sign-in method, or a list of named profiles; what each method needs; every fault.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/unit/config/settings_reading.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

const std::string service_url =
    "https://host or https://host:port (http only to this machine), without path and user, or \"\" for the cloud's";
const std::string identity_url =
    "http or https, host and port (http only to this machine or 169.254.*), without path and user";
const std::string no_secret_path =
    "found another string, which is not shown because it may be a secret; expected an absolute path, "
    "$CREDENTIALS_DIRECTORY/NAME for a credential of the systemd service, or \"\" for none; put the secret into a file "
    "of its own and give its path here";
const std::string method_words =
    "\"managedIdentity\", \"clientSecret\", \"clientCertificate\", \"workloadIdentity\" or \"accessToken\"";
const std::string name_form = "1 to 64 letters, digits and dashes";

std::vector<std::string> names_in(const Settings& settings) {
  std::vector<std::string> names;
  for (const AuthSettings& profile : settings.auth) names.push_back(profile.name);
  return names;
}

std::string missing(const std::string& key, const std::string& method) {
  return "/auth/" + key + ", line 1, column 10: \"" + key + "\" is missing; the method \"" + method + "\" needs it";
}

TEST(AuthSettings, OneObjectIsTheProfileDefault) {
  const Settings settings = settings_of(R"({"auth": {"clientId": "me"}})");
  EXPECT_EQ(names_in(settings), std::vector<std::string>{"default"});
  EXPECT_EQ(settings.auth.front().client_id, "me");
  EXPECT_FALSE(settings.auth_is_list);
  EXPECT_TRUE(json::parse(to_text(settings)).at("auth").is_object());
}

TEST(AuthSettings, AListHoldsNamedProfilesInItsOrder) {
  const Settings settings = settings_of(R"({"auth": [
    {"name": "prod", "method": "accessToken", "accessTokenFile": "/etc/prod"},
    {"name": "Test-2", "authority": "https://login.example"}]})");
  EXPECT_EQ(names_in(settings), (std::vector<std::string>{"prod", "Test-2"}));
  EXPECT_EQ(settings.auth[0].access_token_file, "/etc/prod");
  EXPECT_EQ(settings.auth[0].authority, "https://login.microsoftonline.com");
  EXPECT_EQ(settings.auth[1].method, AuthSettings::Method::managed_identity);
  EXPECT_EQ(settings.auth[1].authority, "https://login.example");
}

TEST(AuthSettings, AListIsPrintedAsAListAndReadBackTheSame) {
  const Settings settings = settings_of(R"({"auth": [{"name": "only", "objectId": "x"}]})");
  const std::string printed = to_text(settings);
  const json auth = json::parse(printed).at("auth");
  ASSERT_TRUE(auth.is_array());
  EXPECT_EQ(auth.at(0).at("name"), "only");
  EXPECT_EQ(auth.at(0).at("objectId"), "x");
  EXPECT_EQ(to_text(settings_of(printed)), printed);
}

TEST(AuthSettings, TheCloudGivesEveryProfileItsAuthority) {
  const Settings settings = settings_of(R"({"auth": [{"name": "a"}, {"name": "b"}], "arm": {"cloud": "china"}})");
  for (const AuthSettings& profile : settings.auth) {
    EXPECT_EQ(profile.authority, "https://login.chinacloudapi.cn") << profile.name;
    EXPECT_FALSE(profile.authority_is_given);
  }
}

TEST(AuthSettings, AnAuthorityFromTheFileIsDistinguishedFromTheClouds) {
  EXPECT_TRUE(
      settings_of(R"({"auth": {"authority": "https://login.microsoftonline.com"}})").auth.front().authority_is_given);
  EXPECT_FALSE(settings_of(R"({"auth": {"authority": ""}})").auth.front().authority_is_given);
}

TEST(AuthSettings, ASecretMayBeACredentialByItsName) {
  const Settings settings =
      settings_of(R"({"auth": {"method": "accessToken", "accessTokenFile": "$CREDENTIALS_DIRECTORY/access-token"}})");
  EXPECT_EQ(settings.auth.front().access_token_file, "$CREDENTIALS_DIRECTORY/access-token");
}

TEST(AuthSettings, AnApplicationNeedsThreeSettingsAndAllMissingOnesAreReported) {
  const std::vector<std::string> secret = {missing("tenantId", "clientSecret"), missing("clientId", "clientSecret"),
                                           missing("clientSecretFile", "clientSecret")};
  EXPECT_EQ(faults_of(R"({"auth": {"method": "clientSecret"}})"), secret);
  const std::vector<std::string> certificate = {missing("tenantId", "clientCertificate"),
                                                missing("clientId", "clientCertificate"),
                                                missing("clientCertificateFile", "clientCertificate")};
  EXPECT_EQ(faults_of(R"({"auth": {"method": "clientCertificate"}})"), certificate);
}

TEST(AuthSettings, AWorkloadMayHaveEverythingFromItsEnvironment) {
  EXPECT_EQ(faults_of(R"({"auth": {"method": "workloadIdentity"}})"), std::vector<std::string>{});
}

TEST(AuthSettings, EveryProfileOfAListIsChecked) {
  const std::vector<std::string> expected = {
      "/auth/0/accessTokenFile, line 1, column 11: \"accessTokenFile\" is missing; the method \"accessToken\" needs it",
      "/auth/1/tenantId, line 1, column 70: found the string \"a/b\"; expected letters, digits, dots and dashes"};
  EXPECT_EQ(faults_of(R"({"auth": [{"name":"a","method":"accessToken"},{"name":"b","tenantId":"a/b"}]})"), expected);
}

TEST(AuthSettings, ANameOf64CharactersIsLongEnough) {
  const std::string name(64, 'x');
  EXPECT_EQ(settings_of(R"({"auth": [{"name": ")" + name + "\"}]}").auth.front().name, name);
}

struct WrongAuth {
  std::string name;
  std::string auth;
  std::string fault;
};

void PrintTo(const WrongAuth& wrong, std::ostream* out) {
  *out << wrong.name;
}

/// The text is on line 1, "auth" starts at column 10.
std::vector<WrongAuth> wrong_auths() {
  return {
      {"Text", R"("prod")",
       "/auth, line 1, column 10: found the string \"prod\"; expected an object with "
       "settings, or a list of such objects "
       "with names"},
      {"EmptyList", "[]", "/auth, line 1, column 10: found an empty list; expected at least one profile"},
      {"TextInList", R"(["prod"])",
       "/auth/0, line 1, column 11: found the string \"prod\"; expected an object with \"name\" and settings"},
      {"ListWithoutName", "[{}]",
       "/auth/0/name, line 1, column 11: \"name\" is missing; each profile in a list needs a name, which jobs use to "
       "select it"},
      {"NameWithDot", R"([{"name": "a.b"}])",
       "/auth/0/name, line 1, column 20: found the string \"a.b\"; expected " + name_form},
      {"NameIsEmpty", R"([{"name": ""}])",
       "/auth/0/name, line 1, column 20: found the string \"\"; expected " + name_form},
      {"NameIsNumber", R"([{"name": 5}])",
       "/auth/0/name, line 1, column 20: found the number 5; expected a string in double quotes: " + name_form},
      {"NameTwice", R"([{"name": "a"}, {"name": "b"}, {"name": "a"}])",
       "/auth/2/name, line 1, column 50: two profiles have the name \"a\"; give each profile a different name"},
      {"NameOfASingleOne", R"({"name": "prod"})",
       "/auth/name, line 1, column 19: unknown setting \"name\"; expected \"method\", \"authority\", \"tenantId\", "
       "\"clientId\", \"clientSecretFile\", \"clientCertificateFile\", \"clientCertificateKeyFile\", "
       "\"clientCertificateAlgorithm\", \"federatedTokenFile\", \"accessTokenFile\", \"objectId\", \"resourceId\", "
       "\"imdsEndpoint\" or \"arcTokenFolder\""},
      {"UnknownKeyInList", R"([{"name": "a", "tenant": "x"}])",
       "/auth/0/tenant, line 1, column 35: unknown setting \"tenant\", perhaps meant to be \"tenantId\""},
      {"Authority", R"({"authority": "http://login.microsoftonline.com"})",
       "/auth/authority, line 1, column 24: found the string \"http://login.microsoftonline.com\"; expected " +
           service_url + "; write \"https://login.microsoftonline.com\""},
      {"IdentityService", R"({"imdsEndpoint": "http://example.com"})",
       "/auth/imdsEndpoint, line 1, column 27: found the string \"http://example.com\"; expected " + identity_url +
           "; write \"https://example.com\""},
      {"TenantWithSlash", R"({"tenantId": "a/b"})",
       "/auth/tenantId, line 1, column 23: found the string \"a/b\"; expected letters, digits, dots and dashes"},
      {"UnknownMethod", R"({"method": "managedidentity"})",
       "/auth/method, line 1, column 21: found the string \"managedidentity\", perhaps "
       "meant to be \"managedIdentity\"; "
       "expected " +
           method_words},
      {"UnknownAlgorithm", R"({"clientCertificateAlgorithm": "ES256"})",
       "/auth/clientCertificateAlgorithm, line 1, column 41: found the string \"ES256\", "
       "perhaps meant to be \"PS256\"; "
       "expected \"PS256\" or \"RS256\""},
      {"TokenFileIsMissing", R"({"method": "accessToken"})", missing("accessTokenFile", "accessToken")},
      {"TokenFileIsRelative", R"({"method": "accessToken", "accessTokenFile": "token"})",
       "/auth/accessTokenFile, line 1, column 55: " + no_secret_path},
      {"TokenFileIsNoCredentialsName", R"({"method": "accessToken", "accessTokenFile": "$CREDENTIALS_DIRECTORY/../x"})",
       "/auth/accessTokenFile, line 1, column 55: " + no_secret_path},
      {"ResourceIdOfSomethingElse",
       R"({"resourceId": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/v"})",
       "/auth/resourceId, line 1, column 25: found the string "
       "\"/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/v\"; expected "
       "/subscriptions/.../providers/Microsoft.ManagedIdentity/userAssignedIdentities/NAME, or \"\" for none; this id "
       "has the type \"Microsoft.Compute/virtualMachines\""},
      {"TwoNamesOfAnIdentity", R"({"clientId": "a", "objectId": "b"})",
       "/auth/objectId, line 1, column 40: \"clientId\" and \"objectId\" both name a managed "
       "identity; remove one of them"},
  };
}

class WrongAuthSettings : public testing::TestWithParam<WrongAuth> {};

TEST_P(WrongAuthSettings, AreRefusedWithOneSentenceAndItsPosition) {
  EXPECT_EQ(faults_of(R"({"auth": )" + GetParam().auth + "}"), std::vector<std::string>{GetParam().fault});
}

INSTANTIATE_TEST_SUITE_P(Each, WrongAuthSettings, testing::ValuesIn(wrong_auths()),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace azrestored
