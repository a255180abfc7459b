// See tokens.hpp. The endpoints are in token_endpoint.cpp and daemon/signin/managed_identity.cpp.
#include "tokens.hpp"

#include <algorithm>
#include <utility>

#include "digest.hpp"
#include "json.hpp"

namespace azsim {
namespace {

constexpr std::size_t most_requests = 1000;
constexpr std::string_view scheme = "Bearer ";

/// The tokens of a header that may name several, separated by commas or semicolons.
std::vector<std::string> bearer_tokens(const std::string& header) {
  std::vector<std::string> tokens;
  std::string list = header;
  std::replace(list.begin(), list.end(), ';', ',');
  for (std::string_view part : split(list, ',')) {
    while (part.starts_with(' ')) part.remove_prefix(1);
    if (starts_with_name(part, scheme)) tokens.emplace_back(part.substr(scheme.size()));
  }
  return tokens;
}

}  // namespace

Response token_response(unsigned status, const Json& body) {
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

Tokens::Tokens(const State& state, std::int64_t lifetime_s, std::string key, Identifiers& ids)
    : state_(state), lifetime_s_(lifetime_s), key_(std::move(key)), ids_(ids), errors_(state.token_errors) {}

Response Tokens::answer(const Request& request, const RouteMatch& match, Instant now) {
  if (match.route == Route::openid) return openid_configuration(request, match.tenant);
  const Pairs& query = match.target.query;
  const bool token = match.route == Route::token;
  Json entry;
  entry["endpoint"] = token                                ? "token"
                      : match.route == Route::app_service  ? "appService"
                      : match.route == Route::vm_extension ? "vmExtension"
                      : is_arc(query)                      ? "arc"
                                                           : "imds";
  if (token) entry["tenantId"] = match.tenant;
  Response response;
  if (const TokenError* due = error_due(entry["endpoint"], match.tenant)) {
    response = token_response(due->status, due->body);
    response.headers.insert(response.headers.end(), due->headers.begin(), due->headers.end());
  } else if (token) {
    response = client_credentials(request, match.tenant, entry, now);
  } else if (match.route == Route::app_service) {
    response = app_service(request, query, entry, now);
  } else if (match.route == Route::vm_extension) {
    response = vm_extension(request, entry, now);
  } else {
    response = metadata(request, query, entry, now);
  }
  entry["granted"] = response.status == 200;
  if (response.status != 200) entry["error"] = Json::parse(response.body, nullptr, false);
  if (requests_.size() < most_requests) requests_.push_back(std::move(entry));
  return response;
}

const TokenError* Tokens::error_due(const std::string& endpoint, const std::string& tenant) {
  for (TokenError& error : errors_) {
    const bool fits = (error.endpoint.empty() || error.endpoint == endpoint) &&
                      (error.tenant_id.empty() || same_name(error.tenant_id, tenant));
    if (!fits || error.times <= 0) continue;
    --error.times;
    return &error;
  }
  return nullptr;
}

std::string Tokens::issue(const std::string& audience, const std::string& tenant, const std::string& client,
                          Instant now) {
  Json header, claims;
  header["typ"] = "JWT";
  header["alg"] = "HS256";
  claims["aud"] = audience;
  claims["iss"] = "https://sts.windows.net/" + tenant + "/";
  if (!tenant.empty()) claims["tid"] = tenant;
  claims["appid"] = client;
  claims["iat"] = claims["nbf"] = epoch_seconds(now);
  claims["exp"] = epoch_seconds(now) + lifetime_s_;
  claims["jti"] = ids_.guid();
  const std::string content = base64url(to_text(header)) + "." + base64url(to_text(claims));
  std::string token = content + "." + base64url(hmac_sha256(key_, content));
  tokens_[token] = Issued{now + std::chrono::seconds{lifetime_s_}, tenant};
  ++issued_;
  return token;
}

const std::string* Tokens::good_tenant(const std::string& token, Instant now) const {
  for (const StaticToken& fixed : state_.access_tokens) {
    if (fixed.token == token) return &fixed.tenant_id;
  }
  const auto it = tokens_.find(token);
  return it != tokens_.end() && now < it->second.expiry ? &it->second.tenant : nullptr;
}

TokenVerdict Tokens::judge(const Pairs& headers, Instant now) const {
  const std::string* authorization = find_value(headers, "Authorization");
  if (authorization == nullptr || authorization->empty()) return TokenVerdict::missing;
  if (!starts_with_name(*authorization, scheme)) return TokenVerdict::invalid;
  const std::string token = authorization->substr(scheme.size());
  if (good_tenant(token, now) != nullptr) return TokenVerdict::good;
  return tokens_.contains(token) ? TokenVerdict::expired : TokenVerdict::invalid;
}

Caller Tokens::caller(const Pairs& headers, Instant now) const {
  Caller caller;
  const auto tenants = [&](const char* name) {
    std::vector<std::string> found;
    const std::string* header = find_value(headers, name);
    if (header == nullptr) return found;
    for (const std::string& token : bearer_tokens(*header)) {
      if (const std::string* tenant = good_tenant(token, now)) found.push_back(*tenant);
    }
    return found;
  };
  const auto own = tenants("Authorization");
  if (!own.empty()) caller.tenant = own.front();
  caller.auxiliary_tenants = tenants("x-ms-authorization-auxiliary");
  return caller;
}

void Tokens::expire_all() {
  for (auto& [token, issued] : tokens_) issued.expiry = Instant::min();
}

void Tokens::reset_count() {
  issued_ = 0;
  requests_ = Json::array();
}

}  // namespace azsim
