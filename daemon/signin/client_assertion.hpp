// The signed assertion with which an application proves that it has its certificate's private key: a JSON Web Token for
// Microsoft Entra's token endpoint (azure-backup-api.md 8.2). OpenSSL signs it. It is valid for 10 minutes, and a
// secret for that time.
#pragma once

#include <string>

#include "config/auth_settings.hpp"
#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "daemon/signin/client_certificate.hpp"

namespace azrestored {

struct AssertionClaims {
  std::string token_url;  // the audience
  std::string client_id;  // the issuer and subject
  std::string id;         // unique
  Instant now{};          // begin of the validity
};

Result<std::string> client_assertion(const ClientCertificate& certificate, AuthSettings::Algorithm algorithm,
                                     const AssertionClaims& claims);

}  // namespace azrestored
