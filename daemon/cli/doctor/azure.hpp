// Common part of the checks of Azure: the sign-in by azure.cpp that rights.cpp uses.
#pragma once

#include <boost/asio/io_context.hpp>

#include "core/arm/arm_client.hpp"
#include "daemon/cli/doctor/checks.hpp"
#include "daemon/signin/token_provider.hpp"

namespace azrestored::cli {

/// A profile with the token of its sign-in by this check.
struct SignedIn {
  const AuthSettings& profile;
  AccessToken token;
};

/// Checks the permissions on the vault and adds the findings to the report.
void check_rights(DoctorContext& context, asio::io_context& loop, Transport& transport, const SignedIn& who,
                  const VaultId& vault);

}  // namespace azrestored::cli
