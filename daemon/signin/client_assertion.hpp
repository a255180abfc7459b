// The signed statement by which an application proves that it has its certificate's private key: a JSON Web Token for
// Microsoft Entra's token endpoint, good for minutes (API.md 8.2). OpenSSL signs. The result is a secret while it
// lives.
#pragma once

#include <string>

#include "config/auth_settings.hpp"
#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "daemon/signin/client_certificate.hpp"

namespace azrestored {

struct AssertionClaims {
  std::string token_url;  // whom it is for
  std::string client_id;  // who signs
  std::string id;         // never used before
  Instant now{};          // valid from here, for 10 minutes
};

Result<std::string> client_assertion(const ClientCertificate& certificate, AuthSettings::Algorithm algorithm,
                                     const AssertionClaims& claims);

}  // namespace azrestored
