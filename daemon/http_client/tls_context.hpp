// The TLS context of all connections: the trusted authorities, TLS 1.2 or newer, and the sessions to resume. A session
// is offered only to its own host and port: a resumed handshake has no certificate and relies on the check of the first
// one.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <map>
#include <memory>
#include <string>

namespace azrestored {

class TlsContext {
 public:
  /// Trusts the authorities in `ca_file`, or the system's if it is "". Throws std::runtime_error with a sentence if
  /// they cannot be read, because no connection would be possible without them.
  explicit TlsContext(const std::string& ca_file);

  [[nodiscard]] boost::asio::ssl::context& context() { return context_; }

  /// Offers the kept session, if there is one. Call it before the handshake.
  void offer_session(SSL* ssl, const std::string& origin) const;
  /// Keeps the session for later connections. Call it after a response, because TLS 1.3 sends its tickets after the
  /// handshake.
  void keep_session(SSL* ssl, const std::string& origin);

 private:
  struct SessionFree {
    void operator()(SSL_SESSION* session) const { SSL_SESSION_free(session); }
  };
  boost::asio::ssl::context context_;
  std::map<std::string, std::unique_ptr<SSL_SESSION, SessionFree>> sessions_;
};

/// Why a handshake failed, in one sentence. `name_matched` is false if the chain is valid but does not name `host`.
std::string handshake_problem(const boost::system::error_code& problem, const SSL* ssl, const std::string& place,
                              const std::string& host, bool name_matched);

}  // namespace azrestored
