#include "daemon/signin/client_assertion.hpp"

#include <openssl/err.h>
#include <openssl/rsa.h>

#include <array>
#include <nlohmann/json.hpp>

#include "daemon/signin/base64url.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

/// The maximum that Microsoft documents. Each sign-in signs a new assertion, so a longer lifetime has no use.
constexpr auto life = std::chrono::minutes(10);

std::string bytes_of(const unsigned char* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// The digest of the certificate in DER. Entra uses it to find the registered certificate.
std::string thumbprint(const X509* certificate, const EVP_MD* digest) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  X509_digest(certificate, digest, bytes.data(), &size);
  return bytes_of(bytes.data(), size);
}

std::string upper_hex(std::string_view bytes) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text;
  for (const unsigned char byte : bytes) {
    text += digits[byte >> 4U];
    text += digits[byte & 0xFU];
  }
  return text;
}

json header_of(const X509* certificate, AuthSettings::Algorithm algorithm) {
  json header = {{"typ", "JWT"}};
  if (algorithm == AuthSettings::Algorithm::ps256) {
    header["alg"] = "PS256";
    header["x5t#S256"] = encode_base64url(thumbprint(certificate, EVP_sha256()));
  } else {
    const std::string sha1 = thumbprint(certificate, EVP_sha1());
    header["alg"] = "RS256";
    header["x5t"] = encode_base64url(sha1);
    header["kid"] = upper_hex(sha1);
  }
  return header;
}

json payload_of(const AssertionClaims& claims) {
  const auto now = std::chrono::floor<std::chrono::seconds>(claims.now).time_since_epoch();
  return {{"aud", claims.token_url}, {"iss", claims.client_id}, {"sub", claims.client_id},    {"jti", claims.id},
          {"iat", now.count()},      {"nbf", now.count()},      {"exp", (now + life).count()}};
}

bool choose_padding(EVP_PKEY_CTX* context, AuthSettings::Algorithm algorithm) {
  if (algorithm == AuthSettings::Algorithm::rs256) {
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1;
  }
  // RFC 7518 3.5: the salt has the length of the digest.
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
}

/// "" if OpenSSL cannot sign.
std::string signature_of(const std::string& text, EVP_PKEY* key, AuthSettings::Algorithm algorithm) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_PKEY_CTX* context = nullptr;  // owned by the digest
  if (EVP_DigestSignInit(digest.get(), &context, EVP_sha256(), nullptr, key) != 1) return "";
  if (!choose_padding(context, algorithm)) return "";
  const auto* data = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t size = 0;
  if (EVP_DigestSign(digest.get(), nullptr, &size, data, text.size()) != 1) return "";
  std::string signature(size, '\0');
  auto* place = reinterpret_cast<unsigned char*>(signature.data());
  if (EVP_DigestSign(digest.get(), place, &size, data, text.size()) != 1) return "";
  signature.resize(size);
  return signature;
}

}  // namespace

Result<std::string> client_assertion(const ClientCertificate& certificate, AuthSettings::Algorithm algorithm,
                                     const AssertionClaims& claims) {
  std::string text = encode_base64url(header_of(certificate.certificate.get(), algorithm).dump());
  text += '.';
  text += encode_base64url(payload_of(claims).dump());
  const std::string signature = signature_of(text, certificate.key.get(), algorithm);
  if (signature.empty()) {
    ERR_clear_error();
    return Error(ErrorKind::unauthorized,
                 "the private key of the client certificate cannot sign; it may be too short: use 2048 bits or more");
  }
  text += '.';
  text += encode_base64url(signature);
  return text;
}

}  // namespace azrestored
