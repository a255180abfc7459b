// The table of Microsoft Entra's errors: every number of azure-backup-api.md 8.7 has its class and a sentence. The
// sentence says what to do and fits the application's credential.
#include "daemon/signin/entra_errors.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace azrestored::test {
namespace {

constexpr auto by_secret = ProofKind::client_secret;
constexpr auto by_certificate = ProofKind::client_certificate;
constexpr auto by_federation = ProofKind::federated_token;
constexpr auto final_one = ErrorKind::unauthorized;

ProofContext proof_by(ProofKind kind) {
  ProofContext proof;
  proof.kind = kind;
  proof.file = "/etc/proof";
  return proof;
}

Error error_of(int code, ProofKind kind, const std::string& word = "invalid_request") {
  EntraRefusal refusal;
  refusal.error = word;
  refusal.codes = {code};
  return read_entra_error(refusal, proof_by(kind));
}

struct Row {
  int code;
  ProofKind proof;
  ErrorKind kind;
  const char* sentence;
};

constexpr Row rows[] = {
    {7000215, by_secret, final_one,
     "the client secret is wrong (AADSTS7000215); put its value (not its id) into /etc/proof"},
    {7000222, by_secret, final_one, "the client secret has expired (AADSTS7000222); put a new one into /etc/proof"},
    {7000218, by_secret, final_one,
     "Microsoft Entra received no client secret (AADSTS7000218); put one into /etc/proof"},
    {7000218, by_certificate, final_one,
     "Microsoft Entra received no signed assertion (AADSTS7000218); check that no proxy changes requests to "
     "auth.authority"},
    {700027, by_certificate, final_one,
     "the client certificate is not registered with the application, or the signature does not match it "
     "(AADSTS700027); register the certificate in /etc/proof (without its key) in Microsoft Entra"},
    {700027, by_federation, final_one,
     "the signature of the federated token is not accepted (AADSTS700027); check that /etc/proof contains a token of "
     "the issuer that the application's federated credential names"},
    {700021, by_certificate, final_one,
     "the signed assertion names another application (AADSTS700021); check auth.clientId"},
    {700023, by_certificate, final_one,
     "the signed assertion is for another token endpoint (AADSTS700023); check auth.authority and auth.tenantId"},
    {700023, by_federation, final_one,
     "the federated token is for another audience (AADSTS700023); check that its audience is that of the "
     "application's federated credential"},
    {50027, by_certificate, final_one,
     "the signed assertion is malformed (AADSTS50027); try \"RS256\" for auth.clientCertificateAlgorithm"},
    {50027, by_federation, final_one,
     "the federated token is malformed (AADSTS50027); check the program that writes it to /etc/proof"},
    {50012, by_secret, final_one,
     "the application's proof is not accepted (AADSTS50012); check auth.clientId and the client secret in /etc/proof"},
    {50012, by_certificate, final_one,
     "the application's proof is not accepted (AADSTS50012); check auth.clientId and the client certificate in "
     "/etc/proof"},
    {500133, by_certificate, final_one,
     "the signed assertion is not valid now (AADSTS500133); check this machine's clock"},
    {500133, by_federation, final_one,
     "the federated token is not valid now (AADSTS500133); check that /etc/proof is renewed, and this machine's clock"},
    {700016, by_secret, final_one,
     "the application is not in the tenant (AADSTS700016); check auth.clientId and auth.tenantId"},
    {7000112, by_secret, final_one, "the application is disabled (AADSTS7000112); enable it in Microsoft Entra"},
    {900144, by_secret, final_one,
     "the request lacks a parameter (AADSTS900144); check auth.clientId and auth.tenantId"},
    {90002, by_secret, final_one, "the tenant does not exist (AADSTS90002); check auth.tenantId and auth.authority"},
    {900023, by_secret, final_one,
     "auth.tenantId is neither the id nor a domain name of a tenant (AADSTS900023); correct it"},
    {500011, by_secret, final_one,
     "the tenant does not know the resource that the token is for (AADSTS500011); check arm.endpoint and "
     "auth.tenantId"},
    {53003, by_secret, final_one,
     "Conditional Access blocks the application (AADSTS53003); ask the administrator of the tenant to allow it"},
    {530032, by_secret, final_one,
     "a security policy blocks the application (AADSTS530032); ask the administrator of the tenant to allow it"},
    {90038, by_secret, final_one,
     "the tenant is in another national cloud (AADSTS90038); check arm.cloud, or arm.endpoint and auth.authority"},
    {900382, by_secret, final_one,
     "the tenant is in another national cloud (AADSTS900382); check arm.cloud, or arm.endpoint and auth.authority"},
    {900432, by_secret, final_one,
     "the tenant is in another national cloud (AADSTS900432); check arm.cloud, or arm.endpoint and auth.authority"},
    {90006, by_secret, ErrorKind::transient,
     "Microsoft Entra is temporarily unavailable (AADSTS90006); azrestored tries again"},
    {90012, by_secret, ErrorKind::transient, "Microsoft Entra timed out (AADSTS90012); azrestored tries again"},
    {90024, by_secret, ErrorKind::transient,
     "Microsoft Entra is temporarily unavailable (AADSTS90024); azrestored tries again"},
    {90033, by_secret, ErrorKind::transient,
     "Microsoft Entra is temporarily unavailable (AADSTS90033); azrestored tries again"},
    {90055, by_secret, ErrorKind::throttled,
     "the tenant sends Microsoft Entra too many requests (AADSTS90055); azrestored waits and tries again"},
    {90090, by_secret, ErrorKind::transient,
     "Microsoft Entra is temporarily unavailable (AADSTS90090); azrestored tries again"},
};

TEST(EntraErrors, EachMeansWhatItsRowSays) {
  for (const Row& row : rows) {
    const Error error = error_of(row.code, row.proof);
    EXPECT_EQ(error.sentence(), row.sentence);
    EXPECT_EQ(error.kind(), row.kind) << row.code;
  }
}

TEST(EntraErrors, EveryNumberOfTheTableIsTestedAndThereOnce) {
  for (const EntraError& error : entra_errors()) {
    const auto same = [&](const auto& other) { return other.code == error.code; };
    EXPECT_TRUE(std::ranges::any_of(rows, same)) << error.code;
    EXPECT_EQ(std::ranges::count_if(entra_errors(), same), 1) << error.code;
  }
}

/// "what happened (AADSTS...); what to do", and never about a credential that the application does not use.
TEST(EntraErrors, EverySentenceFitsEveryProof) {
  for (const EntraError& error : entra_errors()) {
    for (const ProofKind kind : {by_secret, by_certificate, by_federation}) {
      const std::string sentence = error_of(error.code, kind).sentence();
      EXPECT_NE(sentence.find(" (AADSTS" + std::to_string(error.code) + "); "), std::string::npos) << sentence;
      EXPECT_EQ(sentence.find('{'), std::string::npos) << sentence;
      const bool is_of_secrets_alone = error.code == 7000215 || error.code == 7000222;
      if (kind == by_secret || is_of_secrets_alone) continue;
      EXPECT_EQ(sentence.find("secret"), std::string::npos) << sentence;
    }
  }
}

TEST(EntraErrors, TheWordComesBeforeTheNumber) {
  EXPECT_EQ(error_of(7000222, by_secret, "temporarily_unavailable").kind(), ErrorKind::transient);
  const Error unknown = error_of(12345, by_secret, "temporarily_unavailable");
  EXPECT_EQ(unknown.kind(), ErrorKind::transient);
  EXPECT_EQ(unknown.sentence(), "Microsoft Entra is temporarily unavailable (AADSTS12345); azrestored tries again");
}

TEST(EntraErrors, AnUnknownNumberIsReportedByItsWord) {
  EXPECT_EQ(
      error_of(1, by_certificate, "invalid_client").sentence(),
      "Microsoft Entra refused: error invalid_client (AADSTS1); check auth.clientId and the client certificate in "
      "/etc/proof");
  EXPECT_EQ(error_of(1, by_federation, "unauthorized_client").sentence(),
            "Microsoft Entra refused: error unauthorized_client (AADSTS1); check auth.clientId and auth.tenantId");
  EXPECT_EQ(error_of(1, by_secret, "invalid_resource").sentence(),
            "Microsoft Entra refused: error invalid_resource (AADSTS1); check arm.endpoint and auth.tenantId");
  EXPECT_EQ(error_of(1, by_federation, "something_new").sentence(),
            "Microsoft Entra refused: error something_new (AADSTS1); check auth.clientId, auth.tenantId and the "
            "federated token in /etc/proof");
  EXPECT_EQ(error_of(1, by_federation, "something_new").kind(), final_one);
}

TEST(EntraErrors, AWordThatRepeatsTheSecretIsNotShown) {
  ProofContext proof = proof_by(by_secret);
  proof.secrets = {"s3cret+/="};
  for (const char* word : {"s3cret+/=", "no s3cret%2B%2F%3D here"}) {
    EntraRefusal refusal;
    refusal.error = word;
    EXPECT_EQ(read_entra_error(refusal, proof).sentence(),
              "Microsoft Entra refused: no reason given; check auth.clientId, auth.tenantId and the client secret in "
              "/etc/proof");
  }
}

TEST(EntraErrors, TheFirstKnownOfSeveralNumbersCounts) {
  EntraRefusal refusal;
  refusal.error = "invalid_client";
  refusal.codes = {12345, 7000222, 7000215};
  EXPECT_TRUE(read_entra_error(refusal, proof_by(by_secret)).sentence().starts_with("the client secret has expired"));
}

TEST(EntraErrors, ANumberMayStandInTheDescriptionAlone) {
  EntraRefusal refusal;
  refusal.error = "invalid_client";
  refusal.description = "AADSTS7000222: The provided keys are expired.";
  EXPECT_TRUE(read_entra_error(refusal, proof_by(by_secret)).sentence().starts_with("the client secret has expired"));
}

}  // namespace
}  // namespace azrestored::test
