#include "daemon/signin/entra_errors.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/utf8.hpp"
#include "core/http/percent_encoding.hpp"

namespace azrestored {
namespace {

constexpr auto final_one = ErrorKind::unauthorized;
constexpr auto passing = ErrorKind::transient;
constexpr auto throttled = ErrorKind::throttled;

constexpr const char* other_cloud =
    "the tenant is in another national cloud; check arm.cloud, or arm.endpoint and auth.authority";
constexpr const char* unavailable = "Microsoft Entra is temporarily unavailable; azrestored tries again";

constexpr EntraError table[] = {
    // The proof itself (invalid_client).
    {7000215, final_one, "the client secret is wrong; put its value (not its id) into {file}"},
    {7000222, final_one, "the client secret has expired; put a new one into {file}"},
    {7000218, final_one, "Microsoft Entra received no client secret; put one into {file}",
     "Microsoft Entra received no signed assertion; check that no proxy changes requests to auth.authority",
     "Microsoft Entra received no federated token; check that no proxy changes requests to auth.authority"},
    {700027, final_one, "the application's key is not registered; register it in Microsoft Entra",
     "the client certificate is not registered with the application, or the signature does not match it; register the "
     "certificate in {file} (without its key) in Microsoft Entra",
     "the signature of the federated token is not accepted; check that {file} contains a token of the issuer that the "
     "application's federated credential names"},
    {700021, final_one, "the proof names another application; check auth.clientId",
     "the signed assertion names another application; check auth.clientId",
     "the federated token is for another application; check auth.clientId and the application's federated credential"},
    {700023, final_one, "the proof is for another audience; check auth.authority and auth.tenantId",
     "the signed assertion is for another token endpoint; check auth.authority and auth.tenantId",
     "the federated token is for another audience; check that its audience is that of the application's federated "
     "credential"},
    {50027, final_one, "Microsoft Entra received an invalid token; check the secret in {file}",
     "the signed assertion is malformed; try \"RS256\" for auth.clientCertificateAlgorithm",
     "the federated token is malformed; check the program that writes it to {file}"},
    {50012, final_one, "the application's proof is not accepted; check auth.clientId and {proof} in {file}"},
    {500133, final_one, "the signed proof is not valid now; check this machine's clock",
     "the signed assertion is not valid now; check this machine's clock",
     "the federated token is not valid now; check that {file} is renewed, and this machine's clock"},
    // The application (unauthorized_client).
    {700016, final_one, "the application is not in the tenant; check auth.clientId and auth.tenantId"},
    {7000112, final_one, "the application is disabled; enable it in Microsoft Entra"},
    // The request (invalid_request, invalid_resource).
    {900144, final_one, "the request lacks a parameter; check auth.clientId and auth.tenantId"},
    {90002, final_one, "the tenant does not exist; check auth.tenantId and auth.authority"},
    {900023, final_one, "auth.tenantId is neither the id nor a domain name of a tenant; correct it"},
    {500011, final_one,
     "the tenant does not know the resource that the token is for; check arm.endpoint and auth.tenantId"},
    // Decisions of the tenant's administrators.
    {53003, final_one, "Conditional Access blocks the application; ask the administrator of the tenant to allow it"},
    {530032, final_one, "a security policy blocks the application; ask the administrator of the tenant to allow it"},
    {90038, final_one, other_cloud},
    {900382, final_one, other_cloud},
    {900432, final_one, other_cloud},
    // Temporary failures.
    {90006, passing, unavailable},
    {90012, passing, "Microsoft Entra timed out; azrestored tries again"},
    {90024, passing, unavailable},
    {90033, passing, unavailable},
    {90055, throttled, "the tenant sends Microsoft Entra too many requests; azrestored waits and tries again"},
    {90090, passing, unavailable},
};

struct KnownWord {
  std::string_view error;
  const char* advice;
};

/// What to check for an unknown number.
constexpr std::array<KnownWord, 4> known_words{{
    {"invalid_client", "check auth.clientId and {proof} in {file}"},
    {"unauthorized_client", "check auth.clientId and auth.tenantId"},
    {"invalid_resource", "check arm.endpoint and auth.tenantId"},
    {"invalid_scope", "check arm.endpoint and auth.tenantId"},
}};
constexpr const char* other_advice = "check auth.clientId, auth.tenantId and {proof} in {file}";

std::string_view name_of(ProofKind kind) {
  switch (kind) {
    case ProofKind::client_secret:
      return "the client secret";
    case ProofKind::client_certificate:
      return "the client certificate";
    case ProofKind::federated_token:
      return "the federated token";
  }
  return "";
}

const char* sentence_for(const EntraError& error, ProofKind kind) {
  if (kind == ProofKind::client_certificate && error.certificate != nullptr) return error.certificate;
  if (kind == ProofKind::federated_token && error.federated != nullptr) return error.federated;
  return error.sentence;
}

void replace(std::string& text, std::string_view mark, std::string_view value) {
  if (const auto at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), value);
}

std::string filled_in(std::string sentence, const ProofContext& proof) {
  replace(sentence, "{proof}", name_of(proof.kind));
  replace(sentence, "{file}", proof.file);
  return sentence;
}

/// The numbers that the refusal lists, otherwise the number in its description.
std::vector<int> codes_of(const EntraRefusal& refusal) {
  if (!refusal.codes.empty()) return refusal.codes;
  static constexpr std::string_view mark = "AADSTS";
  const std::string& description = refusal.description;
  const auto at = description.find(mark);
  int code = 0;
  if (at != std::string::npos) {
    std::from_chars(description.data() + at + mark.size(), description.data() + description.size(), code);
  }
  return code == 0 ? std::vector<int>() : std::vector<int>{code};
}

const EntraError* known_error(const std::vector<int>& codes) {
  for (const int code : codes) {
    const auto* const known = std::ranges::find(table, code, &EntraError::code);
    if (known != std::end(table)) return known;
  }
  return nullptr;
}

/// True if the text contains a secret, as it is or percent-encoded as it was sent.
bool repeats_secret(const std::string& text, const ProofContext& proof) {
  return std::ranges::any_of(proof.secrets, [&](const std::string& secret) {
    return !secret.empty() &&
           (text.find(secret) != std::string::npos || text.find(percent_encode(secret)) != std::string::npos);
  });
}

/// Entra's description without the ids at its end; "" if it contains a secret.
std::string own_words(const EntraRefusal& refusal, const ProofContext& proof) {
  std::string words = refusal.description;
  if (repeats_secret(words, proof)) return "";
  words = words.substr(0, words.find(" Trace ID"));
  words = words.substr(0, words.find_first_of("\r\n"));
  return printable(words.substr(0, 300));
}

std::string number_of(int code) {
  return code == 0 ? "" : " (AADSTS" + std::to_string(code) + ")";
}

/// The sentence for a refusal that the table does not know.
std::string unknown_sentence(const EntraRefusal& refusal, int code, const ProofContext& proof) {
  std::string words = own_words(refusal, proof);
  if (words.empty()) {
    const bool is_fit = !repeats_secret(refusal.error, proof);
    words = is_fit ? "error " + printable(refusal.error.substr(0, 100)) : std::string("no reason given");
    words += number_of(code);
  }
  const auto* const known = std::ranges::find(known_words, std::string_view(refusal.error), &KnownWord::error);
  const char* advice = known == known_words.end() ? other_advice : known->advice;
  return "Microsoft Entra refused: " + words + "; " + filled_in(advice, proof);
}

}  // namespace

std::span<const EntraError> entra_errors() {
  return table;
}

Error read_entra_error(const EntraRefusal& refusal, const ProofContext& proof) {
  const auto codes = codes_of(refusal);
  const EntraError* known = known_error(codes);
  const int code = known != nullptr ? known->code : codes.empty() ? 0 : codes.front();
  const bool passes = refusal.error == "temporarily_unavailable";
  if (passes && (known == nullptr || known->kind == final_one)) {
    std::string sentence = unavailable;
    return {passing, sentence.insert(sentence.find(';'), number_of(code))};
  }
  if (known == nullptr) return {final_one, unknown_sentence(refusal, code, proof)};
  std::string sentence = sentence_for(*known, proof.kind);
  sentence.insert(sentence.find(';'), number_of(code));
  return {known->kind, filled_in(std::move(sentence), proof)};
}

}  // namespace azrestored
