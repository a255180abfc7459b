// Reads the certificate that an application signs in with, and its private key, from PEM files
// (auth.clientCertificateFile). The files are read at every sign-in, so that a renewed certificate needs no restart.
// Every failure has the kind `unauthorized`, names the file and says what to do. It never contains a part of a key.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

#include "core/base/instant.hpp"
#include "core/base/result.hpp"

namespace azrestored {

struct CertificateFiles {
  std::string certificate;  // may contain a chain: the certificate that belongs to the key is used
  std::string key;          // "": the certificate's file also contains the key
};

struct ClientCertificate {
  std::shared_ptr<X509> certificate;
  std::shared_ptr<EVP_PKEY> key;
};

/// The certificate that is valid at `now`, with its RSA key. Microsoft Entra accepts only RSA (azure-backup-api.md
/// 8.2). Keys with a passphrase are refused, because a daemon cannot ask for it.
Result<ClientCertificate> read_client_certificate(const CertificateFiles& files, Instant now);

}  // namespace azrestored
