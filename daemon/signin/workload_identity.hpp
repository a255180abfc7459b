// Workload identity: environment variables that Kubernetes' webhook and other platforms set (azure-backup-api.md 8.3)
// replace settings that are not given. Pure.
#pragma once

#include "config/auth_settings.hpp"
#include "core/base/result.hpp"
#include "daemon/os/environment.hpp"

namespace azrestored {

/// The profile, with AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_FEDERATED_TOKEN_FILE and AZURE_AUTHORITY_HOST for the
/// settings that are not given. Error kind `unauthorized` if a required value is in neither.
Result<AuthSettings> with_environment(AuthSettings profile, const Environment& environment);

}  // namespace azrestored
