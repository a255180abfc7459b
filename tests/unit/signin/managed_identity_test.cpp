// Signing in with a managed identity: how the environment shows the kind of host, the request that each kind needs
// (azure-backup-api.md 8.4), and the rules for the file that Azure Arc's agent asks for.
#include "tests/unit/signin/sign_in_fixture.hpp"

namespace azrestored::test {
namespace {

using std::chrono::seconds;

constexpr const char* resource = "&resource=https%3A%2F%2Fmanagement.azure.com";
constexpr const char* identity =
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i";
constexpr const char* encoded_identity =
    "%2Fsubscriptions%2Fs%2FresourceGroups%2Fg%2Fproviders%2FMicrosoft.ManagedIdentity%2FuserAssignedIdentities%2Fi";
constexpr const char* good_answer = R"({"access_token":"eyJ.a.b","expires_in":"3599","expires_on":"1800000000"})";

class ManagedIdentityTest : public SignInFixture {
 protected:
  ManagedIdentityTest() {
    profile.method = AuthSettings::Method::managed_identity;
    profile.client_id = "";
  }

  /// The request of a successful sign-in.
  HttpRequest sent() {
    transport.will_answer(200, good_answer);
    token();
    return transport.requests.back();
  }

  void be_app_service() {
    ports.environment = {{"IDENTITY_ENDPOINT", "http://127.0.0.1:41071/msi/token"}, {"IDENTITY_HEADER", "s3cret-id"}};
  }

  void be_arc() {
    ports.environment = {{"IDENTITY_ENDPOINT", "http://localhost:40342/metadata/identity/oauth2/token"},
                         {"IMDS_ENDPOINT", "http://localhost:40342"}};
  }

  /// Arc's agent asks for this file and uses its content.
  std::string refusal_of_challenge(const std::string& challenge) {
    transport.will_answer(401, "", {{"WWW-Authenticate", challenge}});
    const std::string why = refusal();
    EXPECT_TRUE(transport.answers.empty());
    return why;
  }
};

TEST_F(ManagedIdentityTest, AVirtualMachineAsksItsMetadataService) {
  transport.will_answer(200, good_answer);
  EXPECT_EQ(token().expires_at, clock.time + seconds(3599));
  const HttpRequest& request = transport.requests.at(0);
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.url,
            std::string("http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01") + resource);
  EXPECT_EQ(request.headers, (Headers{{"Metadata", "true"}}));
}

TEST_F(ManagedIdentityTest, AVirtualMachineNamesAUserAssignedIdentityInThreeWays) {
  profile.client_id = "c";
  EXPECT_TRUE(sent().url.ends_with(std::string(resource) + "&client_id=c"));
  profile.client_id = "";
  profile.object_id = "o";
  EXPECT_TRUE(sent().url.ends_with(std::string(resource) + "&object_id=o"));
  profile.object_id = "";
  profile.resource_id = identity;
  EXPECT_TRUE(sent().url.ends_with(std::string(resource) + "&msi_res_id=" + encoded_identity));
}

TEST_F(ManagedIdentityTest, ATokenMayHaveItsEndAsATime) {
  transport.will_answer(200, R"({"access_token":"x","expires_on":"1800000000"})");
  EXPECT_EQ(token().expires_at, Instant(seconds(1'800'000'000)));
}

TEST_F(ManagedIdentityTest, AppServiceIsAskedWithItsHeader) {
  be_app_service();
  const HttpRequest request = sent();
  EXPECT_EQ(request.url, std::string("http://127.0.0.1:41071/msi/token?api-version=2019-08-01") + resource);
  EXPECT_EQ(request.headers, (Headers{{"X-IDENTITY-HEADER", "s3cret-id"}}));
  profile.resource_id = identity;
  EXPECT_TRUE(sent().url.ends_with(std::string("&mi_res_id=") + encoded_identity));
  profile.resource_id = "";
  profile.object_id = "o";
  EXPECT_TRUE(sent().url.ends_with("&object_id=o"));
}

TEST_F(ManagedIdentityTest, AnEnvironmentThatIsHalfAppServiceIsAVirtualMachine) {
  ports.environment = {{"IDENTITY_ENDPOINT", "http://127.0.0.1:41071/msi/token"}};
  EXPECT_TRUE(sent().url.starts_with("http://169.254.169.254/"));
  ports.environment = {{"IDENTITY_HEADER", "s3cret-id"}, {"IMDS_ENDPOINT", "http://localhost:40342"}};
  EXPECT_TRUE(sent().url.starts_with("http://169.254.169.254/"));
  EXPECT_EQ(transport.requests.back().headers, (Headers{{"Metadata", "true"}}));
}

/// IDENTITY_HEADER is a secret: it goes only to this machine, or over TLS.
TEST_F(ManagedIdentityTest, AnIdentityServiceElsewhereIsRefused) {
  for (const char* elsewhere : {"http://example.com/msi/token", "http://169.254.169.254.example.com/x", "localhost/x",
                                "http://me@127.0.0.1/x", "http://127.0.0.1/x?y=z"}) {
    be_app_service();
    ports.environment["IDENTITY_ENDPOINT"] = elsewhere;
    EXPECT_TRUE(contains(refusal(), "IDENTITY_ENDPOINT in the daemon's environment is \"")) << elsewhere;
  }
  EXPECT_TRUE(transport.requests.empty());
}

TEST_F(ManagedIdentityTest, ServiceFabricIsRefusedInASentence) {
  be_app_service();
  ports.environment["IDENTITY_SERVER_THUMBPRINT"] = "00";
  EXPECT_EQ(refusal(), "managed identities of Service Fabric are not supported; set auth.method to clientCertificate");
}

TEST_F(ManagedIdentityTest, ArcIsAnsweredWithTheContentOfItsFile) {
  be_arc();
  write_file(folder.path() / "one.key", "s3cret-key");
  transport.will_answer(401, "", {{"WWW-Authenticate", "Basic realm=" + (folder.path() / "one.key").string()}});
  transport.will_answer(200, good_answer);
  EXPECT_EQ(token().value, "eyJ.a.b");
  ASSERT_EQ(transport.requests.size(), 2U);
  const std::string url = "http://localhost:40342/metadata/identity/oauth2/token?api-version=2020-06-01";
  for (const HttpRequest& request : transport.requests) EXPECT_EQ(request.url, url + resource);
  EXPECT_EQ(transport.requests[0].headers, (Headers{{"Metadata", "true"}}));
  EXPECT_EQ(transport.requests[1].headers, (Headers{{"Metadata", "true"}, {"Authorization", "Basic s3cret-key"}}));
}

TEST_F(ManagedIdentityTest, ArcsFileMayBeInQuotesAnd4096BytesLong) {
  be_arc();
  profile.arc_token_folder += '/';
  write_file(folder.path() / "one.key", std::string(4096, 's'));
  transport.will_answer(401, "", {{"www-authenticate", "basic realm=\"" + (folder.path() / "one.key").string() + '"'}});
  transport.will_answer(200, good_answer);
  EXPECT_EQ(token().value, "eyJ.a.b");
}

TEST_F(ManagedIdentityTest, ArcsSecondRefusalEndsTheSignIn) {
  be_arc();
  write_file(folder.path() / "one.key", "s3cret-key");
  const Headers challenge = {{"WWW-Authenticate", "Basic realm=" + (folder.path() / "one.key").string()}};
  transport.will_answer(401, "", challenge);
  transport.will_answer(401, "", challenge);
  EXPECT_TRUE(contains(refusal(), "the Azure Arc agent of this machine refused (401)"));
}

/// A process that listens on the agent's port must not make azrestored read and send any other file.
TEST_F(ManagedIdentityTest, OnlyFilesOfArcsFolderAreRead) {
  be_arc();
  const std::string inside = folder.path().string();
  std::filesystem::create_directory(folder.path() / "deeper");
  write_file(folder.path() / "deeper" / "one.key", "s3cret");
  write_file(folder.path() / "one.txt", "s3cret");
  for (const std::string& name : {std::string("/etc/passwd"), std::string("/etc/one.key"), inside + "/one.txt",
                                  inside + "/deeper/one.key", inside + "/../one.key", inside + "/deeper/../one.key",
                                  inside + "2/one.key", std::string("one.key"), inside + "/.key"}) {
    EXPECT_TRUE(contains(refusal_of_challenge("Basic realm=" + name),
                         "as its key file; expected a file in " + inside + " that ends in .key; nothing was read"))
        << name;
  }
}

TEST_F(ManagedIdentityTest, ArcsFileHasToBeASmallRegularFile) {
  be_arc();
  const auto path = folder.path() / "one.key";
  const std::string challenge = "Basic realm=" + path.string();
  EXPECT_TRUE(
      contains(refusal_of_challenge(challenge), "cannot be read: No such file or directory (the daemon's user"));
  write_file(path, std::string(4097, 's'));
  EXPECT_TRUE(contains(refusal_of_challenge(challenge), "is larger than 4096 bytes"));
  write_file(folder.path() / "real.txt", "s3cret");
  std::filesystem::remove(path);
  std::filesystem::create_symlink(folder.path() / "real.txt", path);
  EXPECT_TRUE(contains(refusal_of_challenge(challenge), "is a symbolic link, which is not followed"));
  std::filesystem::remove(path);
  std::filesystem::create_directory(path);
  EXPECT_TRUE(contains(refusal_of_challenge(challenge), "is not a regular file"));
}

TEST_F(ManagedIdentityTest, AChallengeOfAnotherFormIsRefused) {
  be_arc();
  for (const char* challenge : {"", "Basic", "Bearer realm=/x.key", "Negotiate"}) {
    EXPECT_TRUE(contains(refusal_of_challenge(challenge), "without \"WWW-Authenticate: Basic realm=FILE\""));
  }
}

TEST_F(ManagedIdentityTest, ArcHasNoUserAssignedIdentities) {
  be_arc();
  for (std::string AuthSettings::*name :
       {&AuthSettings::client_id, &AuthSettings::object_id, &AuthSettings::resource_id}) {
    profile.*name = identity;
    EXPECT_EQ(refusal(),
              "a server connected by Azure Arc has only its own managed identity; remove auth.clientId, "
              "auth.objectId and auth.resourceId");
    (profile.*name).clear();
  }
  EXPECT_TRUE(transport.requests.empty());
}

TEST_F(ManagedIdentityTest, AVirtualMachineIsNotChallenged) {
  transport.will_answer(401, "", {{"WWW-Authenticate", "Basic realm=/etc/passwd"}});
  refusal();
  EXPECT_EQ(transport.requests.size(), 1U);
}

TEST_F(ManagedIdentityTest, FailuresOfTheServiceAreDistinguished) {
  transport.will_answer(400, R"({"error":"invalid_request","error_description":"Identity not found"})");
  EXPECT_TRUE(contains(refusal(), "assign one to this machine, or correct auth.clientId, auth.objectId or"));
  transport.will_answer(400,
                        R"({"error":"bad_request_102","error_description":"Required metadata header not specified"})");
  EXPECT_TRUE(contains(refusal(), "Required metadata header not specified"));
  for (const int status : {404, 408, 500, 503}) {
    transport.will_answer(status, "");
    EXPECT_EQ(failure().error.kind(), ErrorKind::transient) << status;
  }
  transport.will_answer(410, "");
  const SignInFailure gone = failure();
  EXPECT_EQ(gone.error.kind(), ErrorKind::transient);
  EXPECT_EQ(gone.retry_after, Millis(seconds(70)));
  transport.will_answer(429, "");
  EXPECT_EQ(failure().error.kind(), ErrorKind::throttled);
}

TEST_F(ManagedIdentityTest, AMachineOutsideAzureGetsTheOtherMethodsNamed) {
  TransportFailure unreachable;
  unreachable.sentence = "cannot connect to 169.254.169.254:80: no response within 10 s";
  transport.answers.emplace_back(unreachable);
  EXPECT_TRUE(contains(failure().error.sentence(), "outside of Azure set auth.method to clientCertificate"));
}

}  // namespace
}  // namespace azrestored::test
