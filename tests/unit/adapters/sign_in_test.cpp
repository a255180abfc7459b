// The three ways to sign in: what goes out, how answers are read, and the sentences that people get; none of which may
// ever hold a secret or a token.
#include "daemon/jwt.hpp"
#include "daemon/token_providers.hpp"
#include "tests/support/files.hpp"
#include "tests/unit/adapters/token_fakes.hpp"

namespace azrestored::test {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* secret = "s3cret~+/&=% value";

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class SignInTest : public testing::Test {
 protected:
  SignInTest() {
    settings.arm.endpoint = "https://management.azure.com/";
    settings.auth.authority = "https://login.microsoftonline.com/";
    settings.auth.tenant_id = "contoso.example";
    settings.auth.client_id = "11111111-2222-4333-8444-555555555555";
    settings.auth.client_secret_file = folder.path() / "secret";
    settings.auth.access_token_file = folder.path() / "token";
    write_file(settings.auth.client_secret_file, std::string(secret) + "\n");
  }

  SignIn sign_in(Settings::AuthMethod method) {
    settings.auth.method = method;
    return run(loop, make_token_provider(settings, transport, clock)->sign_in());
  }

  AccessToken token_by(Settings::AuthMethod method) {
    const SignIn outcome = sign_in(method);
    if (const auto* failed = std::get_if<SignInFailure>(&outcome)) throw std::runtime_error(failed->error.sentence());
    return std::get<AccessToken>(outcome);
  }

  SignInFailure failure_by(Settings::AuthMethod method) {
    const SignIn outcome = sign_in(method);
    if (!std::holds_alternative<SignInFailure>(outcome)) throw std::runtime_error("the sign-in succeeded");
    auto failure = std::get<SignInFailure>(outcome);
    for (const char* hidden : {"s3cret", "eyJ"}) EXPECT_FALSE(contains(failure.error.sentence(), hidden));
    EXPECT_TRUE(failure.error.sentence().starts_with("cannot sign in: ")) << failure.error.sentence();
    return failure;
  }

  TempDir folder;
  asio::io_context loop{1};
  ManualClock clock;
  FakeTransport transport;
  Settings settings;
};

constexpr auto by_secret = Settings::AuthMethod::clientSecret;
constexpr auto by_file = Settings::AuthMethod::accessToken;
constexpr auto by_identity = Settings::AuthMethod::managedIdentity;

TEST_F(SignInTest, AClientSecretIsPostedAsAForm) {
  transport.will_answer(200, R"({"token_type":"Bearer","expires_in":3599,"access_token":"eyJ.a.b"})");
  const AccessToken token = token_by(by_secret);
  EXPECT_EQ(token.value, "eyJ.a.b");
  EXPECT_EQ(token.expires_at, clock.time + seconds(3599));
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
  write_file(settings.auth.client_secret_file, "another");
  transport.will_answer(200, R"({"expires_in":"3599","access_token":"x"})");
  token_by(by_secret);
  EXPECT_TRUE(transport.requests[0].body.ends_with("client_secret=another"));
}

struct Refusal {
  int code;
  const char* error;
  const char* part;  // of the sentence
};

TEST_F(SignInTest, EveryKnownRefusalSaysWhatToDo) {
  const std::string file = settings.auth.client_secret_file;
  const Refusal refusals[] = {
      {7000215, "invalid_client", "the client secret is wrong (AADSTS7000215); put its value (not its id) into "},
      {7000222, "invalid_client", "the client secret has expired (AADSTS7000222); put a new one into "},
      {7000218, "invalid_client", "no client secret arrived (AADSTS7000218)"},
      {700016, "unauthorized_client", "no such application (AADSTS700016); check auth.clientId and auth.tenantId"},
      {7000112, "unauthorized_client", "the application is disabled (AADSTS7000112); enable it"},
      {90002, "invalid_request", "there is no such tenant (AADSTS90002); check auth.tenantId"},
      {900023, "invalid_request", "auth.tenantId is neither"},
      {900144, "invalid_request", "lacks a parameter"},
      {500011, "invalid_resource", "does not know the resource"},
      {53003, "invalid_grant", "Conditional Access blocks the application"},
      {900382, "invalid_request", "another national cloud (AADSTS900382); check auth.authority and arm.endpoint"},
  };
  for (const Refusal& refusal : refusals) {
    nlohmann::json body;
    body["error"] = refusal.error;
    body["error_description"] = "AADSTS" + std::to_string(refusal.code) + ": You sent " + secret + ".";
    body["error_codes"] = {refusal.code};
    transport.will_answer(refusal.code % 2 == 0 ? 400 : 401, body.dump());
    const SignInFailure failure = failure_by(by_secret);
    EXPECT_EQ(failure.error.kind(), ErrorKind::unauthorized) << refusal.code;
    EXPECT_TRUE(contains(failure.error.sentence(), refusal.part)) << failure.error.sentence();
  }
  transport.will_answer(401, R"({"error":"invalid_client","error_codes":[7000222]})");
  EXPECT_EQ(failure_by(by_secret).error.sentence(),
            "cannot sign in: the client secret has expired (AADSTS7000222); put a new one into " + file);
}

TEST_F(SignInTest, AnUnknownRefusalIsToldInEntrasWords) {
  transport.will_answer(400, R"({"error":"invalid_request","error_codes":[12345],"error_description":
      "AADSTS12345: Something is off. Trace ID: 1 Correlation ID: 2"})");
  const SignInFailure failure = failure_by(by_secret);
  EXPECT_EQ(failure.error.kind(), ErrorKind::unauthorized);
  EXPECT_TRUE(contains(failure.error.sentence(), "AADSTS12345: Something is off.; check auth.clientId"))
      << failure.error.sentence();
  EXPECT_FALSE(contains(failure.error.sentence(), "Trace ID"));
}

/// An authority that repeats what it was sent, as it is or encoded, must not bring it into a sentence.
TEST_F(SignInTest, WordsThatRepeatTheSecretAreDropped) {
  for (const char* echo : {secret, "client_secret=s3cret~%2B%2F%26%3D%25%20value"}) {
    nlohmann::json body;
    body["error"] = "invalid_request";
    body["error_description"] = std::string("AADSTS12345: you sent ") + echo;
    transport.will_answer(400, body.dump());
    EXPECT_TRUE(contains(failure_by(by_secret).error.sentence(), "error invalid_request (AADSTS12345)"));
  }
}

TEST_F(SignInTest, PassingTroubleOfTheAuthorityIsTransient) {
  for (const int code : {90006, 90024, 90033, 90012, 90055, 90090}) {
    nlohmann::json body;
    body["error"] = "server_error";
    body["error_codes"] = {code};
    transport.will_answer(400, body.dump());
    EXPECT_EQ(failure_by(by_secret).error.kind(), ErrorKind::transient) << code;
  }
  transport.will_answer(400, R"({"error":"temporarily_unavailable"})");
  EXPECT_EQ(failure_by(by_secret).error.kind(), ErrorKind::transient);
  transport.will_answer(503, "<html>busy</html>");
  EXPECT_EQ(failure_by(by_secret).error.kind(), ErrorKind::transient);
  transport.will_answer(404, "<html>not Entra</html>");
  EXPECT_EQ(failure_by(by_secret).error.kind(), ErrorKind::transient);
}

TEST_F(SignInTest, ThrottlingKeepsTheAuthoritysWait) {
  transport.will_answer(429, "{}", {{"Retry-After", "17"}});
  const SignInFailure failure = failure_by(by_secret);
  EXPECT_EQ(failure.error.kind(), ErrorKind::throttled);
  EXPECT_EQ(failure.retry_after, Millis(seconds(17)));
}

TEST_F(SignInTest, AnUnreachableAuthorityIsTransient) {
  TransportFailure unreachable;
  unreachable.sentence = "cannot connect to login.microsoftonline.com:443: connection refused";
  transport.answers.emplace_back(unreachable);
  const SignInFailure failure = failure_by(by_secret);
  EXPECT_EQ(failure.error.kind(), ErrorKind::transient);
  EXPECT_EQ(failure.error.sentence(), "cannot sign in: " + unreachable.sentence);
}

TEST_F(SignInTest, AnAnswerWithoutAUsableTokenIsNoToken) {
  for (const char* body : {"", "{}", "[]", "null", R"({"access_token":7})", R"({"access_token":""})",
                           R"({"access_token":"a\r\nb"})", R"({"access_token":"a","expires_in":0})"}) {
    transport.will_answer(200, body);
    EXPECT_EQ(failure_by(by_secret).error.kind(), ErrorKind::transient) << body;
  }
}

TEST_F(SignInTest, ASecretFileThatCannotBeUsedIsNamed) {
  const std::string file = settings.auth.client_secret_file;
  write_file(file, " \n\n");
  EXPECT_EQ(failure_by(by_secret).error.sentence(),
            "cannot sign in: the client secret file " + file + " is empty; put the client secret into it");
  write_file(file, "s3cret\nand more\n");
  EXPECT_TRUE(contains(failure_by(by_secret).error.sentence(), "holds more than one line"));
  write_file(file, std::string(70'000, 's'));
  EXPECT_TRUE(contains(failure_by(by_secret).error.sentence(), "is larger than 64 KiB"));
  std::filesystem::remove(file);
  const SignInFailure failure = failure_by(by_secret);
  EXPECT_EQ(failure.error.kind(), ErrorKind::unauthorized);
  EXPECT_TRUE(contains(failure.error.sentence(), file + " cannot be read: No such file")) << failure.error.sentence();
  settings.auth.client_secret_file = folder.path();
  EXPECT_TRUE(contains(failure_by(by_secret).error.sentence(), "is not a regular file"));
  EXPECT_TRUE(transport.requests.empty());
}

TEST_F(SignInTest, ManagedIdentityIsAskedForByHeader) {
  settings.auth.client_id = "";
  transport.will_answer(200, R"({"access_token":"eyJ.a.b","expires_in":"3599","expires_on":"1506484173"})");
  const AccessToken token = token_by(by_identity);
  EXPECT_EQ(token.expires_at, clock.time + seconds(3599));
  const HttpRequest& request = transport.requests[0];
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.url,
            "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01"
            "&resource=https%3A%2F%2Fmanagement.azure.com");
  EXPECT_EQ(request.headers, (Headers{{"Metadata", "true"}}));
}

TEST_F(SignInTest, AUserAssignedIdentityIsNamed) {
  transport.will_answer(200, R"({"access_token":"x","expires_on":"1800000000"})");
  EXPECT_EQ(token_by(by_identity).expires_at, Instant(seconds(1'800'000'000)));
  EXPECT_TRUE(transport.requests[0].url.ends_with("&client_id=11111111-2222-4333-8444-555555555555"));
}

TEST_F(SignInTest, TroubleOfTheMetadataServiceIsToldApart) {
  transport.will_answer(400, R"({"error":"invalid_request","error_description":"Identity not found"})");
  SignInFailure failure = failure_by(by_identity);
  EXPECT_EQ(failure.error.kind(), ErrorKind::unauthorized);
  EXPECT_TRUE(contains(failure.error.sentence(), "assign one to the virtual machine, or correct auth.clientId"));
  transport.will_answer(400,
                        R"({"error":"bad_request_102","error_description":"Required metadata header not specified"})");
  EXPECT_EQ(failure_by(by_identity).error.kind(), ErrorKind::unauthorized);
  for (const int status : {404, 408, 500, 503}) {
    transport.will_answer(status, "");
    EXPECT_EQ(failure_by(by_identity).error.kind(), ErrorKind::transient) << status;
  }
  transport.will_answer(410, "");
  failure = failure_by(by_identity);
  EXPECT_EQ(failure.error.kind(), ErrorKind::transient);
  EXPECT_EQ(failure.retry_after, Millis(seconds(70)));
  transport.will_answer(429, "");
  EXPECT_EQ(failure_by(by_identity).error.kind(), ErrorKind::throttled);
  TransportFailure unreachable;
  unreachable.sentence = "cannot connect to 169.254.169.254:80: no answer within 10 s";
  transport.answers.emplace_back(unreachable);
  EXPECT_TRUE(contains(failure_by(by_identity).error.sentence(), "outside of Azure set auth.method"));
}

TEST_F(SignInTest, ATokenFileIsTakenAsItIs) {
  write_file(settings.auth.access_token_file, "opaque-token\r\n");
  const AccessToken token = token_by(by_file);
  EXPECT_EQ(token.value, "opaque-token");
  EXPECT_EQ(token.expires_at, clock.time + minutes(5));
}

TEST_F(SignInTest, ATokenFileWithAJwtSaysWhenItEnds) {
  // {"alg":"none"} . {"exp":1795176000} . signature
  write_file(settings.auth.access_token_file, "eyJhbGciOiJub25lIn0.eyJleHAiOjE3OTUxNzYwMDB9.c2ln");
  clock.time = Instant(seconds(1'795'175'999));
  EXPECT_EQ(token_by(by_file).expires_at, Instant(seconds(1'795'176'000)));
  clock.time = Instant(seconds(1'795'176'000));
  const SignInFailure failure = failure_by(by_file);
  EXPECT_EQ(failure.error.kind(), ErrorKind::unauthorized);
  EXPECT_TRUE(contains(failure.error.sentence(), "expired at 2026-11-20T12:00:00Z; put a new one there"))
      << failure.error.sentence();
}

TEST(JwtTest, OnlyAJwtHasAnEnd) {
  for (const char* text : {"", "opaque", "a.b", "a.b.c", "a.!!.c", "..", "a.e30.c", "a.eyJleHAiOiJ4In0.c", "a.W10.c",
                           "a.eyJleHAiOi0xfQ.c", "a.eyJleHAiOjFlMzAwfQ.c"}) {
    EXPECT_EQ(jwt_expiry(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace azrestored::test
