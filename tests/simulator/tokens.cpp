// See tokens.hpp.
#include "tokens.hpp"

#include <algorithm>
#include <utility>

#include "digest.hpp"
#include "json.hpp"

namespace azsim {
namespace {

Response json_response(unsigned status, const Json& body) {
  Response response;
  response.status = status;
  response.headers = {{"Cache-Control", "no-store, no-cache"},
                      {"Pragma", "no-cache"},
                      {"Expires", "-1"},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Content-Type", "application/json; charset=utf-8"}};
  response.body = to_text(body);
  return response;
}

/// Entra's error shape (API.md 8.7).
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
  return json_response(status, body);
}

Response metadata_error(const char* error, const char* sentence) {
  Json body;
  body["error"] = error;
  body["error_description"] = sentence;
  return json_response(400, body);
}

}  // namespace

Tokens::Tokens(const State& state, std::int64_t lifetime_s, std::string key, Identifiers& ids)
    : state_(state), lifetime_s_(lifetime_s), key_(std::move(key)), ids_(ids) {}

std::string Tokens::issue(const std::string& audience, const std::string& tenant, const std::string& client,
                          Instant now) {
  Json header, claims;
  header["typ"] = "JWT";
  header["alg"] = "HS256";
  claims["aud"] = audience;
  claims["iss"] = "https://sts.windows.net/" + tenant + "/";
  claims["appid"] = client;
  claims["iat"] = claims["nbf"] = epoch_seconds(now);
  claims["exp"] = epoch_seconds(now) + lifetime_s_;
  claims["jti"] = ids_.guid();
  const std::string content = base64url(to_text(header)) + "." + base64url(to_text(claims));
  std::string token = content + "." + base64url(hmac_sha256(key_, content));
  expiry_[token] = now + std::chrono::seconds{lifetime_s_};
  ++issued_;
  return token;
}

Response Tokens::client_credentials(const Request& request, const std::string& tenant, Instant now) {
  const Pairs form = parse_form(request.body);
  const auto refuse = [&](unsigned status, const char* error, int code, const std::string& sentence) {
    return entra_error(status, error, code, sentence, ids_, now);
  };
  const std::string* type = find_value(request.headers, "Content-Type");
  if (type == nullptr || !starts_with_name(*type, "application/x-www-form-urlencoded"))
    return refuse(400, "invalid_request", 900144, "The body must be a form.");
  for (const char* name : {"grant_type", "client_id", "scope"}) {
    if (find_value(form, name) == nullptr)
      return refuse(400, "invalid_request", 900144, std::string("The form lacks the parameter '") + name + "'.");
  }
  if (*find_value(form, "grant_type") != "client_credentials")
    return refuse(400, "unsupported_grant_type", 70003, "Only client_credentials is granted here.");
  const std::string& scope = *find_value(form, "scope");
  const std::string suffix = "/.default";
  if (scope.size() <= suffix.size() || !scope.ends_with(suffix) || scope.find(' ') != std::string::npos)
    return refuse(400, "invalid_scope", 70011, "The scope must be one resource followed by /.default.");

  const auto of_tenant = [&](const ClientSpec& client) { return same_name(client.tenant_id, tenant); };
  if (std::none_of(state_.clients.begin(), state_.clients.end(), of_tenant))
    return refuse(400, "invalid_request", 90002, "There is no tenant '" + tenant + "' here.");
  const std::string& client_id = *find_value(form, "client_id");
  const auto client = std::find_if(state_.clients.begin(), state_.clients.end(), [&](const ClientSpec& candidate) {
    return of_tenant(candidate) && same_name(candidate.client_id, client_id);
  });
  if (client == state_.clients.end())
    return refuse(400, "unauthorized_client", 700016, "No application '" + client_id + "' is known in the tenant.");
  if (find_value(form, "client_assertion") != nullptr)
    return refuse(401, "invalid_client", 700027, "No certificate of this application is registered.");
  const std::string* secret = find_value(form, "client_secret");
  if (secret == nullptr) return refuse(401, "invalid_client", 7000218, "The form holds no credential.");
  if (*secret != client->secret) return refuse(401, "invalid_client", 7000215, "The client secret is wrong.");

  Json body;
  body["token_type"] = "Bearer";
  body["expires_in"] = lifetime_s_;
  body["ext_expires_in"] = lifetime_s_;
  body["access_token"] = issue(scope.substr(0, scope.size() - suffix.size()), tenant, client->client_id, now);
  return json_response(200, body);
}

Response Tokens::managed_identity(const Request& request, const Pairs& query, Instant now) {
  const std::string* metadata = find_value(request.headers, "Metadata");
  if (metadata == nullptr || !same_name(*metadata, "true"))
    return metadata_error("bad_request_102", "The header 'Metadata: true' is missing.");
  if (find_value(query, "api-version") == nullptr) return metadata_error("bad_request", "The api-version is missing.");
  const std::string* resource = find_value(query, "resource");
  if (resource == nullptr || resource->empty()) return metadata_error("invalid_request", "The resource is missing.");
  if (!state_.imds_enabled) return metadata_error("invalid_request", "Identity not found");

  const std::string* asked = find_value(query, "client_id");
  const std::string client = asked != nullptr ? *asked : "cccccccc-3333-4333-8333-cccccccccccc";
  Json body;
  body["access_token"] = issue(*resource, "managed-identity", client, now);
  body["client_id"] = client;
  body["expires_in"] = std::to_string(lifetime_s_);  // numbers as texts: API.md 8.4
  body["expires_on"] = std::to_string(epoch_seconds(now) + lifetime_s_);
  body["ext_expires_in"] = std::to_string(lifetime_s_);
  body["not_before"] = std::to_string(epoch_seconds(now));
  body["resource"] = *resource;
  body["token_type"] = "Bearer";
  return json_response(200, body);
}

TokenVerdict Tokens::judge(const Pairs& headers, Instant now) const {
  const std::string* authorization = find_value(headers, "Authorization");
  if (authorization == nullptr || authorization->empty()) return TokenVerdict::missing;
  constexpr std::string_view scheme = "Bearer ";
  if (!starts_with_name(*authorization, scheme)) return TokenVerdict::invalid;
  const std::string token = authorization->substr(scheme.size());
  if (std::find(state_.access_tokens.begin(), state_.access_tokens.end(), token) != state_.access_tokens.end())
    return TokenVerdict::good;
  const auto it = expiry_.find(token);
  if (it == expiry_.end()) return TokenVerdict::invalid;
  return now < it->second ? TokenVerdict::good : TokenVerdict::expired;
}

void Tokens::expire_all() {
  for (auto& [token, expiry] : expiry_) expiry = Instant::min();
}

}  // namespace azsim
