// Signing in with a certificate. The test takes the signed assertion apart and verifies its signature with the
// certificate's public key. Each way in which the files can be wrong has its own sentence.
#include <openssl/rsa.h>

#include <nlohmann/json.hpp>

#include "daemon/signin/base64url.hpp"
#include "tests/unit/signin/client_certificates.hpp"
#include "tests/unit/signin/sign_in_fixture.hpp"

namespace azrestored::test {
namespace {

using nlohmann::json;
using std::chrono::hours;

struct Jwt {
  json header;
  json claims;
  std::string signed_part;
  std::string signature;
};

Jwt taken_apart(const std::string& text) {
  const auto first = text.find('.');
  const auto second = text.find('.', first + 1);
  Jwt jwt;
  jwt.header = json::parse(decode_base64url(text.substr(0, first)).value());
  jwt.claims = json::parse(decode_base64url(text.substr(first + 1, second - first - 1)).value());
  jwt.signed_part = text.substr(0, second);
  jwt.signature = decode_base64url(text.substr(second + 1)).value();
  return jwt;
}

bool verifies(const Jwt& jwt, const std::string& certificate, int padding) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_PKEY_CTX* context = nullptr;
  const auto holder = read_certificate(certificate);
  EVP_DigestVerifyInit(digest.get(), &context, EVP_sha256(), nullptr, X509_get0_pubkey(holder.get()));
  EVP_PKEY_CTX_set_rsa_padding(context, padding);
  if (padding == RSA_PKCS1_PSS_PADDING) EVP_PKEY_CTX_set_rsa_pss_saltlen(context, 32);
  return EVP_DigestVerify(digest.get(), reinterpret_cast<const unsigned char*>(jwt.signature.data()),
                          jwt.signature.size(), reinterpret_cast<const unsigned char*>(jwt.signed_part.data()),
                          jwt.signed_part.size()) == 1;
}

std::string digest_of(const std::string& certificate, const EVP_MD* algorithm) {
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  X509_digest(read_certificate(certificate).get(), algorithm, reinterpret_cast<unsigned char*>(digest.data()), &size);
  digest.resize(size);
  return digest;
}

class ClientCertificateTest : public SignInFixture {
 protected:
  ClientCertificateTest() {
    profile.method = AuthSettings::Method::client_certificate;
    write_file(profile.client_certificate_file, certificate + pem_of(key));
  }

  /// Signs in and returns the assertion that was sent.
  Jwt sent_assertion() {
    transport.will_answer(200, R"({"access_token":"x","expires_in":3599})");
    token();
    const std::string& body = transport.requests.back().body;
    const std::string mark = "&client_assertion=";
    return taken_apart(body.substr(body.find(mark) + mark.size()));
  }

  // Made once: with sanitizers a key takes a while.
  inline static const Key key = new_rsa_key();
  inline static const Key other_key = new_rsa_key();
  const std::string certificate = certificate_of(key, clock.time - hours(24), clock.time + hours(24));
};

TEST_F(ClientCertificateTest, AnAssertionIsPostedAsAForm) {
  transport.will_answer(200, R"({"access_token":"eyJ.a.b","expires_in":3599})");
  EXPECT_EQ(token().value, "eyJ.a.b");
  const HttpRequest& request = transport.requests.at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token");
  EXPECT_TRUE(request.fresh_connection);
  EXPECT_TRUE(request.body.starts_with(
      "client_id=11111111-2222-4333-8444-555555555555&scope=https%3A%2F%2Fmanagement.azure.com%2F.default"
      "&grant_type=client_credentials"
      "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=eyJ"))
      << request.body;
}

TEST_F(ClientCertificateTest, TheAssertionHasIssuerAudienceAndLifetime) {
  const json claims = sent_assertion().claims;
  EXPECT_EQ(claims.at("aud"), "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token");
  EXPECT_EQ(claims.at("iss"), profile.client_id);
  EXPECT_EQ(claims.at("sub"), profile.client_id);
  EXPECT_EQ(claims.at("jti"), ids.uuid());
  const std::int64_t now = 1'795'176'000;  // the clock's 2026-11-20T12:00:00Z
  EXPECT_EQ(claims.at("nbf"), now);
  EXPECT_EQ(claims.at("iat"), now);
  EXPECT_EQ(claims.at("exp"), now + 600);
}

TEST_F(ClientCertificateTest, Ps256VerifiesAndNamesTheCertificate) {
  const Jwt jwt = sent_assertion();
  const json expected = {
      {"alg", "PS256"}, {"typ", "JWT"}, {"x5t#S256", encode_base64url(digest_of(certificate, EVP_sha256()))}};
  EXPECT_EQ(jwt.header, expected);
  EXPECT_TRUE(verifies(jwt, certificate, RSA_PKCS1_PSS_PADDING));
  Jwt changed = jwt;
  changed.signed_part += 'x';
  EXPECT_FALSE(verifies(changed, certificate, RSA_PKCS1_PSS_PADDING));
}

TEST_F(ClientCertificateTest, Rs256VerifiesAndNamesTheCertificateTheOldWay) {
  profile.client_certificate_algorithm = AuthSettings::Algorithm::rs256;
  const Jwt jwt = sent_assertion();
  const std::string sha1 = digest_of(certificate, EVP_sha1());
  EXPECT_EQ(jwt.header.at("alg"), "RS256");
  EXPECT_EQ(jwt.header.at("x5t"), encode_base64url(sha1));
  EXPECT_EQ(jwt.header.at("kid").get<std::string>().size(), 40U);
  EXPECT_FALSE(jwt.header.contains("x5t#S256"));
  EXPECT_TRUE(verifies(jwt, certificate, RSA_PKCS1_PADDING));
}

TEST_F(ClientCertificateTest, TheKeyMayBeInAFileOfItsOwn) {
  write_file(profile.client_certificate_file, certificate);
  profile.client_certificate_key_file = folder.path() / "client.key";
  write_file(profile.client_certificate_key_file, pem_of(key));
  EXPECT_TRUE(verifies(sent_assertion(), certificate, RSA_PKCS1_PSS_PADDING));
}

TEST_F(ClientCertificateTest, ARenewedCertificateIsUsedAtTheNextSignIn) {
  sent_assertion();
  const std::string renewed = certificate_of(other_key, clock.time - hours(1), clock.time + hours(1));
  write_file(profile.client_certificate_file, pem_of(other_key) + renewed);
  EXPECT_TRUE(verifies(sent_assertion(), renewed, RSA_PKCS1_PSS_PADDING));
}

TEST_F(ClientCertificateTest, OfAChainTheCertificateOfTheKeyIsTaken) {
  const std::string authority = certificate_of(other_key, clock.time - hours(24), clock.time + hours(24));
  write_file(profile.client_certificate_file, authority + certificate + pem_of(key));
  EXPECT_TRUE(verifies(sent_assertion(), certificate, RSA_PKCS1_PSS_PADDING));
}

TEST_F(ClientCertificateTest, AnEcKeyIsRefusedInASentence) {
  const Key ec = new_ec_key();
  write_file(profile.client_certificate_file,
             certificate_of(ec, clock.time - hours(1), clock.time + hours(1)) + pem_of(ec));
  EXPECT_EQ(refusal(),
            profile.client_certificate_file +
                " has an EC key; Microsoft Entra accepts only RSA keys: make a certificate with an RSA key and "
                "register it");
}

TEST_F(ClientCertificateTest, AKeyOfAnotherCertificateIsRefused) {
  write_file(profile.client_certificate_file, certificate + pem_of(other_key));
  const std::string& file = profile.client_certificate_file;
  EXPECT_EQ(refusal(), "the private key in " + file + " does not belong to the client certificate in " + file +
                           "; replace one of them by the one that matches");
}

TEST_F(ClientCertificateTest, AnExpiredCertificateIsReportedWithItsDate) {
  write_file(profile.client_certificate_file,
             certificate_of(key, clock.time - hours(48), clock.time - hours(1)) + pem_of(key));
  EXPECT_EQ(refusal(), "the client certificate in " + profile.client_certificate_file +
                           " expired at 2026-11-20T11:00:00Z; put a new one there and register it in Microsoft Entra");
}

TEST_F(ClientCertificateTest, ACertificateOfTheFutureAsksForTheClock) {
  write_file(profile.client_certificate_file,
             certificate_of(key, clock.time + hours(1), clock.time + hours(2)) + pem_of(key));
  EXPECT_TRUE(contains(refusal(), " is not valid before 2026-11-20T13:00:00Z; check this machine's clock"));
}

TEST_F(ClientCertificateTest, AKeyWithAPassphraseIsRefused) {
  write_file(profile.client_certificate_file, certificate + pem_of(key, "open sesame"));
  EXPECT_TRUE(contains(refusal(), " has a passphrase; remove it with `openssl pkey`"));
}

TEST_F(ClientCertificateTest, FilesThatLackSomethingAreNamed) {
  const std::string& file = profile.client_certificate_file;
  write_file(file, certificate);
  EXPECT_TRUE(contains(refusal(), file + " contains no private key in PEM; append it there, or name its file"));
  write_file(file, pem_of(key));
  EXPECT_TRUE(contains(refusal(), file + " contains no certificate in PEM; put the client certificate there"));
  write_file(file, certificate + "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n");
  EXPECT_TRUE(contains(refusal(), "the private key in " + file + " is damaged"));
  std::filesystem::remove(file);
  EXPECT_TRUE(contains(refusal(), "the client certificate file " + file + " cannot be read: No such file"));
  write_file(file, certificate);
  profile.client_certificate_key_file = folder.path() / "nowhere.key";
  EXPECT_TRUE(contains(refusal(), "the private key file " + profile.client_certificate_key_file + " cannot be read"));
  EXPECT_TRUE(transport.requests.empty());
}

TEST_F(ClientCertificateTest, AnswersThatRepeatTheAssertionAreNotShown) {
  class Echo final : public Transport {
   public:
    asio::awaitable<FakeTransport::Answer> exchange(HttpRequest request) override {
      json body;
      body["error"] = "invalid_request";
      body["error_description"] = "AADSTS12345: you sent " + request.body;
      HttpResponse response;
      response.status = 400;
      response.body = body.dump();
      co_return response;
    }
  } echo;
  const SignInPorts echoing{echo, clock, ids, {}};
  const SignIn outcome = run(loop, make_token_provider(profile, "https://management.azure.com", echoing)->sign_in());
  const std::string sentence = std::get<SignInFailure>(outcome).error.sentence();
  EXPECT_TRUE(contains(sentence, "error invalid_request (AADSTS12345)")) << sentence;
  EXPECT_FALSE(contains(sentence, "eyJ"));
}

}  // namespace
}  // namespace azrestored::test
