// The settings of one way to sign in: a profile. "auth" in the file is one of them, or a list of them with names; a job
// may name the one that it signs in with. What each method needs: README "Signing in".
#pragma once

#include <string>
#include <string_view>

#include "config/clouds.hpp"

namespace azrestored {

struct AuthSettings {
  enum class Method { managed_identity, client_secret, client_certificate, workload_identity, access_token };
  /// How a client's certificate signs: PS256 is what Microsoft documents, RS256 what it took before (API.md 8.2).
  enum class Algorithm { ps256, rs256 };

  std::string name = "default";
  Method method = Method::managed_identity;
  std::string authority{addresses_of(Cloud::public_cloud).authority};
  bool authority_is_given = false;  // by the file; if not, workloadIdentity prefers AZURE_AUTHORITY_HOST
  std::string tenant_id;
  std::string client_id;  // of the application, or of a user-assigned managed identity
  std::string client_secret_file;
  std::string client_certificate_file;
  std::string client_certificate_key_file;  // "" means that the certificate's file holds the key too
  Algorithm client_certificate_algorithm = Algorithm::ps256;
  std::string federated_token_file;
  std::string access_token_file;
  std::string object_id;    // of a user-assigned managed identity
  std::string resource_id;  // of a user-assigned managed identity
  std::string imds_endpoint = "http://169.254.169.254";
  std::string arc_token_folder = "/var/opt/azcmagent/tokens";  // where Azure Arc's agent puts its challenges
};

/// As the settings spell it: "clientSecret".
std::string_view name_of(AuthSettings::Method method);

}  // namespace azrestored
