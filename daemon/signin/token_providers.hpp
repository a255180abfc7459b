// The ways to sign in (auth.method), each a TokenProvider. Secrets are read from their files anew at each sign-in, so
// that changing one needs no restart; they appear in no sentence. What each sends: entra_sign_in.hpp for applications,
// managed_identity.hpp for machines.
#pragma once

#include <memory>
#include <string>

#include "config/auth_settings.hpp"
#include "core/base/id_source.hpp"
#include "core/http/transport.hpp"
#include "daemon/os/environment.hpp"
#include "daemon/signin/token_provider.hpp"
#include "core/base/clock.hpp"

namespace azrestored {

/// What a sign-in needs of the world. The references outlive the providers.
struct SignInPorts {
  Transport& transport;
  Clock& clock;
  IdSource& ids;
  Environment environment;  // names the host's identity service, and a workload's identity
};

/// The profile's provider. `resource` is what the tokens are for: arm.endpoint. A profile that cannot work, as the
/// environment lacks what it needs, gives a provider that says so at each sign-in.
std::unique_ptr<TokenProvider> make_token_provider(const AuthSettings& profile, const std::string& resource,
                                                   const SignInPorts& ports);

}  // namespace azrestored
