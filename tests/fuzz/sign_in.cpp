// The responses of Microsoft Entra and the identity services to a sign-in: a token that is valid in a header and has
// not expired, or a sentence with the problem that does not repeat the secret of the request.
#include <algorithm>

#include "core/http/percent_encoding.hpp"
#include "daemon/signin/jwt.hpp"
#include "daemon/signin/sign_in_response.hpp"
#include "tests/fuzz/message.hpp"
#include "tests/fuzz/properties.hpp"
#include "tests/fuzz/targets.hpp"

namespace azrestored::fuzz {
namespace {

const Instant now = *parse_rfc3339("2026-11-20T10:00:00Z");
const std::string secret = "s3cret+/=";

void check(const SignIn& outcome) {
  if (const auto* token = std::get_if<AccessToken>(&outcome)) {
    const auto fits = [](char c) { return c > 0x20 && c < 0x7F; };
    require(!token->value.empty() && std::ranges::all_of(token->value, fits), "a token fits a header");
    require(token->expires_at > now, "a token has not expired");
    (void)jwt_expiry(token->value);
    return;
  }
  const auto& failure = std::get<SignInFailure>(outcome);
  const std::string& sentence = failure.error.sentence();
  require_sentence(sentence);
  require(sentence.starts_with("cannot sign in: "), "a failure starts with the failed action");
  require(!failure.retry_after || *failure.retry_after >= Millis(0), "a wait is not negative");
}

void check_secrecy(const SignIn& outcome) {
  const auto* failure = std::get_if<SignInFailure>(&outcome);
  if (failure == nullptr) return;
  for (const std::string& form : {secret, percent_encode(secret)}) {
    require(failure->error.sentence().find(form) == std::string::npos, "no sentence repeats a secret");
  }
}

}  // namespace

void sign_in(std::string_view input) {
  const HttpResponse response = answer_of(input);
  for (const ProofKind kind : {ProofKind::client_secret, ProofKind::client_certificate, ProofKind::federated_token}) {
    const ProofContext proof = {kind, "/etc/azrestored/client-secret", {secret}};
    const SignIn outcome = read_entra_answer(response, proof, now);
    check(outcome);
    check_secrecy(outcome);
  }
  check(read_identity_answer(response, "the metadata service of this machine", now));
  (void)jwt_expiry(input);
}

}  // namespace azrestored::fuzz
