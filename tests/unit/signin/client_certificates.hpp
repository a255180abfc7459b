// Keys and certificates for tests, made in the process: RSA and EC, with the dates that the test sets. All texts are
// PEM.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

#include "core/base/instant.hpp"

namespace azrestored::test {

using Key = std::shared_ptr<EVP_PKEY>;

Key new_rsa_key();
Key new_ec_key();
std::string pem_of(const Key& key, const std::string& passphrase = "");

/// A self-signed certificate.
std::string certificate_of(const Key& key, Instant from, Instant until);

/// Reads the certificate from the PEM.
std::shared_ptr<X509> read_certificate(const std::string& pem);

}  // namespace azrestored::test
