// Signs in as this machine, or as an identity assigned to it (azure-backup-api.md 8.4). The environment shows the kind
// of host: App Service, a server connected by Azure Arc, otherwise a virtual machine with its metadata service. Arc's
// agent first requires the content of a file that only its group can read (arc_challenge.hpp).
#pragma once

#include <string>

#include "config/auth_settings.hpp"
#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/http/message.hpp"
#include "core/http/transport.hpp"
#include "daemon/os/environment.hpp"
#include "daemon/signin/token_provider.hpp"

namespace azrestored {

/// The identity service of this host.
struct IdentityHost {
  enum class Kind { virtual_machine, app_service, arc };
  Kind kind = Kind::virtual_machine;
  std::string token_url;  // without a query
  std::string secret;     // App Service: the value of IDENTITY_HEADER
};

/// Error kind `unauthorized` if the environment names an address that an identity service cannot have, or a host that
/// does not support the profile.
Result<IdentityHost> identity_host(const AuthSettings& profile, const Environment& environment);

/// The request for a token for `resource`, in the host's version of the protocol.
HttpRequest identity_request(const IdentityHost& host, const AuthSettings& profile, const std::string& resource);

class ManagedIdentity final : public TokenProvider {
 public:
  /// The references must outlive it.
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
