#include "daemon/http_client/tls_context.hpp"

#include <openssl/err.h>
#include <openssl/x509_vfy.h>

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <stdexcept>

namespace azrestored {
namespace {

namespace ssl = boost::asio::ssl;

/// The daemon uses only a few hosts. Sessions of more origins than this are not kept.
constexpr std::size_t most_sessions = 64;

std::string untrusted(const SSL* ssl, const std::string& host) {
  const std::string certificate = "TLS: certificate of " + host;
  const long verdict = SSL_get_verify_result(ssl);
  switch (verdict) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return certificate + " (or one it depends on) has expired";
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return certificate + " (or one it depends on) is not valid yet; check this machine's clock";
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return certificate + " comes from an unknown authority (" + X509_verify_cert_error_string(verdict) +
             "); arm.caFile names the authorities to trust";
    default:
      return certificate + " is not acceptable: " + X509_verify_cert_error_string(verdict);
  }
}

}  // namespace

TlsContext::TlsContext(const std::string& ca_file) : context_(ssl::context::tls_client) {
  SSL_CTX_set_min_proto_version(context_.native_handle(), TLS1_2_VERSION);
  // This class keeps one session for each origin, because OpenSSL's client cache does not distinguish origins.
  SSL_CTX_set_session_cache_mode(context_.native_handle(), SSL_SESS_CACHE_OFF);
  context_.set_verify_mode(ssl::verify_peer);
  boost::system::error_code problem;
  if (ca_file.empty()) {
    context_.set_default_verify_paths(problem);
    if (problem) throw std::runtime_error("cannot read the system's certificate authorities: " + problem.message());
  } else {
    context_.load_verify_file(ca_file, problem);
    if (problem) {
      throw std::runtime_error("arm.caFile: cannot read certificate authorities (PEM) from " + ca_file + ": " +
                               problem.message());
    }
  }
}

void TlsContext::offer_session(SSL* ssl, const std::string& origin) const {
  if (const auto kept = sessions_.find(origin); kept != sessions_.end()) SSL_set_session(ssl, kept->second.get());
}

void TlsContext::keep_session(SSL* ssl, const std::string& origin) {
  std::unique_ptr<SSL_SESSION, SessionFree> session(SSL_get1_session(ssl));
  if (!session || SSL_SESSION_is_resumable(session.get()) == 0) return;
  if (sessions_.size() >= most_sessions && !sessions_.contains(origin)) sessions_.clear();
  sessions_[origin] = std::move(session);
}

std::string handshake_problem(const boost::system::error_code& problem, const SSL* ssl, const std::string& place,
                              const std::string& host, bool name_matched) {
  if (!name_matched) return "TLS: certificate of " + host + " is not valid for that name";
  const bool from_openssl = problem.category() == boost::asio::error::get_ssl_category();
  const int reason = from_openssl ? ERR_GET_REASON(static_cast<unsigned long>(problem.value())) : 0;
  if (from_openssl && reason == SSL_R_CERTIFICATE_VERIFY_FAILED) return untrusted(ssl, host);
  if (reason == SSL_R_UNSUPPORTED_PROTOCOL || reason == SSL_R_TLSV1_ALERT_PROTOCOL_VERSION) {
    return "TLS: " + place + " does not speak TLS 1.2 or newer";
  }
  if (reason == SSL_R_WRONG_VERSION_NUMBER || reason == SSL_R_HTTP_REQUEST) {
    return "TLS: " + place + " does not speak TLS";
  }
  if (problem == ssl::error::stream_truncated || problem == boost::asio::error::eof ||
      problem == boost::asio::error::connection_reset) {
    return "TLS: " + place + " closed the connection during the handshake";
  }
  return "TLS: handshake with " + place + " failed: " + problem.message();
}

}  // namespace azrestored
