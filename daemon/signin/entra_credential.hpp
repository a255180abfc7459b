// What an application proves itself with at Microsoft Entra's token endpoint (API.md 8.1 to 8.3): a secret, a signed
// assertion, or a token that somebody else gave it. One class each. Files are read anew at each sign-in, as secrets are
// replaced, certificates renewed and federated tokens rotated while we run.
#pragma once

#include <memory>
#include <string>

#include "config/auth_settings.hpp"
#include "core/base/id_source.hpp"
#include "core/base/result.hpp"
#include "daemon/signin/entra_errors.hpp"
#include "core/base/clock.hpp"

namespace azrestored {

struct EntraProof {
  std::string form;      // parameters of the request, encoded
  ProofContext context;  // for reading the answer
};

class EntraCredential {
 public:
  virtual ~EntraCredential() = default;
  /// Error kind `unauthorized`: a file is missing or unusable.
  virtual Result<EntraProof> prove(const std::string& token_url) = 0;
};

/// The credential of the profile's method, which is clientSecret, clientCertificate or workloadIdentity. The references
/// outlive it.
std::unique_ptr<EntraCredential> make_entra_credential(const AuthSettings& profile, const Clock& clock, IdSource& ids);

}  // namespace azrestored
