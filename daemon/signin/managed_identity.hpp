// Signing in as the machine that we run on, or as an identity assigned to it (API.md 8.4). The environment tells which
// kind of host it is: App Service, a server that Azure Arc connects, else a virtual machine with its metadata service.
// On Arc the service first challenges us to read a file that only its group can read (arc_challenge.hpp).
#pragma once

#include <string>

#include "config/auth_settings.hpp"
#include "core/base/result.hpp"
#include "core/http/message.hpp"
#include "core/http/transport.hpp"
#include "daemon/os/environment.hpp"
#include "daemon/signin/token_provider.hpp"
#include "core/base/clock.hpp"

namespace azrestored {

/// Where this host gives tokens.
struct IdentityHost {
  enum class Kind { virtual_machine, app_service, arc };
  Kind kind = Kind::virtual_machine;
  std::string token_url;  // without a query
  std::string secret;     // App Service: the value of IDENTITY_HEADER
};

/// Kind `unauthorized` when the environment names an address that no identity service has, or a host that cannot serve
/// the profile.
Result<IdentityHost> identity_host(const AuthSettings& profile, const Environment& environment);

/// The request for a token for `resource`, as the host's own version of the protocol wants it.
HttpRequest identity_request(const IdentityHost& host, const AuthSettings& profile, const std::string& resource);

class ManagedIdentity final : public TokenProvider {
 public:
  /// The references outlive it.
  ManagedIdentity(const IdentityHost& host, HttpRequest request, std::string arc_token_folder, Transport& transport,
                  const Clock& clock);

  asio::awaitable<SignIn> sign_in() override;

 private:
  using Answer = std::variant<HttpResponse, TransportFailure>;
  [[nodiscard]] SignIn read(const Answer& answer) const;

  const IdentityHost::Kind kind_;
  const HttpRequest request_;
  const std::string arc_token_folder_;
  Transport& transport_;
  const Clock& clock_;
};

}  // namespace azrestored
