#include "daemon/sign_in_answer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "core/retry.hpp"
#include "core/text.hpp"
#include "daemon/form_encoding.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

/// After a 410 the metadata service is being updated, which takes up to 70 s (API.md 8.4).
constexpr Millis metadata_update = std::chrono::seconds(70);
constexpr std::int64_t year_9999 = 253'402'300'799;

SignInFailure failure(ErrorKind kind, const std::string& why, std::optional<Millis> retry_after = std::nullopt) {
  SignInFailure failed;
  failed.error = Error(kind, "cannot sign in: " + why);
  failed.retry_after = retry_after;
  return failed;
}

json parse(std::string_view text) {
  json value = json::parse(text, nullptr, false);
  return value.is_object() ? value : json::object();
}

std::string text_of(const json& object, const char* name) {
  const auto member = object.find(name);
  return member != object.end() && member->is_string() ? member->get<std::string>() : std::string();
}

/// A count of seconds as a number or, from the metadata service, as text; nullopt for anything that is no sane time.
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

/// The token of a successful answer.
SignIn read_token(const HttpResponse& response, const std::string& who, Instant now) {
  const json body = parse(response.body);
  AccessToken token;
  token.value = text_of(body, "access_token");
  const bool fits_a_header = !token.value.empty() && std::all_of(token.value.begin(), token.value.end(),
                                                                 [](char c) { return c > 0x20 && c < 0x7f; });
  if (!fits_a_header) return failure(ErrorKind::transient, who + " answered 200 without an access token");
  if (const auto life = seconds_of(body, "expires_in")) {
    token.expires_at = now + std::chrono::seconds(*life);
  } else {
    token.expires_at = epoch(seconds_of(body, "expires_on")).value_or(now + unstated_life);
  }
  if (token.expires_at <= now)
    return failure(ErrorKind::transient, who + " gave an access token that has ended already");
  return token;
}

/// 429 and 5xx: nothing is wrong with us.
std::optional<SignInFailure> read_overload(const HttpResponse& response, const std::string& who, Instant now) {
  if (response.status != 429 && response.status != 408 && response.status < 500) return std::nullopt;
  const auto kind = response.status == 429 ? ErrorKind::throttled : ErrorKind::transient;
  return failure(kind, who + " answered " + std::to_string(response.status), server_hint(response, now));
}

// ── Microsoft Entra ──

struct KnownCode {
  int code;
  const char* sentence;  // "{file}" stands for the file of the secret
};

/// API.md 8.7. What is not here is told in Entra's own words.
constexpr std::array<KnownCode, 17> final_codes{{
    {7000215, "the client secret is wrong; put its value (not its id) into {file}"},
    {7000222, "the client secret has expired; put a new one into {file}"},
    {7000218, "no client secret arrived; put one into {file}"},
    {700016, "the tenant knows no such application; check auth.clientId and auth.tenantId"},
    {7000112, "the application is disabled; enable it in Microsoft Entra"},
    {700027, "the application's key is not registered; register it in Microsoft Entra"},
    {90002, "there is no such tenant; check auth.tenantId and auth.authority"},
    {900023, "auth.tenantId is neither the id nor a domain name of a tenant; correct it"},
    {900144, "the request lacks a parameter; check auth.clientId and auth.tenantId"},
    {500011, "the tenant does not know the resource that a token is asked for; check arm.endpoint and auth.tenantId"},
    {53003, "Conditional Access blocks the application; ask the administrator of the tenant to allow it"},
    {530032, "a security policy blocks the application; ask the administrator of the tenant to allow it"},
    {90038, "the tenant lives in another national cloud; check auth.authority and arm.endpoint"},
    {900382, "the tenant lives in another national cloud; check auth.authority and arm.endpoint"},
    {900432, "the tenant lives in another national cloud; check auth.authority and arm.endpoint"},
    {50012, "the application could not prove itself; check auth.clientId and the secret in {file}"},
    {500133, "what was signed is not valid now; is this machine's clock right?"},
}};
constexpr std::array<int, 6> passing_codes{90006, 90024, 90033, 90012, 90055, 90090};

/// The AADSTS number: from error_codes, else from the description; 0 when there is none.
int entra_code(const json& body) {
  const auto codes = body.find("error_codes");
  if (codes != body.end() && codes->is_array() && !codes->empty() && codes->front().is_number_integer()) {
    return codes->front().get<int>();
  }
  const std::string description = text_of(body, "error_description");
  const auto at = description.find("AADSTS");
  int code = 0;
  if (at != std::string::npos)
    std::from_chars(description.data() + at + 6, description.data() + description.size(), code);
  return code;
}

/// Entra's own words, up to the ids that follow them; "" when they repeat the secret.
std::string own_words(const json& body, const SignInContext& context) {
  std::string words = text_of(body, "error_description");
  for (const std::string& secret : {context.secret, form_encode(context.secret)}) {
    if (!secret.empty() && words.find(secret) != std::string::npos) return "";
  }
  words = words.substr(0, words.find(" Trace ID"));
  words = words.substr(0, words.find_first_of("\r\n"));
  return printable(words.substr(0, 300));
}

std::string with_file(std::string sentence, const std::string& file) {
  static constexpr std::string_view mark = "{file}";
  if (const auto at = sentence.find(mark); at != std::string::npos) sentence.replace(at, mark.size(), file);
  return sentence;
}

/// "the client secret has expired (AADSTS7000222); put a new one into FILE"
std::string final_sentence(int code, const json& body, const SignInContext& context) {
  const std::string number = code == 0 ? "" : " (AADSTS" + std::to_string(code) + ")";
  const auto known = std::find_if(final_codes.begin(), final_codes.end(), [&](auto& row) { return row.code == code; });
  if (known != final_codes.end()) {
    std::string sentence = known->sentence;
    sentence.insert(sentence.find_first_of(";"), number);
    return with_file(sentence, context.secret_file);
  }
  std::string words = own_words(body, context);
  if (words.empty()) words = "error " + printable(text_of(body, "error").substr(0, 100)) + number;
  return "Microsoft Entra refused: " + words + "; check auth.clientId, auth.tenantId and the secret in " +
         context.secret_file;
}

}  // namespace

SignIn read_entra_answer(const HttpResponse& response, const SignInContext& context, Instant now) {
  static const std::string who = "Microsoft Entra";
  if (response.status == 200) return read_token(response, who, now);
  if (auto overload = read_overload(response, who, now)) return *overload;
  const json body = parse(response.body);
  if (text_of(body, "error").empty()) {
    return failure(ErrorKind::transient, "auth.authority answered " + std::to_string(response.status) +
                                             " without saying why; is it Microsoft Entra?");
  }
  const int code = entra_code(body);
  const bool passing = text_of(body, "error") == "temporarily_unavailable" ||
                       std::find(passing_codes.begin(), passing_codes.end(), code) != passing_codes.end();
  if (passing) {
    return failure(ErrorKind::transient, who + " is unavailable for the moment (AADSTS" + std::to_string(code) + ")",
                   server_hint(response, now));
  }
  return failure(ErrorKind::unauthorized, final_sentence(code, body, context));
}

SignIn read_imds_answer(const HttpResponse& response, Instant now) {
  static const std::string who = "the metadata service of this machine";
  if (response.status == 200) return read_token(response, who, now);
  if (auto overload = read_overload(response, who, now)) return *overload;
  if (response.status == 404 || response.status == 410) {
    const auto hint = response.status == 410 ? std::optional(metadata_update) : server_hint(response, now);
    return failure(ErrorKind::transient, who + " answered " + std::to_string(response.status), hint);
  }
  const json body = parse(response.body);
  const std::string description = printable(text_of(body, "error_description").substr(0, 300));
  if (istarts_with(description, "identity not found")) {
    return failure(ErrorKind::unauthorized, "this machine has no such managed identity (" + description +
                                                "); assign one to the virtual machine, or correct auth.clientId");
  }
  return failure(ErrorKind::unauthorized, who + " refused (" + std::to_string(response.status) +
                                              "): " + (description.empty() ? "it does not say why" : description) +
                                              "; check the machine's managed identities and auth.clientId");
}

}  // namespace azrestored
