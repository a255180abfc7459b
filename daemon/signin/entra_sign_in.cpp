#include "daemon/signin/entra_sign_in.hpp"

#include "core/http/percent_encoding.hpp"
#include "daemon/signin/sign_in_response.hpp"

namespace azrestored {

EntraSignIn::EntraSignIn(const AuthSettings& profile, const std::string& resource,
                         std::unique_ptr<EntraCredential> credential, Transport& transport, const Clock& clock)
    : token_url_(without_trailing_slash(profile.authority) + "/" + percent_encode(profile.tenant_id) +
                 "/oauth2/v2.0/token"),
      scope_(without_trailing_slash(resource) + "/.default"),
      client_id_(profile.client_id),
      credential_(std::move(credential)),
      transport_(transport),
      clock_(clock) {}

asio::awaitable<SignIn> EntraSignIn::sign_in() {
  const auto proof = credential_->prove(token_url_);
  if (!proof) co_return sign_in_failure(proof.error().kind(), proof.error().sentence());
  const auto answer = co_await transport_.exchange(request(*proof));
  if (const auto* failed = std::get_if<TransportFailure>(&answer)) {
    co_return sign_in_failure(ErrorKind::transient, failed->sentence);
  }
  co_return read_entra_answer(std::get<HttpResponse>(answer), proof->context, clock_.now());
}

HttpRequest EntraSignIn::request(const EntraProof& proof) const {
  HttpRequest request;
  request.method = "POST";
  request.url = token_url_;
  request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  request.headers.emplace_back("Accept", "application/json");
  request.body = "client_id=" + percent_encode(client_id_) + "&scope=" + percent_encode(scope_) +
                 "&grant_type=client_credentials&" + proof.form;
  request.fresh_connection = true;  // a sign-in is rare, and a POST on a stale connection would be lost
  return request;
}

}  // namespace azrestored
