// The settings of one sign-in profile. "auth" in the file is one profile, or a list of named profiles. A job can select
// a profile by its name. azrestored.json(5) "SIGNING IN" lists what each method requires.
#pragma once

#include <string>
#include <string_view>

#include "config/clouds.hpp"

namespace azrestored {

struct AuthSettings {
  enum class Method { managed_identity, client_secret, client_certificate, workload_identity, access_token };
  /// How the client certificate signs. Microsoft documents PS256; RS256 is the older algorithm (azure-backup-api.md
  /// 8.2).
  enum class Algorithm { ps256, rs256 };

  std::string name = "default";
  Method method = Method::managed_identity;
  std::string authority{addresses_of(Cloud::public_cloud).authority};
  bool authority_is_given = false;  // by the file; otherwise workloadIdentity prefers AZURE_AUTHORITY_HOST
  std::string tenant_id;
  std::string client_id;  // of the application, or of a user-assigned managed identity
  std::string client_secret_file;
  std::string client_certificate_file;
  std::string client_certificate_key_file;  // "": the certificate's file also contains the key
  Algorithm client_certificate_algorithm = Algorithm::ps256;
  std::string federated_token_file;
  std::string access_token_file;
  std::string object_id;    // of a user-assigned managed identity
  std::string resource_id;  // of a user-assigned managed identity
  std::string imds_endpoint = "http://169.254.169.254";
  std::string arc_token_folder = "/var/opt/azcmagent/tokens";  // where Azure Arc's agent writes its key files
};

/// The method's name in the settings file: "clientSecret".
std::string_view name_of(AuthSettings::Method method);

}  // namespace azrestored
