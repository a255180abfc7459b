#include "daemon/cli/doctor/principal.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "daemon/cli/doctor/report.hpp"
#include "daemon/signin/jwt.hpp"

namespace azrestored::cli {
namespace {

/// True for the form of Entra's ids. The token is untrusted, and the text becomes part of a shell command.
bool is_id(const std::string& text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

}  // namespace

std::string assignee_options(const AuthSettings& profile, std::string_view token) {
  const std::string object = jwt_claim(token, "oid");
  if (is_id(object)) {
    const bool is_user = jwt_claim(token, "idtyp") == "user" || !jwt_claim(token, "upn").empty();
    return "--assignee-object-id " + object + " --assignee-principal-type " + (is_user ? "User" : "ServicePrincipal");
  }
  const bool is_application = profile.method != AuthSettings::Method::access_token && !profile.client_id.empty();
  return "--assignee " + (is_application ? shell_word(profile.client_id) : std::string("OBJECT-ID"));
}

std::string grant_command(const AuthSettings& profile, std::string_view token, const std::string& role,
                          const std::string& scope) {
  return "az role assignment create " + assignee_options(profile, token) + " --role \"" + role + "\" --scope " +
         shell_word(scope);
}

}  // namespace azrestored::cli
