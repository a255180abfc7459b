// The certificate that an application signs in with, and its private key, from PEM files (auth.clientCertificateFile).
// The files are read anew each time, so that a renewed certificate needs no restart. Every failure is of kind
// `unauthorized`, names the file and says what to do; nothing of a key is ever shown.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

#include "core/base/instant.hpp"
#include "core/base/result.hpp"

namespace azrestored {

struct CertificateFiles {
  std::string certificate;  // may hold a chain: the certificate that belongs to the key is taken
  std::string key;          // "" when the key is in the certificate's file
};

struct ClientCertificate {
  std::shared_ptr<X509> certificate;
  std::shared_ptr<EVP_PKEY> key;
};

/// A certificate that is valid at `now` with the RSA key that belongs to it. Microsoft Entra takes RSA alone (API.md
/// 8.2); keys with a passphrase are refused, as nobody is there to type it.
Result<ClientCertificate> read_client_certificate(const CertificateFiles& files, Instant now);

}  // namespace azrestored
