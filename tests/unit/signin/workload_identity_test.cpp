// Signing in with a federated token: azrestored reads the file at each sign-in, and the platform's variables replace
// missing settings (azure-backup-api.md 8.3).
#include "tests/unit/signin/sign_in_fixture.hpp"

namespace azrestored::test {
namespace {

class WorkloadIdentityTest : public SignInFixture {
 protected:
  WorkloadIdentityTest() {
    profile.method = AuthSettings::Method::workload_identity;
    profile.authority = "https://login.microsoftonline.com";
    write_file(profile.federated_token_file, "eyJ.first.token\n");
  }

  HttpRequest sent() {
    transport.will_answer(200, R"({"access_token":"x","expires_in":3599})");
    token();
    return transport.requests.back();
  }

  void leave_all_to_the_environment() {
    ports.environment = {{"AZURE_TENANT_ID", "tenant-of-environment"},
                         {"AZURE_CLIENT_ID", "client-of-environment"},
                         {"AZURE_FEDERATED_TOKEN_FILE", profile.federated_token_file},
                         {"AZURE_AUTHORITY_HOST", "https://login.microsoftonline.us/"}};
    profile.tenant_id = profile.client_id = profile.federated_token_file = "";
  }
};

TEST_F(WorkloadIdentityTest, TheTokenIsSentAsAnAssertion) {
  const HttpRequest request = sent();
  EXPECT_EQ(request.url, "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token");
  EXPECT_EQ(request.body,
            "client_id=11111111-2222-4333-8444-555555555555&scope=https%3A%2F%2Fmanagement.azure.com%2F.default"
            "&grant_type=client_credentials"
            "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
            "&client_assertion=eyJ.first.token");
}

TEST_F(WorkloadIdentityTest, ARotatedTokenIsUsedAtTheNextSignIn) {
  const auto provider = make_token_provider(profile, "https://management.azure.com", ports);
  for (const std::string rotated : {"eyJ.second.token", "eyJ.third.token"}) {
    write_file(profile.federated_token_file, rotated);
    transport.will_answer(200, R"({"access_token":"x","expires_in":3599})");
    run(loop, provider->sign_in());
    EXPECT_TRUE(transport.requests.back().body.ends_with("&client_assertion=" + rotated));
  }
}

TEST_F(WorkloadIdentityTest, TheEnvironmentStandsInForTheSettings) {
  leave_all_to_the_environment();
  const HttpRequest request = sent();
  EXPECT_EQ(request.url, "https://login.microsoftonline.us/tenant-of-environment/oauth2/v2.0/token");
  EXPECT_TRUE(request.body.starts_with("client_id=client-of-environment&"));
}

TEST_F(WorkloadIdentityTest, TheSettingsComeBeforeTheEnvironment) {
  const AuthSettings given = profile;
  leave_all_to_the_environment();
  profile = given;
  profile.authority = "https://login.chinacloudapi.cn";
  profile.authority_is_given = true;
  const HttpRequest request = sent();
  EXPECT_EQ(request.url, "https://login.chinacloudapi.cn/contoso.example/oauth2/v2.0/token");
  EXPECT_TRUE(request.body.starts_with("client_id=11111111-2222-4333-8444-555555555555&"));
}

TEST_F(WorkloadIdentityTest, WhatNeitherSaysIsNamed) {
  leave_all_to_the_environment();
  const Environment whole = ports.environment;
  for (const auto& [variable, setting] :
       {std::pair("AZURE_TENANT_ID", "auth.tenantId"), std::pair("AZURE_CLIENT_ID", "auth.clientId"),
        std::pair("AZURE_FEDERATED_TOKEN_FILE", "auth.federatedTokenFile")}) {
    ports.environment = whole;
    ports.environment.erase(variable);
    EXPECT_EQ(refusal(), std::string(setting) + " is not given, and the daemon was started without " + variable +
                             " in its environment; set one of the two");
  }
  EXPECT_TRUE(transport.requests.empty());
}

TEST_F(WorkloadIdentityTest, AnAuthorityWithoutTlsIsRefused) {
  ports.environment = {{"AZURE_AUTHORITY_HOST", "http://login.example.com"}};
  EXPECT_TRUE(contains(refusal(), "AZURE_AUTHORITY_HOST in the daemon's environment is \"http://login.example.com\""));
}

TEST_F(WorkloadIdentityTest, AMissingTokenFileIsNamed) {
  std::filesystem::remove(profile.federated_token_file);
  EXPECT_TRUE(contains(refusal(), "the federated token file " + profile.federated_token_file + " cannot be read"));
}

TEST_F(WorkloadIdentityTest, OtherMethodsDoNotLookAtTheEnvironment) {
  leave_all_to_the_environment();
  profile.method = AuthSettings::Method::client_secret;
  profile.tenant_id = "t";
  write_file(profile.client_secret_file, "s");
  EXPECT_EQ(sent().url, "https://login.microsoftonline.com/t/oauth2/v2.0/token");
}

}  // namespace
}  // namespace azrestored::test
