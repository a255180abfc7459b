// The three ways to sign in (auth.method). Secrets are read from their files anew at each sign-in, so that changing one
// needs no restart; they appear in no sentence.
#pragma once

#include <memory>

#include "config/settings.hpp"
#include "core/ports.hpp"
#include "daemon/token_provider.hpp"

namespace azrestored {

/// The provider that the settings name. `transport` carries its requests; both references outlive it.
std::unique_ptr<TokenProvider> make_token_provider(const Settings& settings, Transport& transport, Clock& clock);

}  // namespace azrestored
