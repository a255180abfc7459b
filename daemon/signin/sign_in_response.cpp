#include "daemon/signin/sign_in_response.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "core/base/text.hpp"
#include "core/base/utf8.hpp"
#include "core/http/retry_after.hpp"
#include "core/http/web_page.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

/// After a 410 the metadata service is being updated, which takes up to 70 s (azure-backup-api.md 8.4).
constexpr Millis metadata_update = std::chrono::seconds(70);
constexpr std::int64_t year_9999 = 253'402'300'799;

json parse(std::string_view text) {
  json value = json::parse(text, nullptr, false);
  if (!value.is_object()) return json::object();
  return value;  // moved: a copy would recurse as deep as the text is nested
}

std::string text_of(const json& object, const char* name) {
  const auto member = object.find(name);
  return member != object.end() && member->is_string() ? member->get<std::string>() : std::string();
}

/// A number of seconds, as a number or, from the metadata service, as text; nullopt outside of the years 1970 to 9999.
std::optional<std::int64_t> seconds_of(const json& object, const char* name) {
  const auto member = object.find(name);
  if (member == object.end()) return std::nullopt;
  double value = -1;
  if (member->is_number()) value = member->get<double>();
  if (member->is_string()) {
    const auto& text = member->get_ref<const std::string&>();
    std::int64_t whole = -1;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (problem == std::errc() && end == text.data() + text.size()) value = static_cast<double>(whole);
  }
  if (!(value >= 0 && value <= static_cast<double>(year_9999))) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

std::optional<Instant> epoch(std::optional<std::int64_t> seconds) {
  if (!seconds) return std::nullopt;
  return Instant(std::chrono::seconds(*seconds));
}

/// The token of a successful response.
SignIn read_token(const HttpResponse& response, const std::string& who, Instant now) {
  const json body = parse(response.body);
  AccessToken token;
  token.value = text_of(body, "access_token");
  const bool fits_a_header = !token.value.empty() && std::all_of(token.value.begin(), token.value.end(),
                                                                 [](char c) { return c > 0x20 && c < 0x7f; });
  if (!fits_a_header) return sign_in_failure(ErrorKind::transient, who + " returned 200 without an access token");
  if (const auto life = seconds_of(body, "expires_in")) {
    token.expires_at = now + std::chrono::seconds(*life);
  } else {
    token.expires_at = epoch(seconds_of(body, "expires_on")).value_or(now + unstated_life);
  }
  if (token.expires_at <= now)
    return sign_in_failure(ErrorKind::transient, who + " returned an access token that has already expired");
  return token;
}

/// 408, 429 and 5xx: the request is valid and is repeated later.
std::optional<SignInFailure> read_overload(const HttpResponse& response, const std::string& who, Instant now) {
  if (response.status != 429 && response.status != 408 && response.status < 500) return std::nullopt;
  const auto kind = response.status == 429 ? ErrorKind::throttled : ErrorKind::transient;
  return sign_in_failure(kind, who + " returned " + std::to_string(response.status), server_hint(response, now));
}

/// A page of a web filter or proxy says nothing about the sign-in, whatever its status.
std::optional<SignInFailure> read_web_page(const HttpResponse& response, const std::string& who,
                                           const std::string& setting, Instant now) {
  if (!is_web_page(response)) return std::nullopt;
  return sign_in_failure(ErrorKind::transient,
                         "a web filter, proxy or gateway responded in place of " + who + ": " +
                             describe_stranger(response) + "; ask who runs it to let azrestored reach " + who +
                             ", and check that " + setting + " is its address",
                         server_hint(response, now));
}

EntraRefusal read_refusal(const json& body) {
  EntraRefusal refusal;
  refusal.error = text_of(body, "error");
  refusal.description = text_of(body, "error_description");
  const auto codes = body.find("error_codes");
  if (codes == body.end() || !codes->is_array()) return refusal;
  for (const json& code : *codes) {
    if (code.is_number_integer()) refusal.codes.push_back(code.get<int>());
  }
  return refusal;
}

}  // namespace

SignInFailure sign_in_failure(ErrorKind kind, const std::string& why, std::optional<Millis> retry_after) {
  SignInFailure failure;
  failure.error = Error(kind, "cannot sign in: " + why);
  failure.retry_after = retry_after;
  return failure;
}

SignIn read_entra_answer(const HttpResponse& response, const ProofContext& proof, Instant now) {
  static const std::string who = "Microsoft Entra";
  if (auto overload = read_overload(response, who, now)) return *overload;
  if (auto page = read_web_page(response, who, "auth.authority", now)) return *page;
  if (response.status == 200) return read_token(response, who, now);
  const EntraRefusal refusal = read_refusal(parse(response.body));
  if (refusal.error.empty()) {
    return sign_in_failure(ErrorKind::transient, "auth.authority returned " + std::to_string(response.status) +
                                                     " without a reason; check that it is Microsoft Entra");
  }
  const Error error = read_entra_error(refusal, proof);
  const bool passes = error.kind() != ErrorKind::unauthorized;
  return sign_in_failure(error.kind(), error.sentence(), passes ? server_hint(response, now) : std::nullopt);
}

SignIn read_identity_answer(const HttpResponse& response, const std::string& who, Instant now) {
  if (auto overload = read_overload(response, who, now)) return *overload;
  if (auto page = read_web_page(response, who, "auth.imdsEndpoint or IDENTITY_ENDPOINT", now)) return *page;
  if (response.status == 200) return read_token(response, who, now);
  if (response.status == 404 || response.status == 410) {
    const auto hint = response.status == 410 ? std::optional(metadata_update) : server_hint(response, now);
    return sign_in_failure(ErrorKind::transient, who + " returned " + std::to_string(response.status), hint);
  }
  const json body = parse(response.body);
  const std::string description = printable(text_of(body, "error_description").substr(0, 300));
  if (istarts_with(description, "identity not found")) {
    return sign_in_failure(ErrorKind::unauthorized,
                           "this machine does not have that managed identity (" + description +
                               "); assign one to this machine, or correct auth.clientId, auth.objectId or "
                               "auth.resourceId");
  }
  return sign_in_failure(ErrorKind::unauthorized,
                         who + " refused (" + std::to_string(response.status) +
                             "): " + (description.empty() ? "no reason given" : description) +
                             "; check the managed identities of this machine, and auth.clientId, auth.objectId and "
                             "auth.resourceId");
}

}  // namespace azrestored
