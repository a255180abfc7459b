// The public certificate of an application, to check what its key has signed: thumbprints and signatures
// (azure-backup-api.md 8.2).
#pragma once

#include <memory>
#include <string>
#include <string_view>

typedef struct x509_st X509;

namespace azsim {

enum class Signing { ps256, rs256 };

class Certificate {
 public:
  /// Throws std::runtime_error if the text contains no certificate with an RSA key.
  explicit Certificate(const std::string& pem);

  /// base64url of the digest of the DER form: the value of `x5t#S256` and `x5t` in a JWT's header.
  [[nodiscard]] std::string sha256_thumbprint() const;
  [[nodiscard]] std::string sha1_thumbprint() const;
  [[nodiscard]] bool has_signed(std::string_view text, std::string_view signature, Signing how) const;

 private:
  std::shared_ptr<X509> x509_;
};

}  // namespace azsim
