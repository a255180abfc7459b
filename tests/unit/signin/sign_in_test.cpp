// Signing in with a secret, and with a token that another program fetches: what is sent, how answers are read, and the
// sentences that operators read. The other methods: client_certificate_test, workload_identity_test,
// managed_identity_test.
#include "daemon/signin/jwt.hpp"

#include <nlohmann/json.hpp>
#include "tests/unit/signin/sign_in_fixture.hpp"

namespace azrestored::test {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* secret = "s3cret~+/&=% value";

class SignInTest : public SignInFixture {
 protected:
  SignInTest() {
    profile.method = AuthSettings::Method::client_secret;
    write_file(profile.client_secret_file, std::string(secret) + "\n");
  }
};

class TokenFileTest : public SignInFixture {
 protected:
  TokenFileTest() { profile.method = AuthSettings::Method::access_token; }
};

TEST_F(SignInTest, AClientSecretIsPostedAsAForm) {
  transport.will_answer(200, R"({"token_type":"Bearer","expires_in":3599,"access_token":"eyJ.a.b"})");
  const AccessToken got = token();
  EXPECT_EQ(got.value, "eyJ.a.b");
  EXPECT_EQ(got.expires_at, clock.time + seconds(3599));
  ASSERT_EQ(transport.requests.size(), 1U);
  const HttpRequest& request = transport.requests[0];
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token");
  EXPECT_TRUE(request.fresh_connection);
  EXPECT_EQ(request.body,
            "client_id=11111111-2222-4333-8444-555555555555&scope=https%3A%2F%2Fmanagement.azure.com%2F.default"
            "&grant_type=client_credentials&client_secret=s3cret~%2B%2F%26%3D%25%20value");
}

TEST_F(SignInTest, ASecretThatWasReplacedIsUsedAtOnce) {
  write_file(profile.client_secret_file, "another");
  transport.will_answer(200, R"({"expires_in":"3599","access_token":"x"})");
  token();
  EXPECT_TRUE(transport.requests[0].body.ends_with("client_secret=another"));
}

TEST_F(SignInTest, AnUnknownRefusalIsReportedInEntrasWords) {
  transport.will_answer(400, R"({"error":"invalid_request","error_codes":[12345],"error_description":
      "AADSTS12345: Something is off. Trace ID: 1 Correlation ID: 2"})");
  const SignInFailure failed = failure();
  EXPECT_EQ(failed.error.kind(), ErrorKind::unauthorized);
  EXPECT_TRUE(contains(failed.error.sentence(), "AADSTS12345: Something is off.; check auth.clientId"))
      << failed.error.sentence();
  EXPECT_FALSE(contains(failed.error.sentence(), "Trace ID"));
}

/// An authority may repeat what it was sent, plain or encoded. The repeated text must not appear in a sentence.
TEST_F(SignInTest, WordsThatRepeatTheSecretAreDropped) {
  for (const char* echo : {secret, "client_secret=s3cret~%2B%2F%26%3D%25%20value"}) {
    nlohmann::json body;
    body["error"] = "invalid_request";
    body["error_description"] = std::string("AADSTS12345: you sent ") + echo;
    transport.will_answer(400, body.dump());
    EXPECT_TRUE(contains(failure().error.sentence(), "error invalid_request (AADSTS12345)"));
  }
}

TEST_F(SignInTest, PassingTroubleOfTheAuthorityIsTransient) {
  transport.will_answer(400, R"({"error":"temporarily_unavailable"})");
  EXPECT_EQ(failure().error.kind(), ErrorKind::transient);
  transport.will_answer(503, "<html>busy</html>");
  EXPECT_EQ(failure().error.kind(), ErrorKind::transient);
  transport.will_answer(404, "<html>not Entra</html>");
  EXPECT_EQ(failure().error.kind(), ErrorKind::transient);
  for (const int status : {200, 400, 401, 403, 407}) {
    transport.will_answer(status, "<html><title>Access denied</title></html>", {{"Server", "webfilter"}});
    const SignInFailure failed = failure();
    EXPECT_EQ(failed.error.kind(), ErrorKind::transient) << status;
    EXPECT_TRUE(contains(failed.error.sentence(), "responded in place of Microsoft Entra: HTTP ")) << status;
    EXPECT_TRUE(contains(failed.error.sentence(), "Access denied")) << status;
  }
}

TEST_F(SignInTest, ThrottlingKeepsTheAuthoritysWait) {
  transport.will_answer(429, "{}", {{"Retry-After", "17"}});
  const SignInFailure failed = failure();
  EXPECT_EQ(failed.error.kind(), ErrorKind::throttled);
  EXPECT_EQ(failed.retry_after, Millis(seconds(17)));
}

TEST_F(SignInTest, AnUnreachableAuthorityIsTransient) {
  TransportFailure unreachable;
  unreachable.sentence = "cannot connect to login.microsoftonline.com:443: connection refused";
  transport.answers.emplace_back(unreachable);
  const SignInFailure failed = failure();
  EXPECT_EQ(failed.error.kind(), ErrorKind::transient);
  EXPECT_EQ(failed.error.sentence(), "cannot sign in: " + unreachable.sentence);
}

TEST_F(SignInTest, AnAnswerWithoutAUsableTokenIsNoToken) {
  for (const char* body : {"", "{}", "[]", "null", R"({"access_token":7})", R"({"access_token":""})",
                           R"({"access_token":"a\r\nb"})", R"({"access_token":"a","expires_in":0})"}) {
    transport.will_answer(200, body);
    EXPECT_EQ(failure().error.kind(), ErrorKind::transient) << body;
  }
}

// Copying such a value recurses into each bracket, which ended the daemon.
TEST_F(SignInTest, AnAnswerThatIsNestedAMillionTimesDoesNoHarm) {
  const std::size_t depth = 1'000'000;
  transport.will_answer(
      200, R"({"access_token":"a","expires_in":3599,"x":)" + std::string(depth, '[') + std::string(depth, ']') + "}");
  EXPECT_EQ(token().value, "a");
}

TEST_F(SignInTest, ASecretFileThatCannotBeUsedIsNamed) {
  const std::string file = profile.client_secret_file;
  write_file(file, " \n\n");
  EXPECT_EQ(failure().error.sentence(),
            "cannot sign in: the client secret file " + file + " is empty; put the client secret into it");
  write_file(file, "s3cret\nand more\n");
  EXPECT_TRUE(contains(failure().error.sentence(), "contains more than one line"));
  write_file(file, std::string(70'000, 's'));
  EXPECT_TRUE(contains(failure().error.sentence(), "is larger than 65536 bytes"));
  std::filesystem::remove(file);
  const SignInFailure failed = failure();
  EXPECT_EQ(failed.error.kind(), ErrorKind::unauthorized);
  EXPECT_TRUE(contains(failed.error.sentence(), file + " cannot be read: No such file")) << failed.error.sentence();
  profile.client_secret_file = folder.path();
  EXPECT_TRUE(contains(failure().error.sentence(), "is not a regular file"));
  EXPECT_TRUE(transport.requests.empty());
}

/// The environment of a service that receives credentials from systemd; only while this exists.
class Credentials {
 public:
  explicit Credentials(const std::string& folder) { ::setenv("CREDENTIALS_DIRECTORY", folder.c_str(), 1); }
  ~Credentials() { ::unsetenv("CREDENTIALS_DIRECTORY"); }
  Credentials(const Credentials&) = delete;
  Credentials& operator=(const Credentials&) = delete;
};

TEST_F(SignInTest, ASecretMayBeACredentialOfTheService) {
  profile.client_secret_file = "$CREDENTIALS_DIRECTORY/client-secret";
  write_file(folder.path() / "client-secret", "handed over\n");
  const Credentials handed(folder.path());
  transport.will_answer(200, R"({"access_token":"a","expires_in":3599})");
  EXPECT_EQ(token().value, "a");
  EXPECT_TRUE(contains(transport.requests.at(0).body, "client_secret=handed%20over")) << transport.requests.at(0).body;
}

TEST_F(SignInTest, ACredentialThatWasNotHandedOverIsAskedFor) {
  profile.client_secret_file = "$CREDENTIALS_DIRECTORY/client-secret";
  const std::string what_to_do =
      "; add LoadCredential=client-secret:FILE with `systemctl edit azrestored`, and restart the service";
  const std::string file = "cannot sign in: the client secret file $CREDENTIALS_DIRECTORY/client-secret ";
  EXPECT_EQ(failure().error.sentence(),
            file + "cannot be read: systemd has passed no credential to this process" + what_to_do);
  const Credentials handed(folder.path());
  EXPECT_EQ(failure().error.sentence(), file + "is not among the credentials of the service" + what_to_do);
}

TEST_F(TokenFileTest, ATokenFileIsTakenAsItIs) {
  write_file(profile.access_token_file, "opaque-token\r\n");
  const AccessToken got = token();
  EXPECT_EQ(got.value, "opaque-token");
  EXPECT_EQ(got.expires_at, clock.time + minutes(5));
}

TEST_F(TokenFileTest, ATokenFileWithAJwtSaysWhenItEnds) {
  // {"alg":"none"} . {"exp":1795176000} . signature
  write_file(profile.access_token_file, "eyJhbGciOiJub25lIn0.eyJleHAiOjE3OTUxNzYwMDB9.c2ln");
  clock.time = Instant(seconds(1'795'175'999));
  EXPECT_EQ(token().expires_at, Instant(seconds(1'795'176'000)));
  clock.time = Instant(seconds(1'795'176'000));
  const SignInFailure failed = failure();
  EXPECT_EQ(failed.error.kind(), ErrorKind::unauthorized);
  EXPECT_TRUE(contains(failed.error.sentence(), "expired at 2026-11-20T12:00:00Z; put a new one there"))
      << failed.error.sentence();
}

TEST(JwtTest, OnlyAJwtHasAnEnd) {
  for (const char* text : {"", "opaque", "a.b", "a.b.c", "a.!!.c", "..", "a.e30.c", "a.eyJleHAiOiJ4In0.c", "a.W10.c",
                           "a.eyJleHAiOi0xfQ.c", "a.eyJleHAiOjFlMzAwfQ.c"}) {
    EXPECT_EQ(jwt_expiry(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace azrestored::test
