// The token endpoint of class Tokens: client credentials by secret, certificate or federated assertion
// (azure-backup-api.md 8.1 to 8.3), refused with Entra's error codes (8.7); and the description of the endpoint that
// Microsoft's own clients read first.
#include <algorithm>
#include <string>

#include "assertion.hpp"
#include "json.hpp"
#include "tokens.hpp"

namespace azsim {
namespace {

/// Entra's error shape (azure-backup-api.md 8.7).
Response entra_error(unsigned status, const char* error, int code, const std::string& sentence, Identifiers& ids,
                     Instant now) {
  const std::string trace = ids.guid(), correlation = ids.guid();
  std::string stamp = iso_utc(std::chrono::floor<std::chrono::seconds>(now));
  std::replace(stamp.begin(), stamp.end(), 'T', ' ');
  Json body;
  body["error"] = error;
  body["error_description"] = "AADSTS" + std::to_string(code) + ": " + sentence + " Trace ID: " + trace +
                              " Correlation ID: " + correlation + " Timestamp: " + stamp;
  body["error_codes"] = Json::array({code});
  body["timestamp"] = stamp;
  body["trace_id"] = trace;
  body["correlation_id"] = correlation;
  body["error_uri"] = "https://login.microsoftonline.com/error?code=" + std::to_string(code);
  return token_response(status, body);
}

struct TokenRefusal {
  unsigned status;
  const char* error;
  int code;
  std::string sentence;
};
using Refused = std::optional<TokenRefusal>;

const std::string scope_suffix = "/.default";

Refused check_form(const Request& request, const Pairs& form) {
  const std::string* type = find_value(request.headers, "Content-Type");
  if (type == nullptr || !starts_with_name(*type, "application/x-www-form-urlencoded"))
    return TokenRefusal{400, "invalid_request", 900144, "The body must be a form."};
  for (const char* name : {"grant_type", "client_id", "scope"}) {
    if (find_value(form, name) == nullptr)
      return TokenRefusal{400, "invalid_request", 900144, std::string("The form has no parameter '") + name + "'."};
  }
  if (*find_value(form, "grant_type") != "client_credentials")
    return TokenRefusal{400, "unsupported_grant_type", 70003, "The only supported grant type is client_credentials."};
  const std::string& scope = *find_value(form, "scope");
  if (scope.size() <= scope_suffix.size() || !scope.ends_with(scope_suffix) || scope.find(' ') != std::string::npos)
    return TokenRefusal{400, "invalid_scope", 70011, "The scope must be one resource followed by /.default."};
  return std::nullopt;
}

Refused check_assertion(const Pairs& form, const ClientSpec& client, const std::string& audience, Instant now,
                        std::set<std::string>& seen, Json& entry) {
  const std::string& assertion = *find_value(form, "client_assertion");
  const std::string* type = find_value(form, "client_assertion_type");
  if (type == nullptr || *type != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
    return TokenRefusal{400, "invalid_request", 900144, "The parameter 'client_assertion_type' is missing or wrong."};
  const auto& federated = client.federated_assertions;
  if (std::find(federated.begin(), federated.end(), assertion) != federated.end()) {
    entry["with"] = "federatedAssertion";
    return std::nullopt;
  }
  if (client.certificate.empty())
    return federated.empty()
               ? TokenRefusal{401, "invalid_client", 700027, "No certificate of this application is registered."}
               : TokenRefusal{401, "invalid_client", 700213, "No federated identity of the application fits the assertion."};
  entry["with"] = "certificate";
  entry["algorithm"] = assertion_algorithm(assertion);
  if (auto refused = judge_assertion(assertion, client, audience, now, seen))
    return TokenRefusal{401, "invalid_client", refused->code, refused->sentence};
  return std::nullopt;
}

}  // namespace

Response Tokens::client_credentials(const Request& request, const std::string& tenant, Json& entry, Instant now) {
  const Pairs form = parse_form(request.body);
  const auto refuse = [&](const TokenRefusal& refusal) {
    return entra_error(refusal.status, refusal.error, refusal.code, refusal.sentence, ids_, now);
  };
  if (auto refused = check_form(request, form)) return refuse(*refused);

  const auto of_tenant = [&](const ClientSpec& client) { return same_name(client.tenant_id, tenant); };
  if (std::none_of(state_.clients.begin(), state_.clients.end(), of_tenant))
    return refuse({400, "invalid_request", 90002, "The simulation has no tenant '" + tenant + "'."});
  const std::string& client_id = *find_value(form, "client_id");
  entry["clientId"] = client_id;
  const auto client = std::find_if(state_.clients.begin(), state_.clients.end(), [&](const ClientSpec& candidate) {
    return of_tenant(candidate) && same_name(candidate.client_id, client_id);
  });
  if (client == state_.clients.end())
    return refuse({400, "unauthorized_client", 700016, "The tenant has no application '" + client_id + "'."});
  const std::string* secret = find_value(form, "client_secret");
  if (find_value(form, "client_assertion") != nullptr) {
    const std::string audience = request.base_url + request.target.substr(0, request.target.find('?'));
    if (auto refused = check_assertion(form, *client, audience, now, assertions_, entry)) return refuse(*refused);
  } else if (secret == nullptr) {
    return refuse({401, "invalid_client", 7000218, "The form has no credential."});
  } else {
    entry["with"] = "secret";
    if (client->secret.empty() || *secret != client->secret)
      return refuse({401, "invalid_client", 7000215, "The client secret is wrong."});
  }

  const std::string& scope = *find_value(form, "scope");
  Json body;
  body["token_type"] = "Bearer";
  body["expires_in"] = lifetime_s_;
  body["ext_expires_in"] = lifetime_s_;
  body["access_token"] =
      issue(scope.substr(0, scope.size() - scope_suffix.size()), client->tenant_id, client->client_id, now);
  return token_response(200, body);
}

Response Tokens::openid_configuration(const Request& request, const std::string& tenant) const {
  const std::string base = request.base_url + "/" + tenant;
  Json body;
  body["token_endpoint"] = base + "/oauth2/v2.0/token";
  body["authorization_endpoint"] = base + "/oauth2/v2.0/authorize";
  body["issuer"] = base + "/v2.0";
  body["jwks_uri"] = base + "/discovery/v2.0/keys";
  return token_response(200, body);
}

}  // namespace azsim
