#include "tests/unit/signin/client_certificates.hpp"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <stdexcept>

namespace azrestored::test {
namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

Bio memory() {
  return {BIO_new(BIO_s_mem()), BIO_free};
}

std::string content_of(const Bio& bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

Key owned(EVP_PKEY* key) {
  if (key == nullptr) throw std::runtime_error("OpenSSL makes no key");
  return {key, EVP_PKEY_free};
}

std::time_t seconds_of(Instant at) {
  return std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
}

}  // namespace

Key new_rsa_key() {
  return owned(EVP_RSA_gen(2048));
}

Key new_ec_key() {
  return owned(EVP_EC_gen("P-256"));
}

std::string pem_of(const Key& key, const std::string& passphrase) {
  const Bio bio = memory();
  const EVP_CIPHER* cipher = passphrase.empty() ? nullptr : EVP_aes_256_cbc();
  const auto* phrase = reinterpret_cast<const unsigned char*>(passphrase.data());
  PEM_write_bio_PrivateKey(bio.get(), key.get(), cipher, phrase, static_cast<int>(passphrase.size()), nullptr, nullptr);
  return content_of(bio);
}

std::string certificate_of(const Key& key, Instant from, Instant until) {
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  ASN1_TIME_set(X509_getm_notBefore(certificate.get()), seconds_of(from));
  ASN1_TIME_set(X509_getm_notAfter(certificate.get()), seconds_of(until));
  X509_NAME* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("contoso"), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  X509_set_pubkey(certificate.get(), key.get());
  if (X509_sign(certificate.get(), key.get(), EVP_sha256()) == 0) throw std::runtime_error("OpenSSL does not sign");
  const Bio bio = memory();
  PEM_write_bio_X509(bio.get(), certificate.get());
  return content_of(bio);
}

std::shared_ptr<X509> read_certificate(const std::string& pem) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
  return {PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr), X509_free};
}

}  // namespace azrestored::test
