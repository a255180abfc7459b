#include "daemon/signin/managed_identity.hpp"

#include "config/setting_forms.hpp"
#include "core/http/percent_encoding.hpp"
#include "core/http/url.hpp"
#include "core/json/fault.hpp"
#include "daemon/signin/arc_challenge.hpp"
#include "daemon/signin/sign_in_response.hpp"

namespace azrestored {
namespace {

Error unusable(const std::string& why) {
  return {ErrorKind::unauthorized, why};
}

bool names_an_identity(const AuthSettings& profile) {
  return !profile.client_id.empty() || !profile.object_id.empty() || !profile.resource_id.empty();
}

/// Secrets are sent to, or received from, the address that App Service or Arc sets in the environment. So it must be
/// this machine or use TLS.
bool is_identity_address(const std::string& text) {
  const auto url = split_url(text);
  return url && text.find_first_of("?#") == std::string::npos && is_identity_url(url->origin());
}

std::string version_of(IdentityHost::Kind kind) {
  switch (kind) {
    case IdentityHost::Kind::virtual_machine:
      return "2018-02-01";
    case IdentityHost::Kind::app_service:
      return "2019-08-01";
    case IdentityHost::Kind::arc:
      return "2020-06-01";
  }
  return "";
}

std::string name_of(IdentityHost::Kind kind) {
  switch (kind) {
    case IdentityHost::Kind::virtual_machine:
      return "the metadata service of this machine";
    case IdentityHost::Kind::app_service:
      return "App Service's identity service";
    case IdentityHost::Kind::arc:
      return "the Azure Arc agent of this machine";
  }
  return "";
}

}  // namespace

Result<IdentityHost> identity_host(const AuthSettings& profile, const Environment& environment) {
  IdentityHost host;
  host.token_url = value_in(environment, "IDENTITY_ENDPOINT");
  host.secret = value_in(environment, "IDENTITY_HEADER");
  const bool is_app_service = !host.token_url.empty() && !host.secret.empty();
  const bool is_arc = !host.token_url.empty() && !value_in(environment, "IMDS_ENDPOINT").empty();
  if (!is_app_service && !is_arc) {
    host.secret.clear();
    host.token_url = without_trailing_slash(profile.imds_endpoint) + "/metadata/identity/oauth2/token";
    return host;
  }
  host.kind = is_app_service ? IdentityHost::Kind::app_service : IdentityHost::Kind::arc;
  if (!is_identity_address(host.token_url)) {
    return unusable("IDENTITY_ENDPOINT in the daemon's environment is " + in_quotes(host.token_url) +
                    "; expected an https address, or http to this machine or 169.254.*, without a query");
  }
  if (is_app_service && !value_in(environment, "IDENTITY_SERVER_THUMBPRINT").empty()) {
    return unusable("managed identities of Service Fabric are not supported; set auth.method to clientCertificate");
  }
  if (host.kind == IdentityHost::Kind::arc && names_an_identity(profile)) {
    return unusable(
        "a server connected by Azure Arc has only its own managed identity; remove auth.clientId, auth.objectId and "
        "auth.resourceId");
  }
  return host;
}

HttpRequest identity_request(const IdentityHost& host, const AuthSettings& profile, const std::string& resource) {
  const bool is_app_service = host.kind == IdentityHost::Kind::app_service;
  HttpRequest request;
  request.url = host.token_url + "?api-version=" + version_of(host.kind) +
                "&resource=" + percent_encode(without_trailing_slash(resource));
  if (!profile.client_id.empty()) request.url += "&client_id=" + percent_encode(profile.client_id);
  if (!profile.object_id.empty()) request.url += "&object_id=" + percent_encode(profile.object_id);
  if (!profile.resource_id.empty()) {
    request.url += is_app_service ? "&mi_res_id=" : "&msi_res_id=";
    request.url += percent_encode(profile.resource_id);
  }
  if (is_app_service) {
    request.headers.emplace_back("X-IDENTITY-HEADER", host.secret);
  } else {
    request.headers.emplace_back("Metadata", "true");
  }
  return request;
}

ManagedIdentity::ManagedIdentity(const IdentityHost& host, HttpRequest request, std::string arc_token_folder,
                                 Transport& transport, const Clock& clock)
    : kind_(host.kind),
      request_(std::move(request)),
      arc_token_folder_(std::move(arc_token_folder)),
      transport_(transport),
      clock_(clock) {}

asio::awaitable<SignIn> ManagedIdentity::sign_in() {
  Answer answer = co_await transport_.exchange(request_);
  const auto* response = std::get_if<HttpResponse>(&answer);
  if (kind_ == IdentityHost::Kind::arc && response != nullptr && response->status == 401) {
    const auto credentials = answer_arc_challenge(*response, arc_token_folder_);
    if (!credentials) co_return sign_in_failure(credentials.error().kind(), credentials.error().sentence());
    HttpRequest again = request_;
    again.headers.emplace_back("Authorization", *credentials);
    answer = co_await transport_.exchange(again);
  }
  co_return read(answer);
}

SignIn ManagedIdentity::read(const Answer& answer) const {
  if (const auto* failed = std::get_if<TransportFailure>(&answer)) {
    return sign_in_failure(ErrorKind::transient, name_of(kind_) + " returned no token: " + failed->sentence +
                                                     "; outside of Azure set auth.method to clientCertificate, "
                                                     "clientSecret or workloadIdentity");
  }
  return read_identity_answer(std::get<HttpResponse>(answer), name_of(kind_), clock_.now());
}

}  // namespace azrestored
