// What all our TLS connections share: who is trusted, TLS 1.2 or newer, and the sessions that may be resumed.
// A session is offered only to the host and port that it was made with: a resumed handshake shows no certificate, so
// its trust is that of the first one.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <map>
#include <memory>
#include <string>

namespace azrestored {

class TlsClient {
 public:
  /// Trusts the authorities in `ca_file`, or the system's when it is "". Throws std::runtime_error with a sentence when
  /// they cannot be read: without them the daemon could talk to nobody.
  explicit TlsClient(const std::string& ca_file);

  [[nodiscard]] boost::asio::ssl::context& context() { return context_; }

  /// Before the handshake: offers the kept session, if there is one.
  void offer_session(SSL* ssl, const std::string& origin) const;
  /// After an answer: the tickets of TLS 1.3 come with it, not with the handshake.
  void keep_session(SSL* ssl, const std::string& origin);

 private:
  struct SessionFree {
    void operator()(SSL_SESSION* session) const { SSL_SESSION_free(session); }
  };
  boost::asio::ssl::context context_;
  std::map<std::string, std::unique_ptr<SSL_SESSION, SessionFree>> sessions_;
};

/// How a handshake failed, in one sentence. `name_matched` is false when the chain was good but not made out to `host`.
std::string handshake_problem(const boost::system::error_code& problem, const SSL* ssl, const std::string& place,
                              const std::string& host, bool name_matched);

}  // namespace azrestored
