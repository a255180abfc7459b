// See certificate.hpp.
#include "certificate.hpp"

#include <array>
#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "text.hpp"

namespace azsim {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string thumbprint(X509* x509, const EVP_MD* kind) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned size = 0;
  if (X509_digest(x509, kind, out.data(), &size) != 1) throw std::runtime_error("the certificate has no digest");
  return base64url(std::string(out.begin(), out.begin() + size));
}

}  // namespace

Certificate::Certificate(const std::string& pem) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                                      &BIO_free);
  x509_ = std::shared_ptr<X509>(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr), &X509_free);
  if (x509_ == nullptr || EVP_PKEY_get_base_id(X509_get0_pubkey(x509_.get())) != EVP_PKEY_RSA)
    throw std::runtime_error("contains no certificate with an RSA key");
}

std::string Certificate::sha256_thumbprint() const {
  return thumbprint(x509_.get(), EVP_sha256());
}

std::string Certificate::sha1_thumbprint() const {
  return thumbprint(x509_.get(), EVP_sha1());
}

bool Certificate::has_signed(std::string_view text, std::string_view signature, Signing how) const {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  EVP_PKEY_CTX* key = nullptr;  // belongs to the context
  if (EVP_DigestVerifyInit(context.get(), &key, EVP_sha256(), nullptr, X509_get0_pubkey(x509_.get())) != 1)
    return false;
  // RFC 7518, 3.5: the salt of PS256 has the length of the digest.
  if (how == Signing::ps256 && (EVP_PKEY_CTX_set_rsa_padding(key, RSA_PKCS1_PSS_PADDING) != 1 ||
                                EVP_PKEY_CTX_set_rsa_pss_saltlen(key, RSA_PSS_SALTLEN_DIGEST) != 1))
    return false;
  return EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(text), text.size()) == 1;
}

}  // namespace azsim
