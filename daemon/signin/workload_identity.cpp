#include "daemon/signin/workload_identity.hpp"

#include "config/setting_forms.hpp"
#include "core/http/percent_encoding.hpp"
#include "core/json/fault.hpp"

namespace azrestored {

Result<AuthSettings> with_environment(AuthSettings profile, const Environment& environment) {
  struct Gap {
    std::string AuthSettings::*value;
    const char* setting;
    const char* variable;
  };
  static constexpr Gap gaps[] = {
      {&AuthSettings::tenant_id, "auth.tenantId", "AZURE_TENANT_ID"},
      {&AuthSettings::client_id, "auth.clientId", "AZURE_CLIENT_ID"},
      {&AuthSettings::federated_token_file, "auth.federatedTokenFile", "AZURE_FEDERATED_TOKEN_FILE"},
  };
  for (const Gap& gap : gaps) {
    std::string& value = profile.*gap.value;
    if (value.empty()) value = value_in(environment, gap.variable);
    if (!value.empty()) continue;
    return Error(ErrorKind::unauthorized, std::string(gap.setting) +
                                              " is not given, and the daemon was started without " + gap.variable +
                                              " in its environment; set one of the two");
  }
  const std::string authority = without_trailing_slash(value_in(environment, "AZURE_AUTHORITY_HOST"));
  if (profile.authority_is_given || authority.empty()) return profile;
  if (!is_service_url(authority)) {
    return Error(ErrorKind::unauthorized, "AZURE_AUTHORITY_HOST in the daemon's environment is " +
                                              in_quotes(authority) + "; expected " + std::string(forms::service_url));
  }
  profile.authority = authority;
  return profile;
}

}  // namespace azrestored
