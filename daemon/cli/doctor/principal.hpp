// The identity of a sign-in in Azure, and the command that assigns a role to it. Pure.
#pragma once

#include <string>
#include <string_view>

#include "config/auth_settings.hpp"

namespace azrestored::cli {

/// The options of `az role assignment create` for the identity of this profile and token: the object id in the token,
/// otherwise the application's id, otherwise OBJECT-ID for the operator to replace.
std::string assignee_options(const AuthSettings& profile, std::string_view token);

/// `az role assignment create ... --role "Backup Operator" --scope VAULT`
std::string grant_command(const AuthSettings& profile, std::string_view token, const std::string& role,
                          const std::string& scope);

}  // namespace azrestored::cli
