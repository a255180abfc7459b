// Every sign-in method, without sockets: certificate assertions with real signatures, federated assertions, the managed
// identity endpoints, tenants, and injected errors.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "certificate.hpp"
#include "simulation.hpp"

namespace azsim {
namespace {

const std::string tenant = "aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa";
const std::string client = "bbbbbbbb-2222-4222-8222-bbbbbbbbbbbb";
const std::string token_path = tenant_path + "/oauth2/v2.0/token";

/// An application's key with a certificate that it signed itself.
class Credential {
 public:
  Credential() : key_(EVP_RSA_gen(2048), &EVP_PKEY_free) {
    const std::unique_ptr<X509, decltype(&X509_free)> x509(X509_new(), &X509_free);
    X509_gmtime_adj(X509_getm_notBefore(x509.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(x509.get()), 3600);
    X509_set_pubkey(x509.get(), key_.get());
    X509_sign(x509.get(), key_.get(), EVP_sha256());
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), &BIO_free);
    PEM_write_bio_X509(bio.get(), x509.get());
    char* text = nullptr;
    const auto size = BIO_get_mem_data(bio.get(), &text);
    pem_.assign(text, static_cast<std::size_t>(size));
  }

  [[nodiscard]] const std::string& pem() const { return pem_; }

  [[nodiscard]] std::string assertion(const Json& header, const Json& claims) const {
    const std::string content = base64url(to_text(header)) + "." + base64url(to_text(claims));
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_PKEY_CTX* how = nullptr;
    EVP_DigestSignInit(context.get(), &how, EVP_sha256(), nullptr, key_.get());
    if (header["alg"] == "PS256") {
      EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING);
      EVP_PKEY_CTX_set_rsa_pss_saltlen(how, RSA_PSS_SALTLEN_DIGEST);
    }
    std::string signature(512, ' ');
    std::size_t size = signature.size();
    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                   reinterpret_cast<const unsigned char*>(content.data()), content.size());
    return content + "." + base64url(signature.substr(0, size));
  }

 private:
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
  std::string pem_;
};

const Credential& credential() {
  static const Credential made;
  return made;
}

Json header_ps256() {
  return {{"typ", "JWT"}, {"alg", "PS256"}, {"x5t#S256", Certificate(credential().pem()).sha256_thumbprint()}};
}

Json claims_at(Instant now, const std::string& id) {
  return {{"aud", "https://127.0.0.1:1" + token_path},
          {"iss", client},
          {"sub", client},
          {"jti", id},
          {"nbf", epoch_seconds(now)},
          {"exp", epoch_seconds(now) + 600}};
}

Json with_certificate() {
  Json state = state_json();
  state["clients"][0]["certificate"] = credential().pem();
  return state;
}

Response ask(Simulation& sim, const std::string& credential_part, const std::string& path = token_path) {
  return sim
      .call("POST", path,
            "grant_type=client_credentials&client_id=" + client +
                "&scope=https%3A%2F%2Fmanagement.azure.com%2F.default&" + credential_part,
            {{"Content-Type", "application/x-www-form-urlencoded"}})
      .response;
}

Response assert_with(Simulation& sim, const std::string& assertion) {
  return ask(sim,
             "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&"
             "client_assertion=" +
                 percent_encode(assertion));
}

int number_of(const Response& response) {
  return Json::parse(response.body)["error_codes"][0].get<int>();
}

TEST(ClientCertificate, SignsInWithBothAlgorithms) {
  Simulation sim = Simulation::over(with_certificate());
  EXPECT_EQ(assert_with(sim, credential().assertion(header_ps256(), claims_at(sim.now(), "1"))).status, 200U);
  const Json older = {{"typ", "JWT"}, {"alg", "RS256"}, {"x5t", Certificate(credential().pem()).sha1_thumbprint()}};
  EXPECT_EQ(assert_with(sim, credential().assertion(older, claims_at(sim.now(), "2"))).status, 200U);
  EXPECT_EQ(sim.report()["tokenRequests"][0]["algorithm"], "PS256");
  EXPECT_EQ(sim.report()["tokenRequests"][1]["algorithm"], "RS256");
}

// Goal: each rule is checked. Method: a valid assertion, one change at a time.
TEST(ClientCertificate, IsRefusedForEachRuleThatIsBroken) {
  Simulation sim = Simulation::over(with_certificate());
  const std::int64_t now = epoch_seconds(sim.now());
  struct Case {
    Json header, claims;
    int code;
  };
  const Json no_change = Json::object();
  for (const auto& [header, claims, code] :
       std::vector<Case>{{{{"alg", "HS256"}}, no_change, 50027},
                         {{{"x5t#S256", "other"}}, no_change, 700027},
                         {no_change, {{"aud", "https://elsewhere/token"}}, 700023},
                         {no_change, {{"iss", "someone"}}, 700021},
                         {no_change, {{"sub", "someone"}}, 700021},
                         {no_change, {{"exp", now + 601}}, 500133},
                         {no_change, {{"nbf", now - 700}, {"exp", now - 100}}, 500133},
                         {no_change, {{"nbf", now + 60}}, 500133},
                         {no_change, {{"jti", ""}}, 50012}}) {
    Json h = header_ps256(), c = claims_at(sim.now(), "x");
    for (const auto& [name, value] : header.items()) h[name] = value;
    for (const auto& [name, value] : claims.items()) c[name] = value;
    const Response answer = assert_with(sim, credential().assertion(h, c));
    EXPECT_EQ(answer.status, 401U);
    EXPECT_EQ(number_of(answer), code) << h << c;
  }
  std::string forged = credential().assertion(header_ps256(), claims_at(sim.now(), "y"));
  forged.replace(forged.rfind('.') + 5, 4, "AAAA");
  EXPECT_EQ(number_of(assert_with(sim, forged)), 700027);
  EXPECT_EQ(number_of(assert_with(sim, "no.jwt")), 50027);
}

TEST(ClientCertificate, CannotBeReplayed) {
  Simulation sim = Simulation::over(with_certificate());
  const std::string assertion = credential().assertion(header_ps256(), claims_at(sim.now(), "once"));
  EXPECT_EQ(assert_with(sim, assertion).status, 200U);
  EXPECT_EQ(number_of(assert_with(sim, assertion)), 50012);
}

TEST(ClientCertificate, MustBeReadableWhenTheStateIsRead) {
  for (const char* wrong : {"/nowhere/at/all.pem", "-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----\n"}) {
    Json state = state_json();
    state["clients"][0]["certificate"] = wrong;
    EXPECT_THROW((void)parse_state(to_text(state)), StateError) << wrong;
  }
}

TEST(FederatedAssertion, IsOneOfThoseInTheState) {
  Simulation sim;
  EXPECT_EQ(assert_with(sim, "a-federated-assertion-for-tests-only").status, 200U);
  EXPECT_EQ(number_of(assert_with(sim, "another")), 700213);
  EXPECT_EQ(number_of(ask(sim, "client_assertion=a-federated-assertion-for-tests-only")), 900144);
}

TEST(ManagedIdentity, KnowsOnlyTheIdentitiesOfTheHost) {
  Json state = state_json();
  state["imds"] = {{"identities", {{{"clientId", "c-1"}, {"objectId", "o-1"}, {"resourceId", "/subscriptions/1/x"}}}}};
  Simulation sim = Simulation::over(state);
  const auto get = [&](const std::string& id) {
    return sim
        .call("GET", "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fx%2F" + id, {},
              {{"Metadata", "true"}})
        .response;
  };
  for (const char* known : {"", "&client_id=c-1", "&object_id=O-1", "&msi_res_id=%2Fsubscriptions%2F1%2Fx"})
    EXPECT_EQ(get(known).status, 200U) << known;
  for (const char* unknown : {"&client_id=c-2", "&object_id=c-1", "&client_id=c-1&object_id=o-1"})
    EXPECT_EQ(get(unknown).status, 400U) << unknown;
  EXPECT_EQ(Json::parse(get("&client_id=c-2").body)["error_description"], "Identity not found");
}

TEST(ManagedIdentity, OnAppServiceWantsTheHeader) {
  Simulation sim;
  const auto get = [&](const std::string& secret, const std::string& id) {
    return sim
        .call("GET", "/msi/token?api-version=2019-08-01&resource=https%3A%2F%2Fx%2F" + id, {},
              {{"X-IDENTITY-HEADER", secret}})
        .response;
  };
  EXPECT_EQ(get("wrong", "").status, 401U);
  EXPECT_EQ(get("a-header-for-tests-only", "&client_id=nobody").status, 400U);
  const Response granted = get("a-header-for-tests-only", "&client_id=bbbbbbbb-2222-4222-8222-000000000001");
  EXPECT_EQ(granted.status, 200U);
  EXPECT_TRUE(Json::parse(granted.body)["expires_on"].is_string());
  EXPECT_EQ(sim.report()["tokenRequests"][0]["endpoint"], "appService");
}

TEST(ManagedIdentity, OnArcWantsTheContentOfTheFileThatItNames) {
  Simulation sim;
  const auto get = [&](Pairs headers) {
    headers.emplace_back("Metadata", "true");
    return sim
        .call("GET", "/metadata/identity/oauth2/token?api-version=2020-06-01&resource=https%3A%2F%2Fx%2F", {},
              std::move(headers))
        .response;
  };
  const Response challenge = get({});
  EXPECT_EQ(challenge.status, 401U);
  EXPECT_EQ(header(challenge, "WWW-Authenticate"), "Basic realm=/var/opt/azcmagent/tokens/simulated.key");
  EXPECT_EQ(get({{"Authorization", "Basic wrong"}}).status, 401U);
  EXPECT_EQ(get({{"Authorization", "Basic proof"}}).status, 200U);
  EXPECT_EQ(sim.report()["unauthenticated"], 0);
}

TEST(Tenants, KeepTheirTokensToThemselves) {
  Json state = state_json();
  const std::string other = "ffffffff-1111-4111-8111-ffffffffffff";
  state["vaults"][0]["tenants"] = {tenant};
  state["clients"].push_back({{"tenantId", other}, {"clientId", client}, {"secret", "other"}});
  Simulation sim = Simulation::over(state, FrontSettings{});
  const auto status = [&](const Response& granted) {
    const std::string token = Json::parse(granted.body)["access_token"];
    return sim.call("GET", vault + version, {}, {{"Authorization", "Bearer " + token}}).response;
  };
  EXPECT_EQ(status(ask(sim, "client_secret=a-secret-for-tests-only")).status, 200U);
  const Response refused = status(ask(sim, "client_secret=other", "/" + other + "/oauth2/v2.0/token"));
  EXPECT_EQ(refused.status, 401U);
  EXPECT_EQ(code_of(refused), "InvalidAuthenticationTokenTenant");
  EXPECT_EQ(number_of(ask(sim, "client_secret=other")), 7000215);
}

TEST(TokenErrors, ComeAsOftenAsOrderedAndCanBeTakenBack) {
  Json state = state_json();
  state["tokenErrors"] = {{{"status", 503}, {"headers", {{"Retry-After", "3"}}}, {"endpoint", "token"}, {"times", 2}}};
  Simulation sim = Simulation::over(state);
  const std::string good = "client_secret=a-secret-for-tests-only";
  const Response first = ask(sim, good);
  EXPECT_EQ(first.status, 503U);
  EXPECT_EQ(header(first, "Retry-After"), "3");
  EXPECT_EQ(sim.post("/_sim/tokens/errors", {{"tokenErrors", Json::array()}}).status, 200U);
  EXPECT_EQ(ask(sim, good).status, 200U);
  const Json expired = {{"tokenErrors", {{{"status", 401}, {"body", {{"error", "invalid_client"}}}}}}};
  EXPECT_EQ(sim.post("/_sim/tokens/errors", expired).status, 200U);
  EXPECT_EQ(ask(sim, good).body, R"({"error":"invalid_client"})");
  EXPECT_EQ(ask(sim, good).status, 200U);
  EXPECT_EQ(sim.post("/_sim/tokens/errors", {{"tokenErrors", {{{"status", 200}}}}}).status, 400U);
}

}  // namespace
}  // namespace azsim
