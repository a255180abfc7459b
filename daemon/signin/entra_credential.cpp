#include "daemon/signin/entra_credential.hpp"

#include "core/http/percent_encoding.hpp"
#include "daemon/signin/client_assertion.hpp"
#include "daemon/signin/secret_file.hpp"

namespace azrestored {
namespace {

std::string assertion_form(const std::string& assertion) {
  return "client_assertion_type=" + percent_encode("urn:ietf:params:oauth:client-assertion-type:jwt-bearer") +
         "&client_assertion=" + percent_encode(assertion);
}

class ClientSecret final : public EntraCredential {
 public:
  explicit ClientSecret(const AuthSettings& profile) : file_(profile.client_secret_file) {}

  Result<EntraProof> prove(const std::string&) override {
    const auto secret = read_secret_line(SecretFile{file_, "client secret"}, SecretKind::client_secret);
    if (!secret) return secret.error();
    return EntraProof{"client_secret=" + percent_encode(*secret), {ProofKind::client_secret, file_, {*secret}}};
  }

 private:
  const std::string file_;
};

class SignedAssertion final : public EntraCredential {
 public:
  SignedAssertion(const AuthSettings& profile, const Clock& clock, IdSource& ids)
      : files_{profile.client_certificate_file, profile.client_certificate_key_file},
        algorithm_(profile.client_certificate_algorithm),
        client_id_(profile.client_id),
        clock_(clock),
        ids_(ids) {}

  Result<EntraProof> prove(const std::string& token_url) override {
    const Instant now = clock_.now();
    const auto certificate = read_client_certificate(files_, now);
    if (!certificate) return certificate.error();
    const auto assertion =
        client_assertion(*certificate, algorithm_, AssertionClaims{token_url, client_id_, ids_.uuid(), now});
    if (!assertion) return assertion.error();
    return EntraProof{assertion_form(*assertion), {ProofKind::client_certificate, files_.certificate, {*assertion}}};
  }

 private:
  const CertificateFiles files_;
  const AuthSettings::Algorithm algorithm_;
  const std::string client_id_;
  const Clock& clock_;
  IdSource& ids_;
};

class FederatedToken final : public EntraCredential {
 public:
  explicit FederatedToken(const AuthSettings& profile) : file_(profile.federated_token_file) {}

  Result<EntraProof> prove(const std::string&) override {
    const auto token = read_secret_line(SecretFile{file_, "federated token"}, SecretKind::token);
    if (!token) return token.error();
    return EntraProof{assertion_form(*token), {ProofKind::federated_token, file_, {*token}}};
  }

 private:
  const std::string file_;
};

}  // namespace

std::unique_ptr<EntraCredential> make_entra_credential(const AuthSettings& profile, const Clock& clock, IdSource& ids) {
  switch (profile.method) {
    case AuthSettings::Method::client_secret:
      return std::make_unique<ClientSecret>(profile);
    case AuthSettings::Method::client_certificate:
      return std::make_unique<SignedAssertion>(profile, clock, ids);
    case AuthSettings::Method::workload_identity:
      return std::make_unique<FederatedToken>(profile);
    case AuthSettings::Method::managed_identity:
    case AuthSettings::Method::access_token:
      break;  // these methods send no proof to Entra
  }
  return nullptr;
}

}  // namespace azrestored
