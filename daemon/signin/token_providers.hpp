// The sign-in methods (auth.method), each a TokenProvider. Secrets are read from their files at every sign-in, so that
// a new secret needs no restart. They appear in no sentence. Applications sign in with entra_sign_in.hpp, machines with
// managed_identity.hpp.
#pragma once

#include <memory>
#include <string>

#include "config/auth_settings.hpp"
#include "core/base/clock.hpp"
#include "core/base/id_source.hpp"
#include "core/http/transport.hpp"
#include "daemon/os/environment.hpp"
#include "daemon/signin/token_provider.hpp"

namespace azrestored {

/// The ports that a sign-in uses. The references must outlive the providers.
struct SignInPorts {
  Transport& transport;
  Clock& clock;
  IdSource& ids;
  Environment environment;  // names the host's identity service, and a workload's identity
};

/// The profile's provider. `resource` is what the tokens are for: arm.endpoint. If the environment lacks what the
/// profile requires, every sign-in of the provider fails with that error.
std::unique_ptr<TokenProvider> make_token_provider(const AuthSettings& profile, const std::string& resource,
                                                   const SignInPorts& ports);

}  // namespace azrestored
