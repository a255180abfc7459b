#include "daemon/http_client/peer_certificate.hpp"

#include <openssl/x509.h>

#include <array>
#include <ctime>
#include <memory>

#include "core/base/utf8.hpp"

namespace azrestored {
namespace {

struct CertificateFree {
  void operator()(X509* certificate) const { X509_free(certificate); }
};

std::string name_part(const X509_NAME* name, int part) {
  std::array<char, 256> text{};
  const int length = X509_NAME_get_text_by_NID(name, part, text.data(), text.size());
  return length > 0 ? printable({text.data(), static_cast<std::size_t>(length)}) : "";
}

}  // namespace

std::optional<PeerCertificate> peer_certificate(const SSL* ssl) {
  const std::unique_ptr<X509, CertificateFree> certificate(SSL_get1_peer_certificate(ssl));
  if (!certificate) return std::nullopt;
  PeerCertificate reported;
  const X509_NAME* const issuer = X509_get_issuer_name(certificate.get());
  reported.authority = name_part(issuer, NID_commonName);
  if (reported.authority.empty()) reported.authority = name_part(issuer, NID_organizationName);
  std::tm end{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &end) == 1)
    reported.good_until = Instant(std::chrono::seconds(::timegm(&end)));
  return reported;
}

}  // namespace azrestored
