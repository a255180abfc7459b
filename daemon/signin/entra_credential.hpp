// The proofs of an application at Microsoft Entra's token endpoint (azure-backup-api.md 8.1 to 8.3): a secret, a signed
// assertion, or a token of another issuer. One class for each. Their files are read at every sign-in, because secrets,
// certificates and federated tokens are replaced while the daemon runs.
#pragma once

#include <memory>
#include <string>

#include "config/auth_settings.hpp"
#include "core/base/clock.hpp"
#include "core/base/id_source.hpp"
#include "core/base/result.hpp"
#include "daemon/signin/entra_errors.hpp"

namespace azrestored {

struct EntraProof {
  std::string form;      // parameters of the request, encoded
  ProofContext context;  // for the sentence about a refusal
};

class EntraCredential {
 public:
  virtual ~EntraCredential() = default;
  /// Error kind `unauthorized`: a file is missing or unusable.
  virtual Result<EntraProof> prove(const std::string& token_url) = 0;
};

/// The credential of the profile's method, which must be clientSecret, clientCertificate or workloadIdentity. The
/// references must outlive it.
std::unique_ptr<EntraCredential> make_entra_credential(const AuthSettings& profile, const Clock& clock, IdSource& ids);

}  // namespace azrestored
