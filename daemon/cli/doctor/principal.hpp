// Whom Azure knows a sign-in as, and the command that gives it a role. Pure.
#pragma once

#include <string>
#include <string_view>

#include "config/auth_settings.hpp"

namespace azrestored::cli {

/// What `az role assignment create` is told of the one who signs in with this profile and has got this token: the
/// object id that the token tells, else the application's, else a place to fill in.
std::string assignee_options(const AuthSettings& profile, std::string_view token);

/// `az role assignment create ... --role "Backup Operator" --scope VAULT`
std::string grant_command(const AuthSettings& profile, std::string_view token, const std::string& role,
                          const std::string& scope);

}  // namespace azrestored::cli
