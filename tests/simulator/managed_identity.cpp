// The managed identity endpoints of class Tokens (azure-backup-api.md 8.4): a VM's metadata service, App Service, and
// Arc with its challenge. Numbers are strings here.
#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

#include "json.hpp"
#include "tokens.hpp"

namespace azsim {
namespace {

Response metadata_error(unsigned status, const char* error, const std::string& sentence) {
  Json body;
  body["error"] = error;
  body["error_description"] = sentence;
  return token_response(status, body);
}

/// The member of an identity that a parameter names.
const std::string& id_of(const IdentitySpec& identity, const std::string& parameter) {
  if (parameter == "client_id") return identity.client_id;
  return parameter == "object_id" || parameter == "principal_id" ? identity.object_id : identity.resource_id;
}

constexpr const char* system_client = "cccccccc-3333-4333-8333-cccccccccccc";

/// The client id of the named identity, or nothing if the host has no such identity.
std::optional<std::string> choose(const HostIdentities& host, const std::string& parameter, const std::string& value) {
  if (parameter.empty()) {
    if (host.system_assigned) return system_client;
    // A host with only one identity always responds with it.
    const bool one = host.user_assigned && host.user_assigned->size() == 1;
    return one ? std::optional(host.user_assigned->front().client_id) : std::nullopt;
  }
  if (!host.user_assigned) return parameter == "client_id" ? value : system_client;
  for (const IdentitySpec& identity : *host.user_assigned) {
    if (!value.empty() && same_name(id_of(identity, parameter), value)) return identity.client_id;
  }
  return std::nullopt;
}

Response challenge(const std::string& file) {
  Response response = metadata_error(401, "unauthorized_client", "The client must prove that it can read the file.");
  response.headers.emplace_back("WWW-Authenticate", "Basic realm=" + file);
  return response;
}

std::string content_of(const ArcSpec& arc) {
  if (arc.content) return *arc.content;
  const std::ifstream file(arc.file, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

bool says_metadata(const Request& request) {
  const std::string* header = find_value(request.headers, "Metadata");
  return header != nullptr && same_name(*header, "true");
}

}  // namespace

bool Tokens::is_arc(const Pairs& query) const {
  const std::string* version = find_value(query, "api-version");
  return state_.arc && version != nullptr && (*version == "2019-11-01" || *version == "2020-06-01");
}

Response Tokens::metadata(const Request& request, const Pairs& query, Json& entry, Instant now) {
  if (!says_metadata(request)) return metadata_error(400, "bad_request_102", "The header 'Metadata: true' is missing.");
  if (find_value(query, "api-version") == nullptr)
    return metadata_error(400, "bad_request", "The api-version is missing.");
  const std::string* resource = find_value(query, "resource");
  if (resource == nullptr || resource->empty())
    return metadata_error(400, "invalid_request", "The resource is missing.");
  if (is_arc(query)) return arc(request, query, now);
  if (!state_.imds_enabled) return metadata_error(400, "invalid_request", "Identity not found");
  return grant_identity({state_.imds, {"client_id", "object_id", "msi_res_id", "mi_res_id"}}, query, entry, now);
}

/// Only the system-assigned identity, and only for a client that can read the file that the first response names.
Response Tokens::arc(const Request& request, const Pairs& query, Instant now) {
  for (const char* name : {"client_id", "object_id", "msi_res_id", "mi_res_id"}) {
    if (find_value(query, name) != nullptr)
      return metadata_error(400, "invalid_request", "This host has only the system-assigned identity.");
  }
  const std::string* authorization = find_value(request.headers, "Authorization");
  if (authorization == nullptr) return challenge(state_.arc->file);
  if (*authorization != "Basic " + content_of(*state_.arc))
    return metadata_error(401, "unauthorized_client", "The proof is not the content of the file.");
  Json ignored;
  const HostIdentities machine{state_.arc->tenant_id, true, {}};
  return grant_identity({machine, {}}, query, ignored, now);
}

/// The endpoint of a VM before the metadata service existed: a POST with a form. Some clients still use it if
/// MSI_ENDPOINT names it.
Response Tokens::vm_extension(const Request& request, Json& entry, Instant now) {
  if (!says_metadata(request)) return metadata_error(400, "bad_request_102", "The header 'Metadata: true' is missing.");
  const Pairs form = parse_form(request.body);
  const std::string* resource = find_value(form, "resource");
  if (resource == nullptr || resource->empty())
    return metadata_error(400, "invalid_request", "The resource is missing.");
  if (!state_.imds_enabled) return metadata_error(400, "invalid_request", "Identity not found");
  return grant_identity({state_.imds, {"client_id", "object_id", "msi_res_id"}}, form, entry, now);
}

Response Tokens::app_service(const Request& request, const Pairs& query, Json& entry, Instant now) {
  if (!state_.app_service) return metadata_error(404, "not_found", "This host has no managed identity endpoint.");
  const std::string* secret = find_value(request.headers, "X-IDENTITY-HEADER");
  if (secret == nullptr || *secret != state_.app_service->header)
    return metadata_error(401, "unauthorized_client", "The header X-IDENTITY-HEADER is missing or wrong.");
  const std::string *version = find_value(query, "api-version"), *resource = find_value(query, "resource");
  if (version == nullptr || *version != "2019-08-01")
    return metadata_error(400, "bad_request", "The api-version must be 2019-08-01.");
  if (resource == nullptr || resource->empty())
    return metadata_error(400, "invalid_request", "The resource is missing.");
  return grant_identity({state_.app_service->identities, {"client_id", "mi_res_id", "object_id", "principal_id"}},
                        query, entry, now);
}

Response Tokens::grant_identity(const Host& host, const Pairs& query, Json& entry, Instant now) {
  std::string parameter, value;
  for (const char* name : host.id_parameters) {
    if (const std::string* given = find_value(query, name)) {
      if (!parameter.empty()) return metadata_error(400, "invalid_request", "Only one id is allowed.");
      parameter = name;
      value = *given;
      entry["identity"][parameter] = value;
    }
  }
  const auto client = choose(host.identities, parameter, value);
  if (!client) return metadata_error(400, "invalid_request", "Identity not found");
  const std::string& resource = *find_value(query, "resource");
  Json body;
  body["access_token"] = issue(resource, host.identities.tenant_id, *client, now);
  body["client_id"] = *client;
  body["expires_in"] = std::to_string(lifetime_s_);
  body["expires_on"] = std::to_string(epoch_seconds(now) + lifetime_s_);
  body["ext_expires_in"] = std::to_string(lifetime_s_);
  body["not_before"] = std::to_string(epoch_seconds(now));
  body["resource"] = resource;
  body["token_type"] = "Bearer";
  return token_response(200, body);
}

}  // namespace azsim
