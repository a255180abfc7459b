// A workload's identity as its platform announces it: the variables that Kubernetes' webhook and others set
// (API.md 8.3) stand in for settings that are not given. Pure.
#pragma once

#include "config/auth_settings.hpp"
#include "core/base/result.hpp"
#include "daemon/os/environment.hpp"

namespace azrestored {

/// The profile with AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_FEDERATED_TOKEN_FILE and AZURE_AUTHORITY_HOST in place of
/// what the settings leave open. Kind `unauthorized` when neither says something that is needed.
Result<AuthSettings> with_environment(AuthSettings profile, const Environment& environment);

}  // namespace azrestored
