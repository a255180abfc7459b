#include "daemon/signin/secret_text.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <span>

#include "core/base/pasted_text.hpp"
#include "core/base/text.hpp"
#include "core/base/utf8.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

Error unfit(const std::string& why) {
  return {ErrorKind::unauthorized, why};
}

/// A half of a pair without the other half becomes U+FFFD; an odd byte at the end is left out.
std::string from_utf16(std::string_view bytes, bool is_little_endian) {
  constexpr char32_t replacement = 0xFFFD;
  const auto unit_at = [&](std::size_t at) -> char32_t {
    const char32_t first = static_cast<unsigned char>(bytes[at]);
    const char32_t second = static_cast<unsigned char>(bytes[at + 1]);
    return is_little_endian ? first | (second << 8U) : second | (first << 8U);
  };
  const auto is_low_half = [](char32_t unit) { return unit >= 0xDC00 && unit < 0xE000; };
  std::string text;
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    char32_t letter = unit_at(at);
    if (letter >= 0xD800 && letter < 0xDC00 && at + 3 < bytes.size() && is_low_half(unit_at(at + 2))) {
      letter = 0x10000 + ((letter - 0xD800) << 10U) + (unit_at(at + 2) - 0xDC00);
      at += 2;
    } else if (letter >= 0xD800 && letter < 0xE000) {
      letter = replacement;
    }
    append_code_point(text, letter);
  }
  return text;
}

/// The only member among `names` that is a string; "" if there is none or more than one.
std::string member_of(const json& object, std::span<const std::string_view> names) {
  std::string found;
  for (const std::string_view name : names) {
    const auto member = object.find(name);
    if (member == object.end() || !member->is_string()) continue;
    if (!found.empty()) return "";
    found = member->get<std::string>();
  }
  return found;
}

std::span<const std::string_view> members_with(SecretKind kind) {
  static constexpr std::array<std::string_view, 3> secrets = {"password", "clientSecret", "secretText"};
  static constexpr std::array<std::string_view, 2> tokens = {"accessToken", "access_token"};
  switch (kind) {
    case SecretKind::text:
      break;
    case SecretKind::client_secret:
      return secrets;
    case SecretKind::token:
      return tokens;
  }
  return {};
}

Result<std::string> secret_in_json(std::string_view text, SecretKind kind, const std::string& what) {
  const json object = json::parse(text, nullptr, false);
  const auto names = members_with(kind);
  const std::string found = object.is_object() ? member_of(object, names) : "";
  if (!found.empty()) return found;
  std::string expected;
  for (const std::string_view name : names) expected += (expected.empty() ? "\"" : ", \"") + std::string(name) + "\"";
  return unfit("contains JSON" + (expected.empty() ? "" : " without exactly one of the members " + expected) +
               "; it must contain the " + what + " only");
}

/// What is left of a token after the words of a header.
std::string_view without_header_words(std::string_view text) {
  for (const std::string_view word : {"Authorization:", "Bearer"}) {
    if (!istarts_with(text, word)) continue;
    const std::string_view rest = text.substr(word.size());
    const std::string_view trimmed = trim_pasted(rest);
    if (trimmed.size() < rest.size() || word.ends_with(':')) text = trimmed;
  }
  return text;
}

bool is_quote(char c) {
  return c == '"' || c == '\'';
}

/// A text in one pair of quotes, as JSON or as it is. No secret of Microsoft Entra and no token has a quote.
std::string without_quotes(std::string_view text) {
  const bool is_quoted = text.size() >= 2 && text.front() == text.back() && is_quote(text.front());
  if (!is_quoted) return std::string(text);
  const json value = json::parse(text, nullptr, false);
  if (value.is_string()) return std::string(trim_pasted(value.get_ref<const std::string&>()));
  const std::string_view inside = text.substr(1, text.size() - 2);
  return std::string(inside.find(text.front()) == std::string_view::npos ? trim_pasted(inside) : text);
}

}  // namespace

std::string to_utf8(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return from_utf16(bytes.substr(2), true);
  if (bytes.starts_with("\xFE\xFF")) return from_utf16(bytes.substr(2), false);
  if (bytes.starts_with("\xEF\xBB\xBF")) return std::string(bytes.substr(3));
  const bool is_even = bytes.size() >= 2 && bytes.size() % 2 == 0;
  if (is_even && bytes[0] != '\0' && bytes[1] == '\0') return from_utf16(bytes, true);
  if (is_even && bytes[0] == '\0' && bytes[1] != '\0') return from_utf16(bytes, false);
  return std::string(bytes);
}

Result<std::string> unwrap_secret(std::string_view text, SecretKind kind, const std::string& what) {
  std::string secret(trim_pasted(text));
  if (kind != SecretKind::text) {
    if (secret.starts_with('{')) {
      auto found = secret_in_json(secret, kind, what);
      if (!found) return found;
      secret = std::string(trim_pasted(*found));
    } else {
      secret = without_quotes(secret);
    }
    if (kind == SecretKind::token) secret = std::string(without_header_words(secret));
  }
  if (secret.empty()) return unfit("is empty; put the " + what + " into it");
  const bool has_lines = std::ranges::any_of(secret, [](char c) { return c == '\n' || c == '\r'; });
  if (has_lines) return unfit("contains more than one line of text; it must contain the " + what + " only");
  if (secret.find('\0') != std::string::npos ||
      std::ranges::any_of(secret, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }))
    return unfit("contains a control character; it must contain the " + what + " only, as text in UTF-8");
  if (kind == SecretKind::client_secret && (is_quote(secret.front()) || is_quote(secret.back())))
    return unfit("contains a quote at one end of the " + what + "; it must contain the " + what + " without quotes");
  if (kind != SecretKind::token) return secret;
  const auto odd = std::ranges::find_if(secret, [](char c) { return c <= 0x20 || c == '"' || c == 0x7F; });
  if (odd == secret.end()) return secret;
  return unfit("contains a " +
               std::string(*odd == '"'   ? "quote"
                           : *odd == ' ' ? "blank"
                                         : "letter beyond ASCII") +
               " as character " + std::to_string(odd - secret.begin() + 1) + " of the " + what +
               "; it must contain the " + what + " only");
}

}  // namespace azrestored
