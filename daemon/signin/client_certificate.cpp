#include "daemon/signin/client_certificate.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <ctime>
#include <vector>

#include "daemon/signin/secret_file.hpp"

namespace azrestored {
namespace {

Error unusable(const std::string& why) {
  return {ErrorKind::unauthorized, why};
}

/// Clears OpenSSL's error queue, so that the next TLS connection does not report these errors as its own.
struct CleanErrors {
  ~CleanErrors() { ERR_clear_error(); }
};

/// OpenSSL's callback for a passphrase: there is none. Without it OpenSSL would ask on the terminal.
int no_passphrase(char*, int, int, void*) {
  return -1;
}

std::shared_ptr<BIO> reader_of(const std::string& text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free};
}

/// "an EC key", "a key of type ED25519"
std::string kind_of(const EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "EC") == 1) return "an EC key";
  const char* name = EVP_PKEY_get0_type_name(key);
  return "a key of type " + std::string(name == nullptr ? "unknown" : name);
}

Result<std::shared_ptr<EVP_PKEY>> key_in(const std::string& text, const std::string& path) {
  const auto reader = reader_of(text);
  std::shared_ptr<EVP_PKEY> key(PEM_read_bio_PrivateKey(reader.get(), nullptr, no_passphrase, nullptr), EVP_PKEY_free);
  if (key == nullptr && text.find("ENCRYPTED") != std::string::npos) {
    return unusable("the private key in " + path +
                    " has a passphrase; remove it with `openssl pkey`, and make the file readable "
                    "by the daemon's user only");
  }
  if (key == nullptr && text.find("PRIVATE KEY-----") != std::string::npos) {
    return unusable("the private key in " + path + " is damaged; write it there again, in PEM");
  }
  if (key == nullptr) {
    return unusable(path + " contains no private key in PEM; append it there, or name its file in " +
                    "auth.clientCertificateKeyFile");
  }
  if (EVP_PKEY_is_a(key.get(), "RSA") != 1) {
    return unusable(path + " has " + kind_of(key.get()) +
                    "; Microsoft Entra accepts only RSA keys: make a certificate with an RSA key and register it");
  }
  return key;
}

std::vector<std::shared_ptr<X509>> certificates_in(const std::string& text) {
  const auto reader = reader_of(text);
  std::vector<std::shared_ptr<X509>> certificates;
  while (X509* certificate = PEM_read_bio_X509(reader.get(), nullptr, no_passphrase, nullptr)) {
    certificates.emplace_back(certificate, X509_free);
  }
  return certificates;
}

std::string day_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return "an unknown day";
  return to_rfc3339(Instant(std::chrono::seconds(::timegm(&parts))));
}

/// An error if the certificate is not valid at `now`.
Result<void> check_validity(const X509* certificate, const std::string& path, Instant now) {
  std::time_t seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
  if (X509_cmp_time(X509_get0_notAfter(certificate), &seconds) <= 0) {
    return unusable("the client certificate in " + path + " expired at " + day_of(X509_get0_notAfter(certificate)) +
                    "; put a new one there and register it in Microsoft Entra");
  }
  if (X509_cmp_time(X509_get0_notBefore(certificate), &seconds) > 0) {
    return unusable("the client certificate in " + path + " is not valid before " +
                    day_of(X509_get0_notBefore(certificate)) + "; check this machine's clock");
  }
  return {};
}

}  // namespace

Result<ClientCertificate> read_client_certificate(const CertificateFiles& files, Instant now) {
  const CleanErrors clean;
  const std::string& key_path = files.key.empty() ? files.certificate : files.key;
  const auto text = read_secret_text(SecretFile{files.certificate, "client certificate"});
  if (!text) return text.error();
  const auto certificates = certificates_in(*text);
  if (certificates.empty()) {
    return unusable(files.certificate + " contains no certificate in PEM; put the client certificate there (`openssl " +
                    "pkcs12 -nodes` converts a .pfx file to PEM)");
  }
  const auto key_text = files.key.empty() ? text : read_secret_text(SecretFile{files.key, "private key"});
  if (!key_text) return key_text.error();
  const auto key = key_in(*key_text, key_path);
  if (!key) return key.error();
  for (const auto& certificate : certificates) {
    if (X509_check_private_key(certificate.get(), key->get()) != 1) continue;
    const auto valid = check_validity(certificate.get(), files.certificate, now);
    if (!valid) return valid.error();
    return ClientCertificate{certificate, *key};
  }
  return unusable("the private key in " + key_path + " does not belong to the client certificate in " +
                  files.certificate + "; replace one of them by the one that matches");
}

}  // namespace azrestored
